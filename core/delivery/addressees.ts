/** Whom a lane may mail, as its policy in AWS says it. */
export interface Addressees {
  /**
   * How an address is to be written on the envelope. The policy is in lower case and compared letter by letter, so an address that it lets
   * through in lower case only is written so. Undefined: it may not be mailed.
   */
  of(address: string): string | undefined;
}

const special = /[.+^${}()|[\]\\]/g;
/** `*` stands for any letters, `?` for one, as in IAM's StringLike. */
const asRegExp = (pattern: string) => new RegExp(`^${pattern.replace(special, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);

/** `patterns`: addresses, or `*@` and a domain, or `*` for everybody. */
export function addresseesOf(patterns: readonly string[]): Addressees {
  const allowed = patterns.map((pattern) => asRegExp(pattern.trim().toLowerCase()));
  const isLetThrough = (address: string) => allowed.some((pattern) => pattern.test(address));
  return { of: (address) => [address, address.toLowerCase()].find(isLetThrough) };
}
