import { mayHaveReached } from '../delivery/has-reached.ts';
import type { RangeLedger } from '../delivery/ports.ts';
import { countsOf, type Edition } from '../edition/edition.ts';
import { isPast } from '../edition/edition-state.ts';
import type { EditionReader } from '../edition/ports.ts';
import { remindersId } from '../edition/service-mail.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { PlainDate } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { ReminderProgress } from './reminders-of.ts';

export interface PromisedMails {
  /** Consistent. */
  readonly editions: Pick<EditionReader, 'read'>;
  readonly ranges: Pick<RangeLedger, 'read'>;
}

/** By person, the last day that was told to them. */
export type Untold = Readonly<Record<SubscriberId, PlainDate>>;

/**
 * To whom the mails of the last day told nothing, now that this day is over. Whoever may have
 * theirs was told: it was accepted, is in doubt, or is being submitted.
 */
export const untoldOf = (progress: ReminderProgress, now: Date, mails: PromisedMails): Promise<Untold> =>
  promisedTo(
    progress,
    async (edition) => edition === undefined || (isUntold(edition, now) && !(await mayHaveReached(edition, mails.ranges))),
    mails,
  );

/**
 * Whose mail of the day was asked for and is not there: the queue lost it, or composing has failed
 * so far, or nothing was left to ask.
 */
export const notMadeOf = (progress: ReminderProgress, mails: PromisedMails): Promise<Untold> =>
  promisedTo(progress, (edition) => edition === undefined, mails);

/**
 * A mail that left too late was not sent, and one that met a pause is told after it. What was
 * recalled somebody meant to end. One that is bound to no day may still leave.
 */
function isUntold(edition: Edition, now: Date): boolean {
  if (edition.recalled) return false;
  if (edition.completedAt === undefined) return isPast(edition, now.getTime());
  const counts = countsOf(edition);
  return (counts['skipped: too late'] ?? 0) + (counts['skipped: snoozed'] ?? 0) > 0;
}

async function promisedTo(
  { lastDay, promised }: ReminderProgress,
  is: (edition: Edition | undefined) => boolean | Promise<boolean>,
  { editions }: PromisedMails,
): Promise<Untold> {
  const day = lastDay.replaceAll('-', '');
  const all = Object.entries(promised).flatMap(([told, people]) => people.map((person) => [person, told] as const));
  const found = await fewAtATime(
    all,
    async ([person, told]) => ((await is(await editions.read(remindersId(person, day)))) ? [[person, told] as const] : []),
    10,
  );
  return Object.fromEntries(found.flat());
}
