import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import { midnight } from '../calendar/period.ts';
import { minuteMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Realm } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import { Reminders, StoredReminders } from './reminders.ts';

/**
 * What approvers are mailed about one request, as it goes on. `review`: they are asked. `-again`:
 * nobody answered yet. `-hold`: enough approved, and each may stop it. `-void`: it ended without a
 * release. `-withdrawn`: a public version is taken back. `-restricted`: the postmortem behind a
 * public version was hidden.
 */
export const reviewMailKinds = [
  'review',
  'review-again',
  'review-hold',
  'review-void',
  'review-released',
  'review-withdrawn',
  'review-lapsed',
  'review-restricted',
] as const;
/**
 * Those, and what answers one of them. `-receipt`: what was done with their link. `-link`: their
 * new link.
 */
const reviewKinds = [...reviewMailKinds, 'review-receipt', 'review-link'] as const;
export type ReviewKind = (typeof reviewKinds)[number];
export const isReviewKind = (kind: string): kind is ReviewKind => reviewKinds.some((known) => known === kind);

/**
 * The mails of stream `service`. Each leads to one page, and all but `drift` and `held` answer a
 * person's action. `already`: a sign-up by a person who already gets the stream. `approval`: asks
 * the stream's owner. `joined`: the owner's receipt. `receipt`: to a reviewer, of what was decided
 * in their name. `decisions`: a reviewer's new link. `reminders-link`: the new link of a mail of
 * reminders. `sign-in`: to staff alone. `drift`: to operators, while something differs from the
 * distribution file. `held`: to operators, on a day on which an incident of an incident tool is
 * newly held. `reminders`: what is asked of one person on a working day. `review…`: to approvers of
 * notices to customers, see `reviewKinds`.
 */
export const serviceKinds = [
  'confirm',
  'welcome',
  'already',
  'new-link',
  'goodbye',
  'approval',
  'joined',
  'receipt',
  'decisions',
  'reminders-link',
  'sign-in',
  'drift',
  'held',
  'reminders',
  ...reviewKinds,
] as const;
export const ServiceKind = z.enum(serviceKinds);
/** The kinds that customers get. Their texts tell of nothing but the reader's own subscription. */
const customerKinds = ['confirm', 'welcome', 'already', 'new-link', 'goodbye'] as const satisfies readonly ServiceKind[];
export const isCustomerKind = (kind: string): boolean => customerKinds.some((known) => known === kind);
export type ServiceKind = z.infer<typeof ServiceKind>;
/** The kinds with one sentence and one button. */
export type NoticeKind = Exclude<ServiceKind, 'reminders'>;

/** As stored in an edition. Accepts kinds that a later release may write. */
export const StoredServiceMail = z.object({
  kind: z.string(),
  about: z.string(),
  /** Of kind `reminders`: what the mail was to ask. What was over by then it left out. */
  reminders: StoredReminders.optional().catch(undefined),
});
export type StoredServiceMail = z.infer<typeof StoredServiceMail>;

/**
 * `about`: the stream that it is about, the id of the request to approve, the press of a receipt,
 * when somebody asked to sign in, the week of a check for drift, or the day of reminders, of a new
 * link to them or of what is held (`20261204`). Of a mail to an approver: what `aboutReview`
 * writes. Empty for none.
 */
export const ServiceMail = z.strictObject({
  kind: ServiceKind,
  about: z.string().regex(/^[A-Za-z0-9_-]{0,120}$/),
  /** For kind `reminders` alone. */
  reminders: Reminders.optional(),
});
export type ServiceMail = z.infer<typeof ServiceMail>;

/** One mail that a person waits for. */
export interface WantedServiceMail extends ServiceMail {
  readonly realm: Realm;
  readonly subscriber: SubscriberId;
  readonly at: Date;
}

const remindersPrefix = 'service_reminders_';
/** `day`: `20261204`. */
export const remindersId = (subscriber: SubscriberId, day: string): string => `${remindersPrefix}${subscriber}_${day}`;
/** The day of a mail of reminders. Undefined for every other edition. */
export const dayOfReminders = (edition: string): string | undefined =>
  edition.startsWith(remindersPrefix) ? edition.slice(edition.lastIndexOf('_') + 1) : undefined;

/**
 * Longer than a run of `deliver`: a worker that begins to send before the end of a day has ended by
 * midnight.
 */
export const lastMinutesMs = 10 * minuteMs;
/**
 * Mails of reminders leave on their day alone, so that nobody gets those of two days on one. What
 * has not left by then is asked by the next one (docs/adr/067). `day`: `20261204`.
 */
export const remindersLeaveUntil = (day: string, zone: string): Instant =>
  toInstant(new Date(Date.parse(midnight(Temporal.PlainDate.from(day).add({ days: 1 }), zone)) - lastMinutesMs));

/**
 * No mail of reminders waits longer than this in its lane. Those of earlier releases were not bound
 * to their day.
 */
const daysInLane = 7;
/**
 * Of editions that name a postmortem, the reminders so much older than this one that none of their
 * mails waits any more. Nothing has to find them by the postmortem, and there may be thousands.
 */
export function outlivedReminders(edition: string, others: readonly string[]): string[] {
  const day = dayOfReminders(edition);
  if (day === undefined) return [];
  const oldest = Temporal.PlainDate.from(day).subtract({ days: daysInLane }).toString().replaceAll('-', '');
  return others.filter((other) => (dayOfReminders(other) ?? oldest) < oldest);
}

const customersPrefix = 'service-customers';

/** Requests within this window are one request: pressing a button repeatedly sends one mail. */
const bucketMs = 10 * 60_000;

/**
 * Customer ids begin with another word, because the customer sender may not touch staff editions.
 * Reminders come once a day, whenever they are asked for.
 */
export const serviceEditionId = ({ kind, about, realm, subscriber, at }: WantedServiceMail): string => {
  if (kind === 'reminders') return remindersId(subscriber, about);
  const bucket = Math.floor(at.getTime() / bucketMs).toString(36);
  return [realm === 'customers' ? customersPrefix : 'service', kind, subscriber, ...(about ? [about] : []), bucket].join('_');
};

/** Whether it is an id of a mail of this kind to this customer. */
export const isAnswerToCustomer = (
  edition: string,
  { kind, subscriber }: { readonly kind: string; readonly subscriber: string },
): boolean => isCustomerKind(kind) && edition.startsWith(`${customersPrefix}_${kind}_${subscriber}_`);
