import * as z from 'zod';
import type { Realm } from '../stream/stream.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

/**
 * The mails of stream `service`, which answer something that somebody did and lead to one page.
 * `already`: a sign-up by who gets the stream already; `approval`: its owner is asked; `joined`:
 * the owner's receipt.
 */
export const serviceKinds = ['confirm', 'welcome', 'already', 'new-link', 'goodbye', 'approval', 'joined'] as const;
export const ServiceKind = z.enum(serviceKinds);
export type ServiceKind = z.infer<typeof ServiceKind>;

/** As an edition keeps it: also what a later release writes. */
export const StoredServiceMail = z.object({ kind: z.string(), about: z.string() });
export type StoredServiceMail = z.infer<typeof StoredServiceMail>;

/** `about`: the stream that it is about, or the id of the request to approve; empty for neither. */
export const ServiceMail = z.strictObject({ kind: ServiceKind, about: z.string().regex(/^[A-Za-z0-9_-]{0,120}$/) });
export type ServiceMail = z.infer<typeof ServiceMail>;

/** One mail that a person waits for. */
export interface WantedServiceMail extends ServiceMail {
  readonly realm: Realm;
  readonly subscriber: SubscriberId;
  readonly at: Date;
}

/** So long the same wish is one wish: whoever presses a button again and again gets one mail. */
const bucketMs = 10 * 60_000;

/** Customers' begin with another word, because their sender may touch no edition for staff. */
export const serviceEditionId = ({ kind, about, realm, subscriber, at }: WantedServiceMail): string => {
  const bucket = Math.floor(at.getTime() / bucketMs).toString(36);
  return [realm === 'customers' ? 'service-customers' : 'service', kind, subscriber, ...(about ? [about] : []), bucket].join('_');
};
