import type { SesFaults } from '../faults/faults.ts';
import type { Denial } from '../iam/iam-enforcer.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, headerValue } from './headers.ts';

/** Nothing was accepted. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly status?: 400 | 403;
}
export type OfferedMail = Omit<AcceptedMail, 'sha256'>;

const megabyte = 1024 * 1024;
const tagPattern = /^[A-Za-z0-9_-]{1,256}$/;
const asciiAddress = /^[\x21-\x7e]+@[a-z0-9.-]+$/i;

export const throttled: Refusal = { code: 'Throttling', message: 'Maximum sending rate exceeded.' };
export const quotaUsed: Refusal = { code: 'Throttling', message: 'Daily message quota exceeded.' };
const invalid = (message: string): Refusal => ({ code: 'InvalidParameterValue', message });

export const denied = ({ who, action, resource }: Pick<Denial, 'who' | 'action' | 'resource'>): Refusal => ({
  code: 'AccessDenied',
  message: `User \`${who}' is not authorized to perform \`${action}' on resource \`${resource}'`,
  status: 403,
});

export function malformed({ to, raw, tags }: OfferedMail): Refusal | undefined {
  if (raw.length === 0) return invalid('Empty raw message.');
  if (raw.length > 10 * megabyte) return invalid(`Message length is more than 10485760 bytes long: '${raw.length}'.`);
  if (to.length === 0) return invalid('Missing destination.');
  if (to.length > 50) return invalid(`Recipient count exceeds 50.`);
  const bad = to.find((address) => !asciiAddress.test(address));
  if (bad !== undefined) return invalid(bad.includes('@') ? 'Local address contains control or whitespace' : "Missing final '@domain'");
  const badTag = [...tags].flat().find((text) => !tagPattern.test(text));
  if (badTag !== undefined)
    return invalid(`Invalid tag name or value <${badTag}>, only alphanumeric ASCII characters, '_', and '-' are allowed.`);
  return undefined;
}

/** Whether a fault applies: to all mails, or to a mail with one of these recipients. */
export function befalls(fault: boolean | readonly string[], to: readonly string[]): boolean {
  if (typeof fault === 'boolean') return fault;
  const hit = new Set(fault.map((address) => address.toLowerCase()));
  return to.some((address) => hit.has(address.toLowerCase()));
}

/** A refusal because of the state of the whole account. */
export function accountFault(faults: SesFaults, { source, to }: OfferedMail): Refusal | undefined {
  if (faults.paused)
    return { code: 'AccountSendingPausedException', message: 'Email sending is disabled for your entire Amazon SES account.' };
  if (faults.pausedByAws) {
    const where = 'please check the inbox of the email address associated with your AWS account.';
    return { code: 'MessageRejected', message: `Sending paused for this account. For more information, ${where}` };
  }
  if (befalls(faults.unknownRejection, to))
    return { code: 'MessageRejected', message: 'The message does not meet requirement 7 of next year.' };
  if (!faults.mailFromNotVerified) return undefined;
  const domain = source.slice(source.lastIndexOf('@') + 1);
  return { code: 'MailFromDomainNotVerifiedException', message: `MAIL FROM domain of ${domain} is not verified.` };
}

/**
 * The identity that allows an address to send. A verified domain covers its subdomains, a verified
 * address only itself. The address takes precedence.
 */
export function identityOf(identities: readonly string[], address: string): string | undefined {
  const whole = address.toLowerCase();
  const domain = whole.slice(whole.lastIndexOf('@') + 1);
  const covering = identities.filter((identity) => {
    const verified = identity.toLowerCase();
    return verified.includes('@') ? whole === verified : domain === verified || domain.endsWith(`.${verified}`);
  });
  // The longest is the closest: an address before its domain, a subdomain before its parent.
  return covering.toSorted((a, b) => b.length - a.length)[0];
}

export const addressIn = (text: string | undefined): string => /<([^>]*)>/.exec(text ?? '')?.[1] ?? (text ?? '').trim();

/** The envelope's sender and the sender that readers see. */
export const sendersOf = ({ source, raw }: OfferedMail): string[] => [addressIn(source), addressIn(headerValue(headerBlock(raw), 'From'))];

/** A refusal if a sender has no identity. In the sandbox recipients need one too. */
export function unverified(mail: OfferedMail, identities: readonly string[], fault: SesFaults['notVerified']): Refusal | undefined {
  const verified = fault === true ? [] : identities;
  const senders = sendersOf(mail).filter((address) => identityOf(verified, address) === undefined);
  const failed = [...senders, ...mail.to.filter((address) => fault !== true && befalls(fault, [address]))];
  if (failed.length === 0) return undefined;
  const list = [...new Set(failed)].join(', ');
  return {
    code: 'MessageRejected',
    message: `Email address is not verified. The following identities failed the check in region US-EAST-1: ${list}`,
  };
}

/** `sets`: the names of the sets that exist. */
export function unusableSet(name: string | undefined, sets: ReadonlySet<string>, faults: SesFaults): Refusal | undefined {
  if (name === undefined) return undefined;
  if (!sets.has(name) || faults.configurationSetMissing)
    return { code: 'ConfigurationSetDoesNotExist', message: `Configuration set <${name}> does not exist.` };
  const paused = faults.configurationSetPaused;
  const isPaused = typeof paused === 'boolean' ? paused : paused.some((wanted) => name === wanted || name.endsWith(`-${wanted}`));
  return isPaused
    ? { code: 'ConfigurationSetSendingPausedException', message: `Email sending is disabled for configuration set <${name}>.` }
    : undefined;
}

export const rejected = (to: readonly string[], addresses: readonly string[]): Refusal | undefined =>
  befalls(addresses, to) ? { code: 'MessageRejected', message: 'Address blacklisted.' } : undefined;
