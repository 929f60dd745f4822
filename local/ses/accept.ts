import { createHash, randomBytes } from 'node:crypto';
import type { MovableClock } from '../clock.ts';
import type { Draw } from '../faults/chance.ts';
import { type Injected, usualSendRate } from '../faults/faults.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import { mailRequests } from '../iam/mail-requests.ts';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { headerBlock, headerValue } from './headers.ts';
import * as refusals from './refusals.ts';
import { members, type SesRequest, tagsOf } from './request.ts';
import { sentToday } from './sent-today.ts';
import { tokenBucket } from './token-bucket.ts';

/**
 * The part of SES that accepts or refuses a mail. Deliberately small: a mail is hashed and kept,
 * never parsed.
 */
export interface Acceptance {
  accept(mail: refusals.OfferedMail, draw: Draw): AcceptedMail | refusals.Refusal;
  /** Mails accepted in the last 24 hours. */
  sentToday(): number;
  /** Calls throttled so far. */
  throttled(): number;
  /** Calls among these that exceeded the rate. The others were an injected fault. */
  overRate(): number;
}

export interface AcceptanceOptions {
  readonly identities: readonly string[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  readonly clock: MovableClock;
  readonly faults: Injected;
  readonly doorkeeper: IamEnforcer;
}

export function acceptance({ identities, configurationSets, clock, faults, doorkeeper }: AcceptanceOptions): Acceptance {
  const sets = new Set(configurationSets.map(({ name }) => name));
  const bucket = tokenBucket(usualSendRate);
  const today = sentToday();
  let throttledCalls = 0;
  let overRate = 0;

  const denied = (mail: refusals.OfferedMail): refusals.Refusal | undefined => {
    const { to, configurationSet, caller } = mail;
    const denial = doorkeeper.authorise(caller, () =>
      mailRequests({ to, configurationSet, senders: refusals.sendersOf(mail) }, (address) => refusals.identityOf(identities, address)),
    );
    if (denial !== undefined) return refusals.denied(denial);
    return refusals.befalls(faults.ses.accessDenied, to)
      ? refusals.denied({ who: caller, action: 'ses:SendRawEmail', resource: '*' })
      : undefined;
  };
  const tooMuch = (mail: refusals.OfferedMail, draw: Draw): refusals.Refusal | undefined => {
    const { throttle, maxSendRate, dailyQuota } = faults.ses;
    const now = Math.floor(mail.acceptedAt.getTime());
    if (today.count(now) + mail.to.length > dailyQuota) return refusals.quotaUsed;
    bucket.setRate(maxSendRate);
    if (draw.hits('throttle', throttle)) return refusals.throttled;
    if (bucket.take(now)) return undefined;
    overRate += 1;
    return refusals.throttled;
  };
  const refuse = (mail: refusals.OfferedMail, draw: Draw): refusals.Refusal | undefined =>
    denied(mail) ??
    refusals.malformed(mail) ??
    refusals.accountFault(faults.ses, mail) ??
    refusals.unverified(mail, identities, faults.ses.notVerified) ??
    refusals.unusableSet(mail.configurationSet, sets, faults.ses) ??
    refusals.rejected(mail.to, faults.ses.reject) ??
    tooMuch(mail, draw);

  return {
    sentToday: () => today.count(clock.now().getTime()),
    throttled: () => throttledCalls,
    overRate: () => overRate,
    accept: (mail, draw) => {
      const refusal = refuse(mail, draw);
      if (refusal === refusals.throttled) throttledCalls += 1;
      if (refusal !== undefined) return refusal;
      today.add(mail.acceptedAt.getTime(), mail.to.length);
      return { ...mail, sha256: createHash('sha256').update(mail.raw).digest('hex') };
    },
  };
}

/** The mail in a call, with the id that it gets if it is accepted. */
export function readMail(request: SesRequest, acceptedAt: Date): refusals.OfferedMail {
  const { raw, parameters, caller } = request;
  const to = members(request, 'Destinations');
  return {
    id: `0100${randomBytes(8).toString('hex')}-${randomBytes(4).toString('hex')}-000000`,
    to: to.length > 0 ? to : headerRecipients(raw),
    source: parameters.get('Source') ?? refusals.addressIn(headerValue(headerBlock(raw), 'From')),
    configurationSet: parameters.get('ConfigurationSetName'),
    tags: tagsOf(request),
    acceptedAt,
    raw,
    caller,
  };
}

const headerRecipients = (raw: Buffer): string[] =>
  ['To', 'Cc', 'Bcc']
    .flatMap((name) => (headerValue(headerBlock(raw), name) ?? '').split(','))
    .map(refusals.addressIn)
    .filter(Boolean);
