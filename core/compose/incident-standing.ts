import { mayHaveReached, mayHaveReachedBy } from '../delivery/has-reached.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { comesAtOnce, configuredStream } from '../distribution/stream-rules.ts';
import { countsOf, type Edition } from '../edition/edition.ts';
import { tellingId } from '../edition/edition-id.ts';
import type { Pace } from '../incident-update/due-at.ts';
import type { DecidedUpdate, IncidentUpdates } from '../incident-update/incident-updates.ts';
import { mostUpdates, type Standing, type Untold, type UpdateRules } from '../incident-update/next-update.ts';
import type { UpdateKind, UpdateToTell } from '../incident-update/update-to-tell.ts';
import { whatIsTold } from '../incident-update/what-is-told.ts';
import { isNewsWithin } from '../postmortem/news.ts';
import { isTellable, type Postmortem, type Severity } from '../postmortem/postmortem.ts';
import { lastHidden, type StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { Facts } from '../rendition/facts.ts';
import { factsOf, renditionOf, renditions } from '../rendition/renditions.ts';
import { toInstant } from '../shared/instant.ts';
import { audienceOf, type UpdateStream } from '../stream/stream.ts';
import type { ComposeDeps } from './ports.ts';

/** How a stream with updates tells of incidents, as the distribution file says. */
export interface StreamRules extends UpdateRules {
  readonly severities: readonly Severity[];
}

/**
 * Undefined if the file leaves the stream out or offers its scheduled editions alone.
 */
export function updateRulesOf(stream: UpdateStream, distribution: Distribution, pace: Pace): StreamRules | undefined {
  const { severities, withinDays, updates = true } = configuredStream(distribution, stream) ?? {};
  if (!severities || withinDays === undefined || !comesAtOnce(distribution, stream)) return undefined;
  return { severities, withinDays, updates, pace };
}

/** How an incident stands for the readers of a stream. */
export async function standingOf(
  stream: UpdateStream,
  stored: StoredPostmortem,
  rules: StreamRules,
  deps: Pick<ComposeDeps, 'renditions' | 'now'>,
): Promise<Standing> {
  const { postmortem, revision, updatedAt: at } = stored;
  if (!isTellable(postmortem)) return { is: 'hidden', revision, at };
  const facts = await factsFor(stream, stored, deps);
  const deserves = facts !== undefined && rules.severities.includes(postmortem.severity);
  const isNews = isNewsWithin(rules.withinDays, stored, deps.now());
  return { is: 'tellable', revision, at, facts: facts ?? { severity: postmortem.severity }, deserves, isNews };
}

/** Undefined if the stream's readers are told nothing of such an incident. */
async function factsFor(
  stream: UpdateStream,
  stored: Pick<StoredPostmortem, 'postmortem' | 'revision'>,
  deps: Pick<ComposeDeps, 'renditions'>,
): Promise<Facts | undefined> {
  const audience = audienceOf(stream);
  const rendition = audience && (await renditionOf(audience, stored, deps));
  return audience && rendition && factsOf(audience, rendition);
}

/** The next update of a row that notes what nobody has, as it is decided. */
export function decidedOf({ updates }: IncidentUpdates, kind: UpdateKind, standing: Standing, now: Date): DecidedUpdate {
  const { severity } = updates.findLast(({ missed }) => !missed)?.facts ?? {};
  const facts = standing.is === 'tellable' ? standing.facts : severity === undefined ? {} : { severity };
  return { n: updates.length + 1, kind, revision: standing.revision, facts, at: toInstant(now) };
}

/** The updates that are noted as having reached nobody (docs/adr/028). */
const notedMissed = ({ stream, incident, updates }: IncidentUpdates, { namedIn, editions }: StoredPostmortem): number[] => {
  const isNoted = (id: string) => namedIn.includes(id) && !editions.includes(id);
  return updates.filter(({ n, missed }) => missed || isNoted(tellingId(stream, incident, n))).map(({ n }) => n);
};

type Ledger = Pick<ComposeDeps, 'editions' | 'ranges' | 'now'>;

/**
 * The mails of a row that nobody has by now. A note says so of the time when the next mail was
 * decided. A composer that died then ended nothing, so somebody may have got the mail since: the
 * ledger is asked again, back to the last mail that somebody has.
 */
export async function untoldOf(row: IncidentUpdates, stored: StoredPostmortem, deps: Ledger): Promise<Untold> {
  const noted = new Set(notedMissed(row, stored));
  const missed = new Set(noted);
  const unread = new Set<number>();
  for (const { n } of row.updates.toReversed()) {
    const edition = await deps.editions.read(tellingId(row.stream, row.incident, n));
    if (!edition && !noted.has(n)) break;
    if (edition && (await mayBeHad(edition, deps))) {
      missed.delete(n);
      return { missed, unread, isCutShort: wasCutShort(edition) };
    }
    if (edition && !noted.has(n)) (isMissed(edition, stored) ? missed : unread).add(n);
  }
  return { missed, unread, isCutShort: false };
}

/** A worker that looked before an edition was superseded may still send it. */
const mayBeHad = (edition: Edition, { ranges, now }: Ledger): Promise<boolean> =>
  edition.superseded ? mayHaveReachedBy(now(), edition, ranges) : mayHaveReached(edition, ranges);

/**
 * Nothing opens a superseded edition again: whoever it skipped is told by the next one alone.
 */
const wasCutShort = (edition: Edition): boolean => {
  const { 'skipped: superseded': superseded = 0, 'skipped: withheld': withheld = 0 } = countsOf(edition);
  return edition.superseded !== undefined && (edition.completedAt === undefined || superseded + withheld > 0);
};

/**
 * Whether an edition that nobody has is told anew: it was superseded, or withheld from everybody
 * and still is, or nothing opens it again though the incident may be told. One that was recalled is
 * not, as long as nothing differs: somebody meant it.
 */
function isMissed(edition: Edition, { postmortem, owed }: StoredPostmortem): boolean {
  if (edition.recalled) return false;
  if (edition.superseded) return true;
  if (!edition.withheld.includes(postmortem.id)) return false;
  const isOpenedAgain = !isTellable(postmortem) || owed.includes('tell again');
  return !isOpenedAgain || (edition.completedAt !== undefined && (countsOf(edition)['skipped: withheld'] ?? 0) > 0);
}

/** The row, with a note on its updates that nobody has. Written with the next decision alone. */
export const withMissed = (row: IncidentUpdates, { missed, unread }: Untold): IncidentUpdates => ({
  ...row,
  updates: row.updates.map(({ missed: _noted, ...update }) =>
    missed.has(update.n) || unread.has(update.n) ? { ...update, missed: true } : update,
  ),
});

/** What was told. Version 0: nothing is stored. */
export const readUpdates = async (stream: UpdateStream, incident: string, deps: ComposeDeps): Promise<IncidentUpdates> =>
  (await deps.updates.read(stream, incident)) ?? rowOfEditions(stream, incident, deps);

/** Of an incident without a row. Mails of releases that kept none are found by their editions. */
export const rowOfEditions = async (stream: UpdateStream, incident: string, deps: ComposeDeps): Promise<IncidentUpdates> => ({
  stream,
  incident,
  version: 0,
  updates: await toldBefore(stream, incident, deps),
});

async function toldBefore(stream: UpdateStream, incident: string, deps: ComposeDeps): Promise<DecidedUpdate[]> {
  const told: DecidedUpdate[] = [];
  for (let n = 1; n <= mostUpdates; n += 1) {
    const edition = await deps.editions.read(tellingId(stream, incident, n));
    if (!edition) break;
    const { revision = 0, title, severity } = edition.carries.find(({ id }) => id === incident) ?? {};
    const facts = (await storedFacts(stream, incident, revision, deps)) ?? { ...(title && { title }), ...(severity && { severity }) };
    told.push({ n, kind: n === 1 ? 'first' : 'update', revision, facts, at: edition.composedAt });
  }
  return told;
}

async function storedFacts(stream: UpdateStream, incident: string, revision: number, deps: ComposeDeps): Promise<Facts | undefined> {
  const audience = audienceOf(stream);
  const found = audience && (await deps.renditions(audience, incident, revision));
  return audience && found ? factsOf(audience, renditions[audience].schema.parse(found)) : undefined;
}

/** What the composer of a stream is given for a decided update. */
export async function updateToTell(
  row: IncidentUpdates,
  n: number,
  current: StoredPostmortem,
  hash: string,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<UpdateToTell> {
  const { stream, incident, updates } = row;
  const decided = updates.find((one) => one.n === n);
  if (!decided) throw new Error(`${incident}: update ${n} was never decided`);
  const stored = await revisionOf(decided.revision, hash, current, deps);
  // Once more: the mail before is ended by now, and what nobody has of it is quoted nowhere.
  const { missed, unread } = await untoldOf({ ...row, updates: updates.filter((one) => one.n < n) }, current, deps);
  const among = { updates, missed: missed.union(unread), hiddenIn: lastHidden(current) };
  const said = { stream, incident, ...whatIsTold(decided, among) };
  if (decided.kind !== 'withdrawn') return { ...said, stored };
  const mergedInto = await mergedWith(stream, stored.postmortem, distribution, deps);
  return { ...said, ...(mergedInto && { mergedInto }) };
}

/** The revision that was decided. A later one may have come since. */
async function revisionOf(revision: number, hash: string, current: StoredPostmortem, deps: ComposeDeps): Promise<StoredPostmortem> {
  if (current.revision === revision && current.hash === hash) return current;
  const postmortem = await deps.postmortems.readRevision(current.postmortem.id, revision, hash);
  return postmortem ? { ...current, postmortem, revision, hash } : current;
}

/** The postmortem that tells of a merged incident, if readers of the stream may know it. */
async function mergedWith(
  stream: UpdateStream,
  { mergedInto }: Postmortem,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<UpdateToTell['mergedInto']> {
  const other = mergedInto === undefined ? undefined : await deps.postmortems.read(mergedInto);
  const severities = configuredStream(distribution, stream)?.severities;
  if (!other || !isTellable(other.postmortem) || !severities?.includes(other.postmortem.severity)) return undefined;
  const title = (await factsFor(stream, other, deps))?.title;
  return title === undefined ? undefined : { id: other.postmortem.id, title };
}
