import { periodOf } from '../calendar/recurring.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type Occurrence, occurrenceDueAt } from '../edition/occurrence.ts';
import { type Shown, testEditionId, type WantedTest } from '../edition/test-mail.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import { isAlertStream, isPublishedStream, isScheduled, type ScheduledStream } from '../stream/stream.ts';
import { alertComposers, publishedComposers, scheduledComposers } from './composers.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * An edition as it would be, by the code of the real one. Undefined where the file has no such
 * stream, or the postmortem may not be told in it.
 */
export async function composeShown(
  { stream, frequency = 'weekly', postmortem = '', due }: Shown,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Composed | undefined> {
  if (frequency === 'published') return isPublishedStream(stream) ? publishedComposers[stream](postmortem, distribution, deps) : undefined;
  if (isAlertStream(stream)) return alertComposers[stream](postmortem, distribution, deps);
  if (!isScheduled(stream) || !distribution.streams[stream]) return undefined;
  const now = deps.now();
  const at = due ? new Date(due) : nextDue(stream, frequency, distribution, now);
  // Nobody knows yet what will be kept or late when it is due.
  return scheduledComposers[stream](occurrenceDueAt(stream, at, distribution, frequency), at < now ? at : now, distribution, deps);
}

/** When the period that is running now has ended: the next edition tells of it. */
function nextDue(stream: ScheduledStream, frequency: Occurrence['frequency'], distribution: Distribution, now: Date): Date {
  const { kind, zone } = occurrenceDueAt(stream, now, distribution, frequency);
  return new Date(periodOf(kind, now, zone).end);
}

/**
 * The same as a test mail to one person. It carries nothing, so that nothing counts as told by it;
 * what it names can be withheld from it. Undefined where there is nothing to show.
 */
export async function composeTest(wanted: WantedTest, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  const shown = await composeShown(wanted.shows, distribution, deps);
  if (!shown?.fragments) return undefined;
  const fragments = asTest(shown.fragments);
  const { alertsOf } = shown;
  return {
    id: testEditionId(wanted),
    stream: 'service',
    ...(alertsOf && { alertsOf }),
    carried: [],
    fragments,
    subject: fragments.subject,
  };
}

/** A test's subject says so. */
export const testSubject = (subject: string) => `Test: ${subject}`;

const asTest = (fragments: EditionFragments): EditionFragments => {
  const { subject, subjectNames } = fragments;
  return {
    ...fragments,
    subject: testSubject(subject),
    ...(subjectNames && { subjectNames: { ...subjectNames, instead: testSubject(subjectNames.instead) } }),
  };
};
