import type { Distribution } from '../distribution/distribution.ts';
import { tracksOpens } from '../distribution/stream-rules.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import { alertEditionId, frequencyOfEdition, nextTelling, publishedEditionId } from '../edition/edition-id.ts';
import { mandatoryReaders } from '../edition/mandatory-readers.ts';
import { type Occurrence, occurrenceDueAt, scheduledAt } from '../edition/occurrence.ts';
import { serviceEditionId, type WantedServiceMail } from '../edition/service-mail.ts';
import { testEditionId, type WantedTest } from '../edition/test-mail.ts';
import { scheduleOf, slotsToBegin, wavesOf } from '../edition/waves.ts';
import { namedIn } from '../mail/fragments.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { ScheduledStream } from '../stream/stream.ts';
import { type Frequency, frequencyOf } from '../subscriber/slot.ts';
import { composeScheduled } from './compose-scheduled.ts';
import { composeTest } from './compose-shown.ts';
import { composeAlert, composePublished, composeService } from './compose-single.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * What the compose queue carries: an edition that is due (`monthly`: the digest for those who have it once a month), an incident that is told at
 * once, a postmortem for those who want each as it is published, one mail that answers what somebody did, or an edition that somebody tries.
 */
export type Occasion =
  | { kind: 'scheduled'; stream: ScheduledStream; frequency?: Occurrence['frequency']; at: Date }
  | { kind: 'alert' | 'published'; postmortem: string }
  | { kind: 'service'; mail: WantedServiceMail }
  | { kind: 'test'; wanted: WantedTest };

/** No distribution file is applied, so nobody knows who gets what: kept in the queue and, after three tries, in its dead letters. */
export class NothingApplied extends AfterwordError {
  override readonly name = 'NothingApplied';
  constructor() {
    super('no distribution file is applied; `afterword apply` does that');
  }
}

export interface Started {
  readonly edition: EditionId;
  readonly existed: boolean;
}

/**
 * Makes one edition and sets it going. Any number of times is once: META is written once, and everything after it
 * (noting it with its postmortems, the last look at restrictions, starting the waves that are due) can be done again.
 * Undefined where there is nothing to make: nobody gets it in this way, or it may not be told any more.
 */
export async function startEdition(occasion: Occasion, deps: ComposeDeps): Promise<Started | undefined> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const id = await idOf(occasion, distribution, deps);
  const before = await deps.editions.read(id);
  if (before) {
    if (!before.completedAt) await setGoing(before, deps);
    return { edition: id, existed: true };
  }
  const frequency = frequencyOfEdition(id);
  if (frequency !== 'weekly' && !(await isHeld(frequency, deps))) return undefined;
  const composed = await compose(occasion, distribution, deps);
  if (!composed) return undefined;
  const edition = await store(composed, occasion, distribution, deps);
  if (!edition) return undefined;
  await setGoing(edition, deps);
  return { edition: id, existed: false };
}

async function idOf(occasion: Occasion, distribution: Distribution, { postmortems }: ComposeDeps): Promise<EditionId> {
  switch (occasion.kind) {
    case 'alert':
    case 'published': {
      const tellingId = occasion.kind === 'alert' ? alertEditionId : publishedEditionId;
      const { namedIn = [] } = (await postmortems.read(occasion.postmortem)) ?? {};
      return tellingId(occasion.postmortem, nextTelling(tellingId, occasion.postmortem, namedIn));
    }
    case 'service':
      return serviceEditionId(occasion.mail);
    case 'test':
      return testEditionId(occasion.wanted);
    default:
      return occurrenceDueAt(occasion.stream, occasion.at, distribution, occasion.frequency).id;
  }
}

/** Whether any reader of the digest has it as often as that: where nobody has, it is not made. */
const isHeld = async (frequency: Frequency, { registry }: ComposeDeps): Promise<boolean> =>
  (await registry.slots('engineering-digest')).some(({ slot }) => frequencyOf(slot) === frequency);

async function compose(occasion: Occasion, distribution: Distribution, deps: ComposeDeps): Promise<Composed | undefined> {
  switch (occasion.kind) {
    case 'alert':
      return composeAlert(occasion.postmortem, distribution, deps);
    case 'published':
      return composePublished(occasion.postmortem, distribution, deps);
    case 'service':
      return composeService(occasion.mail, distribution, deps);
    case 'test':
      return composeTest(occasion.wanted, distribution, deps);
    default: {
      const { stream, at, frequency } = occasion;
      return composeScheduled(occurrenceDueAt(stream, at, distribution, frequency), at, distribution, deps);
    }
  }
}

