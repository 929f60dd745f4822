import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** An address that mail can be sent to. */
export interface Address {
  /**
   * The part before the @ as the person writes it. The domain is in lower-case ASCII: SES accepts
   * no other, and IAM compares it letter by letter.
   */
  readonly written: string;
  /** All lower case, the domain in ASCII. The sid is made from this. A `+tag` is kept. */
  readonly normalised: string;
  readonly domain: string;
}

const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const writtenDomain = /^[\p{L}\p{M}\p{N}.-]+$/u;
const asciiDomain = /^(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\.(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/**
 * Accepts one strict form, `name@domain`: no quotes, comments, display names or lists. Undefined
 * for anything else.
 */
export function parseAddress(text: string): Address | undefined {
  const whole = text.trim().normalize('NFC');
  const at = whole.lastIndexOf('@');
  const [name, host] = [whole.slice(0, at), whole.slice(at + 1)];
  if (at < 1 || name.length > 64 || !local.test(name) || !writtenDomain.test(host)) return undefined;

  const domain = domainToASCII(host).toLowerCase();
  if (domain.length > 253 || name.length + 1 + domain.length > 254 || !asciiDomain.test(domain)) return undefined;
  return { written: `${name}@${domain}`, normalised: `${name.toLowerCase()}@${domain}`, domain };
}

const dotless = new Set(['gmail.com', 'googlemail.com']);

/**
 * The mailbox that an address most likely leads to. It is used only for counting: a `+tag` is
 * dropped, and at Gmail so are full stops. It never identifies a person: where a tag does lead to
 * another mailbox, two people share a count.
 */
export function mailboxOf({ normalised, domain }: Pick<Address, 'normalised' | 'domain'>): string {
  const name = normalised.slice(0, normalised.lastIndexOf('@'));
  const untagged = name.replace(/(?<=.)\+.*$/, '');
  return dotless.has(domain) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`;
}

/**
 * Names a person by their address where no secret is at hand, as in an edition. Undefined if the
 * text is not an address.
 */
export function readerHash(address: string): string | undefined {
  const normalised = parseAddress(address)?.normalised;
  return normalised && createHash('sha256').update(normalised).digest('hex').slice(0, 32);
}
