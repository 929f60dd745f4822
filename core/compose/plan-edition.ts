import type { Distribution } from '../distribution/distribution.ts';
import type { Edition, EditionId } from '../edition/edition.ts';
import { nextTellingId } from '../edition/edition-id.ts';
import { type Occurrence, occurrenceDueAt, scheduledFor } from '../edition/occurrence.ts';
import { remindersLeaveUntil, serviceEditionId, type WantedServiceMail } from '../edition/service-mail.ts';
import { testEditionId, type WantedTest } from '../edition/test-mail.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { EditionStream, Frequency, PublishedStream, RelevanceStream, ScheduledStream, UpdateStream } from '../stream/stream.ts';
import { definitionOf } from '../stream/stream.ts';
import { composeTest } from './compose-for-display.ts';
import { composeReminders } from './compose-reminders.ts';
import { composeService } from './compose-single.ts';
import { scheduledComposers, tellingComposers } from './composers.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * A message on the compose queue: an edition that is due (`monthly`: for readers who get the stream
 * once a month), a postmortem that gets a mail of its own, an incident that a stream with updates
 * is to look at, a mail to one person, or a test mail.
 */
export type Occasion =
  | { kind: 'scheduled'; stream: ScheduledStream; frequency?: Occurrence['frequency']; at: Date }
  | { kind: 'postmortem'; stream: PublishedStream | RelevanceStream; postmortem: string }
  | { kind: 'incident'; stream: UpdateStream; postmortem: string }
  | { kind: 'service'; mail: WantedServiceMail }
  | { kind: 'test'; wanted: WantedTest };

/** An edition before it is made: everything that follows from its occasion, worked out once. */
export interface PlannedEdition {
  readonly id: EditionId;
  /** The stream whose leads and deputies get it; for a test mail, the stream that it shows. */
  readonly shows: EditionStream;
  readonly frequency: Frequency;
  /** Absent: when it is made. */
  readonly scheduledFor?: Instant;
  readonly readers: Pick<Edition, 'realm' | 'service' | 'test' | 'audience' | 'leavesUntil'>;
  /**
   * Undefined if there is nothing to make: it may no longer be shown, or no reader gets it in this
   * way.
   */
  readonly compose: (deps: ComposeDeps) => Promise<Composed | undefined>;
}

export async function planEdition(
  occasion: Exclude<Occasion, { kind: 'incident' }>,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<PlannedEdition> {
  switch (occasion.kind) {
    case 'scheduled':
      return planScheduled(occasion, distribution);
    case 'postmortem':
      return planTelling(occasion, distribution, deps);
    case 'service':
      return planAnswer(occasion.mail, distribution);
    case 'test':
      return planTest(occasion.wanted, distribution);
  }
}

/** Everyone who is subscribed to its stream. */
export const everySubscriber: PlannedEdition['readers'] = { audience: { kind: 'stream' } };

function planScheduled({ stream, at, frequency }: Extract<Occasion, { kind: 'scheduled' }>, distribution: Distribution): PlannedEdition {
  const occurrence = occurrenceDueAt(stream, at, distribution, frequency);
  return {
    id: occurrence.id,
    shows: stream,
    frequency: occurrence.frequency,
    scheduledFor: toInstant(scheduledFor(occurrence, at, distribution)),
    readers: everySubscriber,
    compose: (deps) => scheduledComposers[stream](occurrence, at, distribution, deps),
  };
}

async function planTelling(
  { stream, postmortem }: Extract<Occasion, { kind: 'postmortem' }>,
  distribution: Distribution,
  { postmortems }: ComposeDeps,
): Promise<PlannedEdition> {
  const { namedIn = [] } = (await postmortems.read(postmortem)) ?? {};
  return {
    id: nextTellingId(stream, postmortem, namedIn),
    shows: stream,
    // A stream that is only on or off has one frequency.
    frequency: definitionOf(stream).frequencies.length > 0 ? 'published' : definitionOf(stream).usual,
    readers: everySubscriber,
    compose: (deps) => tellingComposers[stream](postmortem, distribution, deps),
  };
}

function planAnswer(mail: WantedServiceMail, distribution: Distribution): PlannedEdition {
  const { realm, subscriber, kind, about, reminders } = mail;
  return {
    id: serviceEditionId(mail),
    shows: 'service',
    frequency: 'weekly',
    readers: {
      realm,
      service: { kind, about, ...(reminders && { reminders }) },
      audience: { kind: 'list', subscribers: [subscriber] },
      ...(kind === 'reminders' && { leavesUntil: remindersLeaveUntil(about, distribution.organisation.zone) }),
    },
    compose: (deps) => (kind === 'reminders' && realm === 'staff' ? composeReminders : composeService)(mail, distribution, deps),
  };
}

function planTest(wanted: WantedTest, distribution: Distribution): PlannedEdition {
  const { shows, subscriber } = wanted;
  return {
    id: testEditionId(wanted),
    shows: shows.stream,
    frequency: 'weekly',
    readers: { realm: 'staff', test: { stream: shows.stream }, audience: { kind: 'list', subscribers: [subscriber] } },
    compose: (deps) => composeTest(wanted, distribution, deps),
  };
}
