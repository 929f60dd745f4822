import type { Distribution } from '../distribution/distribution.ts';
import { tracksOpens } from '../distribution/stream-rules.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import { mandatoryReaders } from '../edition/mandatory-readers.ts';
import { scheduleOf, slotsToBegin, wavesOf } from '../edition/waves.ts';
import { namedIn } from '../mail/fragments.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { isAlertStream } from '../stream/stream.ts';
import { frequencyOf } from '../subscriber/slot.ts';
import { type Occasion, type PlannedEdition, planEdition } from './plan-edition.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * No distribution file is applied, so nobody knows who gets what: kept in the queue and, after
 * three tries, in its dead letters.
 */
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
 * Makes one edition and sets it going. Any number of times is once: META is written once, and
 * everything after it (noting it with its postmortems, the last look at restrictions, starting the
 * waves that are due) can be done again. Undefined where there is nothing to make: nobody gets it
 * in this way, or it may not be told any more.
 */
export async function startEdition(occasion: Occasion, deps: ComposeDeps): Promise<Started | undefined> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const planned = await planEdition(occasion, distribution, deps);
  const before = await deps.editions.read(planned.id);
  if (before) {
    if (!before.completedAt) await setGoing(before, deps);
    return { edition: planned.id, existed: true };
  }
  if (planned.frequency !== 'weekly' && !(await isHeld(planned, deps))) return undefined;
  const composed = await planned.compose(deps);
  if (!composed) return undefined;
  const edition = await store(composed, planned, distribution, deps);
  if (!edition) return undefined;
  await setGoing(edition, deps);
  return { edition: planned.id, existed: false };
}

/** Whether any reader of the stream has it at this frequency: where nobody has, it is not made. */
const isHeld = async ({ shows, frequency }: PlannedEdition, { registry }: ComposeDeps): Promise<boolean> =>
  shows !== 'service' && (await registry.slots(shows)).some(({ slot }) => frequencyOf(slot) === frequency);

async function store(
  composed: Composed,
  planned: PlannedEdition,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Edition | undefined> {
  const content = composed.fragments && (await deps.editions.putContent(composed.id, composed.fragments));
  const now = deps.now();
  const cutoff = toInstant(now);
  const scheduledFor = planned.scheduledFor ?? cutoff;
  const leaving = await leavingOf(composed, planned, scheduledFor, now, deps);
  if (!leaving) return undefined;
  const mandatory = mandatoryReaders(distribution, planned.shows);
  const edition: Edition = {
    id: composed.id,
    stream: composed.stream,
    ...planned.readers,
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
 * The slots are looked up after the cut-off: whoever holds a slot at the cut-off had put its row
 * before. An alert and a mail that answers go to everybody at once. Undefined where no slot is of
 * this edition's frequency.
 */
async function leavingOf({ stream }: Composed, { frequency }: PlannedEdition, scheduledFor: Instant, now: Date, { registry }: ComposeDeps) {
  if (stream === 'service' || isAlertStream(stream)) return { slots: ['default'] };
  const held = (await registry.slots(stream)).map(({ slot }) => slot);
  return scheduleOf(wavesOf({ stream, frequency, scheduledFor }, held), atLeast(scheduledFor, now));
}

/**
 * Whoever asked for the edition says that it is due: a clock that is a moment behind makes no wave
 * of it.
 */
const atLeast = (scheduledFor: Instant, now: Date) => new Date(Math.max(Date.parse(scheduledFor), now.getTime()));

/**
 * A postmortem may have been restricted while it was being composed: intake withholds it from the
 * editions noted with it, so the edition is noted first, with all that it names, and each is looked
 * at once more afterwards. One of the two sees the other.
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

/**
 * The waves that are due; `sweep` begins the others. Where all leave at once nothing is noted:
 * starting them again does no harm.
 */
async function begin(edition: Edition, deps: ComposeDeps): Promise<void> {
  const slots = slotsToBegin(edition, atLeast(edition.scheduledFor, deps.now()));
  if (slots.length === 0) return;
  await deps.start(edition, slots, delayFor(edition, deps));
  if (edition.waves) await deps.editions.begin(edition.id, slots);
}

/**
 * Nobody's profile write is under way across the cut-off when the first range is read: bulk mail
 * waits out the longest such write. An alert, or an answer to one person, has one slot, so nothing
 * could double, and does not wait (docs/adr/002-cut-off.md).
 */
const delayFor = (edition: Edition, deps: ComposeDeps) =>
  laneOf(edition) === 'urgent' || edition.audience.kind === 'list' ? 0 : deps.profileWriterSeconds;
