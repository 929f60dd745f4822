import * as z from 'zod';
import type { Realm, SubscriberId } from '../subscriber/subscriber.ts';
import { ServiceKind } from './service-kind.ts';

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
