import type { Distribution } from '../distribution/distribution.ts';
import { tracksOpens } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { materialFor, shownRevision } from '../edition/corrections.ts';
import { type Edition, type EditionId, laneOf } from '../edition/edition.ts';
import { mandatoryReaders } from '../edition/mandatory-readers.ts';
import { scheduleOf, slotsToBegin, wavesOf } from '../edition/waves.ts';
import { namedIn } from '../mail/fragments.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { definitionOf, isAlertStream, type Lane } from '../stream/stream.ts';
import { frequencyOf } from '../subscriber/slot.ts';
import { type Occasion, type PlannedEdition, planEdition } from './plan-edition.ts';
import type { ComposeDeps, Composed } from './ports.ts';

/**
 * No distribution file is applied, so the readers are unknown. The message stays in the queue and,
 * after three attempts, goes to its dead letters.
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
 * Makes one edition and starts it. Idempotent: META is written once, and every later step can be
 * repeated (recording it with its postmortems, the last check of restrictions, starting the due
 * waves). Undefined if there is nothing to make: no reader gets it in this way, or it may no longer
 * be shown.
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
  if (!(await isHeld(planned, deps))) return undefined;
  const composed = await planned.compose(deps);
  if (!composed) return undefined;
  const edition = await store(composed, planned, distribution, deps);
  if (!edition) return undefined;
  await setGoing(edition, deps);
  return { edition: planned.id, existed: false };
}

/**
 * Whether any reader gets the stream at this frequency, which each has who chose no other. If none
 * does, the edition is not made.
 */
async function isHeld({ shows, frequency, readers }: PlannedEdition, { registry }: ComposeDeps): Promise<boolean> {
  if (shows === 'service' || readers.audience.kind === 'list' || frequency === definitionOf(shows).usual) return true;
  return (await registry.slots(shows)).some(({ slot }) => frequencyOf(slot, shows) === frequency);
}

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
    ...subjectInstead(composed, planned, distribution),
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

/** A mail about one postmortem has no other subject, because nothing of it is sent without it. */
function subjectInstead({ fragments }: Composed, { shows }: PlannedEdition, distribution: Distribution) {
  if (!fragments || shows === 'service') return undefined;
  if (fragments.subjectNames) return { subjectInstead: fragments.subjectNames.instead };
  return namedIn(fragments).length === 1 ? { subjectInstead: streamTitle(shows, distribution) } : undefined;
}

/**
 * Reads the slots after the cut-off. A slot held at the cut-off had its row written before it, so
 * none is missed. Alerts and service mails go to all their readers at once. Undefined if no slot
 * has this edition's frequency.
 */
async function leavingOf({ stream }: Composed, { frequency }: PlannedEdition, scheduledFor: Instant, now: Date, { registry }: ComposeDeps) {
  if (stream === 'service' || isAlertStream(stream)) return { slots: ['default'] };
  const held = (await registry.slots(stream)).map(({ slot }) => slot);
  return scheduleOf(wavesOf({ stream, frequency, scheduledFor }, held), atLeast(scheduledFor, now));
}

/**
 * The caller decides that the edition is due, so a clock that runs slightly behind must not put it
 * off as a wave.
 */
const atLeast = (scheduledFor: Instant, now: Date) => new Date(Math.max(Date.parse(scheduledFor), now.getTime()));

/**
 * Records the edition with its postmortems and then checks each of them again. One may have been
 * restricted or corrected during composing, and intake withholds or corrects it only in editions
 * recorded with it. With the record first and the check second, either intake or this check sees
 * the other.
 */
async function setGoing(edition: Edition, deps: ComposeDeps): Promise<void> {
  const carried = new Set(edition.carries.map(({ id }) => id));
  await fewAtATime([...new Set([...carried, ...edition.names])], async (id) => {
    await deps.postmortems.recordEdition(id, edition.id, carried.has(id) ? 'carried' : 'named');
    const now = await deps.postmortems.read(id);
    if (!now || !isTellable(now.postmortem)) await deps.editions.withhold(edition.id, id, now?.revision ?? 0);
    const [shown, material] = [shownRevision(edition, id), now && materialFor(edition.id, now)];
    if (shown !== undefined && material !== undefined && material > shown) await deps.editions.correct(edition.id, id, material);
  });
  if (edition.content) await begin(edition, deps);
}

/**
 * Starts the waves that are due; `sweep` starts the others. If all leave at once, nothing is
 * recorded, because starting them again does no harm.
 */
async function begin(edition: Edition, deps: ComposeDeps): Promise<void> {
  const slots = slotsToBegin(edition, atLeast(edition.scheduledFor, deps.now()));
  if (slots.length === 0) return;
  await deps.start(edition, slots, delayFor(edition, deps));
  if (edition.waves) await deps.editions.begin(edition.id, slots);
}

/**
 * How long bulk mail waits before the first range is read: the longest time that a profile write
 * takes. By then, no write that was under way at the cut-off is still running. An alert and an
 * answer to one person have a single slot, so no reader can be counted in two of them; they do not
 * wait (docs/adr/002-cut-off.md).
 */
const delayFor = (edition: Edition, deps: ComposeDeps) =>
  hasOneSlot.includes(laneOf(edition)) || edition.audience.kind === 'list' ? 0 : deps.profileWriterSeconds;
const hasOneSlot: readonly Lane[] = ['urgent', 'prompt'];
