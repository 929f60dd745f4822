/** @jsxImportSource hono/jsx */

interface AddressFieldProps {
  readonly label: string;
  /** What was typed, if it is not an address. */
  readonly wrong: string | undefined;
}

/** Asks for an address. What was typed stays, with what is wrong about it. */
export const AddressField = ({ label, wrong }: AddressFieldProps) => (
  <label class="field">
    {label}
    <input
      type="email"
      name="address"
      required
      maxlength={254}
      autocomplete="email"
      value={wrong?.slice(0, 254) ?? ''}
      aria-invalid={wrong === undefined ? undefined : 'true'}
      aria-describedby={wrong === undefined ? undefined : 'address-flaw'}
    />
    {wrong !== undefined && (
      <span class="flaw" id="address-flaw" role="alert">
        This is not an email address. Write one such as ada@example.com.
      </span>
    )}
  </label>
);
