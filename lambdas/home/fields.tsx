/** @jsxImportSource hono/jsx */
import type { Problem } from '../../core/operator/api.ts';

/** What is wrong with fields, by their names in the form. */
export type Flaws = Readonly<Record<string, string>>;

/**
 * The flaws of a refused request, at the fields of a form. `fieldFor` gives the form's name of a
 * field. Undefined if a flaw belongs to no field of the form, or if there are none.
 */
export function flawsAt({ status, errors = [] }: Problem, fieldFor: (field: string) => string | undefined): Flaws | undefined {
  if (status !== 422 || errors.length === 0) return undefined;
  const flaws: Record<string, string> = {};
  for (const { field, problem, remedy } of errors) {
    const name = fieldFor(field);
    if (name === undefined) return undefined;
    flaws[name] ??= `${problem.charAt(0).toUpperCase()}${problem.slice(1)}. ${remedy}`;
  }
  return flaws;
}

/** What is wrong with a field. Its input names it by `aria-describedby`. */
export const Flaw = ({ name, flaws }: { readonly name: string; readonly flaws: Flaws }) =>
  flaws[name] === undefined ? null : (
    <span class="flaw" id={`flaw-${name}`}>
      {flaws[name]}
    </span>
  );

/** The attributes of an input whose value was refused. */
export const flawed = (name: string, flaws: Flaws) =>
  flaws[name] === undefined ? {} : { 'aria-invalid': 'true', 'aria-describedby': `flaw-${name}` };

interface TextProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly flaws: Flaws;
  /** Values to choose from. Others can be written too. */
  readonly offers?: readonly string[];
  readonly hint?: string;
}

/** A line of text, with what is wrong with it. */
export const TextField = ({ name, label, value, flaws, offers = [], hint }: TextProps) => (
  <label class="field">
    {label}
    <input
      type="text"
      name={name}
      value={value}
      maxlength={300}
      autocomplete="off"
      list={offers.length > 0 ? `offers-${name}` : undefined}
      {...flawed(name, flaws)}
    />
    {offers.length > 0 && (
      <datalist id={`offers-${name}`}>
        {offers.map((offer) => (
          <option value={offer} />
        ))}
      </datalist>
    )}
    <Flaw name={name} flaws={flaws} />
    {hint && <small class="m block">{hint}</small>}
  </label>
);

interface ReasonProps {
  readonly value: string;
  readonly flaws: Flaws;
  readonly hint?: string;
}

/** Why somebody does it. The audit log keeps it. */
export const ReasonField = ({ value, flaws, hint = 'One line without an address.' }: ReasonProps) => (
  <label class="field">
    Why, for the audit log
    <input type="text" name="reason" value={value} required minlength={3} maxlength={300} autocomplete="off" {...flawed('reason', flaws)} />
    <Flaw name="reason" flaws={flaws} />
    <small class="m block">{hint}</small>
  </label>
);

/** The flaw of a reason that the route refused, or undefined if it refused something else. */
export const reasonFlaw = (problem: Problem): Flaws | undefined =>
  flawsAt(problem, (field) => (field === 'reason' ? 'reason' : undefined)) && {
    reason: 'Write one line of 3 to 300 characters without an address. Nothing was changed.',
  };
