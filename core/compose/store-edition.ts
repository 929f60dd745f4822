import { brandFor } from '../distribution/brand.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { tracksOpens } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { type Edition, laneOf, realmOf } from '../edition/edition.ts';
import { mandatoryReaders } from '../edition/mandatory-readers.ts';
import { reviewersFor } from '../edition/reviewers.ts';
import { scheduleOf, slotsToBegin, wavesOf } from '../edition/waves.ts';
import { awaitedIn, namedIn } from '../mail/fragments.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { isUpdateStream, type Lane } from '../stream/stream.ts';
import type { PlannedEdition } from './plan-edition.ts';
import type { Composed, StartDeps } from './ports.ts';
import { recordAndCheck } from './record-and-check.ts';

/** How it is made, beside what it says. */
interface Making extends Pick<PlannedEdition, 'shows' | 'frequency' | 'scheduledFor' | 'readers'> {
  /** Begin it held, because the update before was. */
  readonly paused?: boolean;
  /** Where its fragments are stored, if they are. */
  readonly content?: Edition['content'];
}

type StoringDeps = Pick<StartDeps, 'editions' | 'registry' | 'now'>;

/**
 * Stores an edition with its fragments. META is written once: the second time it answers what is
 * there. Undefined if no reader gets it in this way.
 */
export async function storeEdition(
  composed: Composed,
  planned: Making,
  distribution: Distribution,
  deps: StoringDeps,
): Promise<Edition | undefined> {
  const content = planned.content ?? (composed.fragments && (await deps.editions.putContent(composed.id, composed.fragments)));
  const now = deps.now();
  const cutoff = toInstant(now);
  const scheduledFor = planned.scheduledFor ?? cutoff;
  const leaving = await leavingOf(composed, planned, scheduledFor, now, deps);
  if (!leaving) return undefined;
  const mandatory = mandatoryReaders(distribution, planned.shows);
  const { replyTo } = brandFor(realmOf({ stream: composed.stream, ...planned.readers }), distribution) ?? {};
  const awaits = composed.fragments && !composed.showsDraft ? awaitedIn(composed.fragments) : [];
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
    ...(replyTo && { replyTo }),
    ...(composed.incident && { incident: composed.incident }),
    ...(composed.notice && { notice: composed.notice }),
    names: composed.fragments && !composed.showsDraft ? namedIn(composed.fragments) : [],
    ...(awaits.length > 0 && { awaits }),
    carries: composed.carried.map(({ postmortem: { id, title, severity }, revision }) => ({ id, revision, title, severity })),
    ...(content && toldAgain(composed)),
    ...(content && composed.corrects && { corrects: [...composed.corrects] }),
    ...(content && composed.takesBack && { takesBack: [...composed.takesBack] }),
    ...(content ? { content } : { completedAt: cutoff }),
    ...leaving,
    tracksOpens: tracksOpens(distribution, composed.stream),
    ...(mandatory && { mandatory }),
    ...reviewersFor(composed.fragments, distribution),
    paused: planned.paused ?? false,
    recalled: false,
    withheld: [],
    tallies: {},
  };
  if (await deps.editions.create(edition)) return edition;
  const first = await deps.editions.read(composed.id);
  if (!first) throw new Error(`edition ${composed.id}: neither created nor there`);
  return first;
}

function toldAgain({ remembers = [], remindsTeams = [] }: Composed): Pick<Edition, 'remembers'> {
  const told = [
    ...remembers.map(({ postmortem: { id }, revision }) => ({ id, revision })),
    ...remindsTeams.map(({ postmortem: { id }, revision }) => ({ id, revision, onlyForTeams: true as const })),
  ];
  return told.length > 0 ? { remembers: told } : {};
}

/** A mail about one postmortem has no other subject, because nothing of it is sent without it. */
function subjectInstead({ fragments }: Composed, { shows }: Making, distribution: Distribution) {
  if (!fragments || shows === 'service') return undefined;
  if (fragments.subjectNames) return { subjectInstead: fragments.subjectNames.instead };
  // What its reasons and its card name of others does not stand in the subject.
  const cards = new Set(fragments.blocks.flatMap((block) => (block.kind === 'card' ? [block.postmortem] : [])));
  const isAboutOne = cards.size === 1 || namedIn(fragments).length === 1;
  return isAboutOne ? { subjectInstead: streamTitle(shows, distribution) } : undefined;
}

/**
 * Reads the slots after the cut-off. A slot held at the cut-off had its row written before it, so
 * none is missed. Incident updates and service mails go to all their readers at once. Undefined if
 * no slot has this edition's frequency.
 */
async function leavingOf(
  { stream, incident, notice }: Composed,
  { frequency }: Making,
  scheduledFor: Instant,
  now: Date,
  { registry }: Pick<StartDeps, 'registry'>,
) {
  if (stream === 'service' || notice || isUpdate({ stream, incident })) return { slots: ['default'] };
  const held = (await registry.slots(stream)).map(({ slot }) => slot);
  return scheduleOf(wavesOf({ stream, frequency, scheduledFor }, held), atLeast(scheduledFor, now));
}

/**
 * The caller decides that the edition is due, so a clock that runs slightly behind must not put it
 * off as a wave.
 */
const atLeast = (scheduledFor: Instant, now: Date) => new Date(Math.max(Date.parse(scheduledFor), now.getTime()));

/**
 * Records the edition with its postmortems, checks each of them, and starts it. `least`: how many
 * seconds its mails wait at least.
 */
export async function setGoing(edition: Edition, deps: StartDeps, least = 0): Promise<void> {
  await recordAndCheck(edition, deps);
  if (edition.content) await begin(edition, deps, least);
}

/**
 * Starts the waves that are due; `sweep` starts the others. If all leave at once, nothing is
 * recorded, because starting them again does no harm.
 */
export async function begin(
  edition: Edition,
  deps: Pick<StartDeps, 'editions' | 'start' | 'profileWriterSeconds' | 'now'>,
  least: number,
): Promise<void> {
  const slots = slotsToBegin(edition, atLeast(edition.scheduledFor, deps.now()));
  if (slots.length === 0) return;
  await deps.start(edition, slots, Math.max(least, delayFor(edition, deps)));
  if (edition.waves) await deps.editions.begin(edition.id, slots);
}

/**
 * How long bulk mail waits before the first range is read: the longest time that a profile write
 * takes. By then, no write that was under way at the cut-off is still running. An incident update
 * and an answer to one person have a single slot, so no reader can be counted in two of them; they
 * do not wait (docs/adr/002-cut-off.md).
 */
const delayFor = (edition: Edition, deps: Pick<StartDeps, 'profileWriterSeconds'>) =>
  hasOneSlot.includes(laneOf(edition)) || edition.audience.kind === 'list' ? 0 : deps.profileWriterSeconds;
const hasOneSlot: readonly Lane[] = ['urgent', 'prompt', 'customers'];

const isUpdate = ({ stream, incident }: Pick<Composed, 'stream' | 'incident'>): boolean => incident !== undefined && isUpdateStream(stream);
