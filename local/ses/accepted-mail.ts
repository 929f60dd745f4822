/**
 * A mail as it was accepted: what the sender's call said, and the raw data as received. Nothing in
 * it was parsed.
 */
export interface AcceptedMail {
  /** SES's message id. */
  readonly id: string;
  /** The recipients on the envelope. */
  readonly to: readonly string[];
  readonly source: string;
  readonly configurationSet: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly acceptedAt: Date;
  /** SHA-256 of `raw`, in hex. */
  readonly sha256: string;
  readonly raw: Buffer;
  /** The access key that signed the call: the function's name. */
  readonly caller: string;
}
