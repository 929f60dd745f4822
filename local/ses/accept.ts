import { createHash, randomBytes } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { noFaults, type SesFaults } from './faults.ts';
import { headerBlock, headerValue } from './headers.ts';
import { members, type SesRequest, tagsOf } from './request.ts';
import { tokenBucket } from './token-bucket.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** The part of SES that says yes or no to a mail. Lean on purpose: a mail is hashed and kept, never parsed. */
export interface Acceptance {
  accept(request: SesRequest): AcceptedMail | Refusal;
  setFaults(faults: SesFaults): void;
  faults(): SesFaults;
  sendRate(): number;
  /** Calls throttled so far. */
  throttled(): number;
}

const megabyte = 1024 * 1024;
const tagPattern = /^[A-Za-z0-9_-]{1,256}$/;
const asciiAddress = /^[\x21-\x7e]+@[a-z0-9.-]+$/i;

export function acceptance(options: {
  readonly identities: readonly string[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  readonly clock: MovableClock;
  /** 0 to 1; decides who is hit by a fault. */
  readonly chance: () => number;
}): Acceptance {
  const { identities, clock, chance } = options;
  const sets = new Set(options.configurationSets.map(({ name }) => name));
  const bucket = tokenBucket(noFaults.maxSendRate);
  let faults = noFaults;
  let throttledCalls = 0;

  const refuse = (mail: Omit<AcceptedMail, 'sha256'>): Refusal | undefined =>
    malformed(mail) ??
    (faults.paused ? pausedAccount : undefined) ??
    unverified(mail, identities) ??
    unknownSet(mail.configurationSet, sets) ??
    rejected(mail.to, faults.reject) ??
    (chance() < faults.throttle || !bucket.take(Math.floor(mail.acceptedAt.getTime())) ? throttled : undefined);

  return {
    faults: () => faults,
    sendRate: () => bucket.rate(),
    setFaults: (next) => {
      faults = next;
      bucket.setRate(next.maxSendRate);
    },
    throttled: () => throttledCalls,
    accept: (request) => {
      const mail = readMail(request, clock.now());
      const refusal = refuse(mail);
      if (refusal === throttled) throttledCalls += 1;
      return refusal ?? { ...mail, sha256: createHash('sha256').update(mail.raw).digest('hex') };
    },
  };
}

const readMail = (request: SesRequest, acceptedAt: Date): Omit<AcceptedMail, 'sha256'> => {
  const { raw, parameters, caller } = request;
  const to = members(request, 'Destinations');
  return {
    id: `0100${randomBytes(8).toString('hex')}-${randomBytes(4).toString('hex')}-000000`,
    to: to.length > 0 ? to : headerRecipients(raw),
    source: parameters.get('Source') ?? addressIn(headerValue(headerBlock(raw), 'From')),
    configurationSet: parameters.get('ConfigurationSetName'),
    tags: tagsOf(request),
    acceptedAt,
    raw,
    caller,
  };
};

const addressIn = (text: string | undefined): string => /<([^>]*)>/.exec(text ?? '')?.[1] ?? (text ?? '').trim();
const headerRecipients = (raw: Buffer): string[] =>
  ['To', 'Cc', 'Bcc']
    .flatMap((name) => (headerValue(headerBlock(raw), name) ?? '').split(','))
    .map(addressIn)
    .filter(Boolean);

const pausedAccount: Refusal = {
  code: 'AccountSendingPausedException',
  message: 'Email sending is disabled for your entire Amazon SES account.',
};
const throttled: Refusal = { code: 'Throttling', message: 'Maximum sending rate exceeded.' };
const invalid = (message: string): Refusal => ({ code: 'InvalidParameterValue', message });

function malformed({ to, raw, tags }: Omit<AcceptedMail, 'sha256'>): Refusal | undefined {
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

/** A verified domain covers its subdomains; a verified address only itself. */
const covers = (identity: string, address: string): boolean => {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const verified = identity.toLowerCase();
  if (verified.includes('@')) return address.toLowerCase() === verified;
  return domain === verified || domain.endsWith(`.${verified}`);
};

function unverified({ source, raw }: Omit<AcceptedMail, 'sha256'>, identities: readonly string[]): Refusal | undefined {
  const senders = [addressIn(source), addressIn(headerValue(headerBlock(raw), 'From'))];
  const failed = senders.filter((address) => !identities.some((identity) => covers(identity, address)));
  if (failed.length === 0) return undefined;
  const list = [...new Set(failed)].join(', ');
  return {
    code: 'MessageRejected',
    message: `Email address is not verified. The following identities failed the check in region US-EAST-1: ${list}`,
  };
}

const unknownSet = (name: string | undefined, sets: ReadonlySet<string>): Refusal | undefined =>
  name === undefined || sets.has(name)
    ? undefined
    : { code: 'ConfigurationSetDoesNotExist', message: `Configuration set <${name}> does not exist.` };

function rejected(to: readonly string[], addresses: readonly string[]): Refusal | undefined {
  const unwanted = new Set(addresses.map((address) => address.toLowerCase()));
  const hit = to.find((address) => unwanted.has(address.toLowerCase()));
  return hit === undefined ? undefined : { code: 'MessageRejected', message: `Address rejected by a fault of the local stack: ${hit}` };
}
