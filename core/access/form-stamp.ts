import { createHmac, timingSafeEqual } from 'node:crypto';
import { dayMs } from '../shared/duration.ts';
import type { TokenKeys } from './token.ts';

/**
 * A person needs at least this long to read a form and to write an address into it. A form that was
 * open for more than a day has to be loaded again.
 */
const soonestMs = 2000;
const latestMs = dayMs;

/** A stamp for a form that says when it was shown. Only we can make it. */
export const stampForm = (shownAt: Date, { key }: Pick<TokenKeys, 'key'>): string => {
  const at = shownAt.getTime().toString(36);
  return `${at}.${macOf(at, key)}`;
};

/** Whether we showed the form, long enough ago for a person and not too long ago. */
export function isStamped(stamp: string, now: Date, { key, previous }: TokenKeys): boolean {
  const [, at = '', mac = ''] = /^([0-9a-z]{1,9})\.([A-Za-z0-9_-]{43})$/.exec(stamp) ?? [];
  const age = now.getTime() - Number.parseInt(at, 36);
  const proofs = [key, ...(previous ? [previous.key] : [])].map((one) =>
    timingSafeEqual(Buffer.from(macOf(at, one)), Buffer.from(mac.padEnd(43))),
  );
  return proofs.includes(true) && age >= soonestMs && age <= latestMs;
}

/** Can never equal the MAC of a link, because those begin with their version. */
const macOf = (at: string, key: string) => createHmac('sha256', key).update(`form.${at}`).digest('base64url');