async function store(composed: Composed, occasion: Occasion, distribution: Distribution, deps: ComposeDeps): Promise<Edition | undefined> {
  const content = composed.fragments && (await deps.editions.putContent(composed.id, composed.fragments));
  const now = deps.now();
  const cutoff = toInstant(now);
  const scheduledFor =
    occasion.kind === 'scheduled' ? toInstant(scheduledAt(occasion.stream, occasion.at, distribution, occasion.frequency)) : cutoff;
  const leaving = await leavingOf(composed, scheduledFor, now, deps);
  if (!leaving) return undefined;
  const mandatory = mandatoryReaders(distribution, occasion.kind === 'test' ? occasion.wanted.shows.stream : composed.stream);
  const edition: Edition = {
    id: composed.id,
    stream: composed.stream,
    ...readersOf(occasion),
    scheduledFor,
    composedAt: cutoff,
    cutoff,
    subject: composed.subject,
    ...(composed.alertsOf && { alertsOf: composed.alertsOf }),
    ...(composed.incident && { incident: composed.incident }),
    names: composed.fragments ? namedIn(composed.fragments) : [],
    carries: composed.carried.map(({ postmortem: { id, title, severity }, revision }) => ({ id, revision, title, severity })),
    ...(content ? { content } : { completedAt: cutoff }),
    ...leaving,
    tracksOpens: tracksOpens(distribution, composed.stream),
    ...(mandatory && { mandatory }),
    paused: false,
    recalled: false,
    withheld: [],
    tallies: {},
  };
  if (await deps.editions.create(edition)) return edition;
  const first = await deps.editions.read(composed.id);
  if (!first) throw new Error(`edition ${composed.id}: neither created nor there`);
  return first;
}

/**
 * The slots are looked up after the cut-off: whoever holds a slot at the cut-off had put its row before. An alert and a mail that answers go to
 * everybody at once. Undefined where no slot is of this edition's frequency.
 */
async function leavingOf({ id, stream }: Composed, scheduledFor: Instant, now: Date, { registry }: ComposeDeps) {
  if (stream === 'sev1-alerts' || stream === 'service') return { slots: ['default'] };
  const held = (await registry.slots(stream)).map(({ slot }) => slot);
  return scheduleOf(wavesOf({ stream, frequency: frequencyOfEdition(id), scheduledFor }, held), atLeast(scheduledFor, now));
}

/** Whoever asked for the edition says that it is due: a clock that is a moment behind makes no wave of it. */
const atLeast = (scheduledFor: Instant, now: Date) => new Date(Math.max(Date.parse(scheduledFor), now.getTime()));

function readersOf(occasion: Occasion): Pick<Edition, 'realm' | 'service' | 'test' | 'audience'> {
  switch (occasion.kind) {
    case 'service': {
      const { realm, subscriber, kind, about } = occasion.mail;
      return { realm, service: { kind, about }, audience: { kind: 'list', subscribers: [subscriber] } };
    }
    case 'test': {
      const { shows, subscriber } = occasion.wanted;
      return { realm: 'staff', test: { stream: shows.stream }, audience: { kind: 'list', subscribers: [subscriber] } };
    }
    default:
      return { audience: { kind: 'stream' } };
  }
}

/**
 * A postmortem may have been restricted while it was being composed: intake withholds it from the editions noted with it,
 * so the edition is noted first, with all that it names, and each is looked at once more afterwards. One of the two sees the other.
 */
async function setGoing(edition: Edition, deps: ComposeDeps): Promise<void> {
  const carried = new Set(edition.carries.map(({ id }) => id));
  await fewAtATime([...new Set([...carried, ...edition.names])], async (id) => {
    await deps.postmortems.recordEdition(id, edition.id, carried.has(id) ? 'carried' : 'named');
    const now = await deps.postmortems.read(id);
    if (!now || !isTellable(now.postmortem)) await deps.editions.withhold(edition.id, id, now?.revision ?? 0);
  });
  if (edition.content) await begin(edition, deps);
}

/** The waves that are due; `sweep` begins the others. Where all leave at once nothing is noted: starting them again does no harm. */
async function begin(edition: Edition, deps: ComposeDeps): Promise<void> {
  const slots = slotsToBegin(edition, atLeast(edition.scheduledFor, deps.now()));
  if (slots.length === 0) return;
  await deps.start(edition, slots, delayFor(edition, deps));
  if (edition.waves) await deps.editions.begin(edition.id, slots);
}

/**
 * Nobody's profile write is under way across the cut-off when the first range is read: bulk mail waits out the longest such write.
 * An alert, or an answer to one person, has one slot, so nothing could double, and does not wait (docs/adr/002-cut-off.md).
 */
const delayFor = (edition: Edition, deps: ComposeDeps) =>
  laneOf(edition) === 'urgent' || edition.audience.kind === 'list' ? 0 : deps.profileWriterSeconds;
