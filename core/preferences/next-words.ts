import { printTime, printZone } from '../calendar/print.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsOf } from '../distribution/severity-label.ts';
import { editionWords } from '../distribution/stream-words.ts';
import { definitionOf } from '../stream/stream.ts';
import { zoneFor } from '../subscriber/own-zone.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { pausedUntil } from '../subscriber/subscription.ts';
import type { Next } from './next-mail.ts';
import { dayWords } from './settings-words.ts';

/** A sentence in three parts. The middle part stands out on a page. */
export interface NextWords {
  readonly before: string;
  /** `Monday 30 November at 09:00`. Empty if nothing has a time. */
  readonly when: string;
  readonly after: string;
}

const nothing: Readonly<Record<NonNullable<Next['nothing']>, string>> = {
  off: 'You get no mail.',
  suppressed: 'You get no mail: your mailbox rejected our mail, or you reported it as unwanted.',
  suspended: 'You no longer get mail.',
  unconfirmed: 'You get no mail until you confirm your address.',
};
/** `Your next mail is the weekly digest on Monday 30 November at 09:00, Berlin time.` */
export function nextWords(next: Next, profile: Profile, distribution: Distribution, now: Date): NextWords {
  if (next.nothing) return { before: nothing[next.nothing], when: '', after: '' };
  const zone = zoneFor(profile, distribution);
  const others = next.asItHappens.flatMap((stream) => definitionOf(stream).words.asItHappens?.(alertsOf(distribution)) ?? []);
  if (!next.mail) {
    const until = pausedUntil(profile, now);
    const from = until ? `Your mail is paused until ${dayWords(until, zone, now)}.` : '';
    return { before: [from, ...others].filter(Boolean).join(' ') || 'Nothing is scheduled for you.', when: '', after: '' };
  }
  const { stream, frequency, at, onlyIfNews } = next.mail;
  return {
    before: `Your next mail is ${editionWords(stream, frequency, distribution)} on `,
    when: `${dayWords(at, zone, now)} at ${printTime(at, zone)}`,
    after: [`, ${printZone(zone)} time${onlyIfNews ? ', if there is something to report' : ''}.`, ...others].join(' '),
  };
}

/** The whole sentence. */
export const nextSentence = (...args: Parameters<typeof nextWords>): string => {
  const { before, when, after } = nextWords(...args);
  return `${before}${when}${after}`;
};
