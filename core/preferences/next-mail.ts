import { nextMade as nextMadeBy } from '../calendar/due.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { nextMonthlyMade } from '../edition/occurrence.ts';
import type { OpenEdition } from '../edition/open-edition.ts';
import { slotAt, waveDue } from '../edition/waves.ts';
import { minuteMs } from '../shared/duration.ts';
import { type Instant, isAfter, toInstant } from '../shared/instant.ts';
import { definitionOf, type Frequency, isScheduled, type ScheduledStream, type StreamName, streams } from '../stream/stream.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import { frequencyOf } from '../subscriber/slot.ts';
import type { Profile, StreamSettings } from '../subscriber/subscriber.ts';
import { isPaused, isStoodInFor, isSubscribed } from '../subscriber/subscription.ts';

/** What comes next to a reader, as far as can be known. */
export interface Next {
  /** The next mail that has a time. */
  readonly mail?: {
    readonly stream: ScheduledStream;
    readonly frequency: Frequency;
    readonly at: Instant;
    /** The mail may be left out, in a quiet time or because of what the reader chose. */
    readonly onlyIfNews: boolean;
  };
  /** The streams that come as things happen, unless a pause holds them back. */
  readonly asItHappens: readonly StreamName[];
  /** Why no mail comes at all. */
  readonly nothing?: 'off' | 'suppressed' | 'suspended' | 'unconfirmed';
}

/** An edition that was due this recently may still be in the making. */
const composedWithinMs = 10 * minuteMs;
/**
 * How many editions of a stream are looked ahead, 60 weeks if it is weekly: a pause ends within a
 * year.
 */
const mostAhead = 60;

/**
 * The next mail, by the same rules that send it. Editions under way are checked first; for them the
 * slot held at their cut-off counts. Then come future editions, in the slot that is held now.
 * `open`: the unfinished editions of the reader's streams.
 */
export function nextMail(profile: Profile, distribution: Distribution, open: readonly OpenEdition[], now: Date): Next {
  const stopped = (['suppressed', 'suspended', 'unconfirmed'] as const).find((why) => profile[why]);
  if (stopped) return { asItHappens: [], nothing: stopped };
  const on = streams.filter((stream) => isSubscribed(profile, stream, distribution, now) && configuredStream(distribution, stream));
  if (on.length === 0) return { asItHappens: [], nothing: 'off' };

  const coming = on.filter(isScheduled).flatMap((stream) => {
    const settings = profile.streams[stream];
    if (!settings) return [];
    const comes = (due: Instant) => isAfter(due, toInstant(now)) && comesAt(due, settings, profile);
    const found = [underWay(stream, settings, open, comes), toCome(stream, settings, distribution, open, now, comes)];
    return found
      .filter((mail) => mail !== undefined)
      .map((mail) => ({ ...mail, stream, onlyIfNews: mayBeEmpty(stream, settings, distribution) }));
  });
  const [mail] = coming.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const asItHappens = on
    .filter((stream) => !isScheduled(stream) || heldFrequency(stream, profile.streams[stream]) === 'published')
    .filter((stream) => !isHeldBack(stream, profile, distribution, now));
  return { ...(mail && { mail }), asItHappens };
}

/**
 * Whether mail due at that time comes: not in a pause, and for a delegate before their subscription
 * ends.
 */
const comesAt = (due: Instant, { until }: StreamSettings, profile: Profile): boolean =>
  !isPaused(profile, new Date(due)) && (until === undefined || isAfter(until, due));

/**
 * Whether a pause holds a stream back. It holds a mandatory stream back only while there is a
 * delegate.
 */
function isHeldBack(stream: StreamName, profile: Profile, distribution: Distribution, now: Date): boolean {
  const isExempt = mandatoryFor(distribution, stream, profile.address) !== undefined && !isStoodInFor(profile.streams[stream], now);
  return isPaused(profile, now) && !isExempt;
}

/** A stream without frequencies comes by its schedule in every slot. */
const heldFrequency = (stream: StreamName, settings: StreamSettings | undefined): Frequency =>
  definitionOf(stream).frequencies.length > 0 ? frequencyOf(settings?.slots.at(-1)?.slot ?? 'default', stream) : 'weekly';

interface Coming {
  readonly at: Instant;
  readonly frequency: Frequency;
}

function underWay(
  stream: ScheduledStream,
  { since, slots }: StreamSettings,
  open: readonly OpenEdition[],
  comes: (due: Instant) => boolean,
): Coming | undefined {
  const mine = open.flatMap((edition): Coming[] => {
    if (edition.stream !== stream || edition.isHeld || isAfter(since, edition.cutoff)) return [];
    const slot = slotAt(slots, edition.cutoff);
    const at = slot === undefined ? undefined : edition.waves[slot];
    return slot !== undefined && at !== undefined && comes(at)
      ? [{ at, frequency: heldFrequency(stream, { since, slots: [{ slot, at }], on: true }) }]
      : [];
  });
  return mine.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).at(0);
}

function toCome(
  stream: ScheduledStream,
  settings: StreamSettings,
  distribution: Distribution,
  open: readonly OpenEdition[],
  now: Date,
  comes: (due: Instant) => boolean,
): Coming | undefined {
  const frequency = heldFrequency(stream, settings);
  const held = settings.slots.at(-1);
  if (frequency === 'published' || !held) return undefined;
  let made = nextMade(stream, frequency, distribution, new Date(now.getTime() - composedWithinMs));
  for (let n = 0; made && n < mostAhead; n += 1) {
    const scheduledFor = toInstant(made);
    const isMade = made <= now;
    const wasHeld = !isAfter(held.at, scheduledFor) && !isAfter(settings.since, scheduledFor);
    const isKnown = open.some((edition) => edition.stream === stream && Date.parse(edition.scheduledFor) === made?.getTime());
    const at = waveDue(held.slot, scheduledFor);
    if (comes(at) && (!isMade || (wasHeld && !isKnown))) return { at, frequency };
    made = nextMade(stream, frequency, distribution, made);
  }
  return undefined;
}

function nextMade(stream: ScheduledStream, frequency: Frequency, distribution: Distribution, after: Date): Date | undefined {
  if (frequency === 'monthly') return nextMonthlyMade(stream, distribution, after);
  const schedule = distribution.streams[stream]?.schedule;
  return schedule && nextMadeBy({ ...schedule, zone: schedule.zone ?? distribution.organisation.zone }, after);
}

const mayBeEmpty = (stream: ScheduledStream, { leaveOut, least }: StreamSettings, { streams: configured }: Distribution): boolean =>
  configured[stream]?.quietWeek === 'nothing' || leaveOut !== undefined || least !== undefined;
