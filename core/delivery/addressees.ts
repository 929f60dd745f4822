/** The addresses that a lane may mail, as its policy in AWS says it. */
export interface Addressees {
  /**
   * How to write an address on the envelope. The policy is in lower case and compared letter by
   * letter, so an address that it allows in lower case only is written so. Undefined: the address
   * may not be mailed.
   */
  of(address: string): string | undefined;
}

const special = /[.+^${}()|[\]\\]/g;
/** As in IAM's StringLike: `*` is any text, `?` is one letter. */
const asRegExp = (pattern: string) => new RegExp(`^${pattern.replace(special, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);

/** `patterns`: addresses, `*@` with a domain, or `*` for everybody. */
export function addresseesOf(patterns: readonly string[]): Addressees {
  const allowed = patterns.map((pattern) => asRegExp(pattern.trim().toLowerCase()));
  const isLetThrough = (address: string) => allowed.some((pattern) => pattern.test(address));
  return { of: (address) => [address, address.toLowerCase()].find(isLetThrough) };
}
