import type { Distribution } from '../distribution/distribution.ts';
import type { Edition } from '../edition/edition.ts';
import { parseEditionId, tellingId } from '../edition/edition-id.ts';
import type { IncidentUpdates, MadeUpdate, WaitingUpdate } from '../incident-update/incident-updates.ts';
import { nextUpdate } from '../incident-update/next-update.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { allDone } from '../shared/all-done.ts';
import { AfterwordError } from '../shared/errors.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { decidedOf, rowOfEditions, standingOf, untoldOf, updateRulesOf, updateToTell, withMissed } from './incident-standing.ts';
import { everySubscriber } from './plan-edition.ts';
import type { Composed, StartDeps } from './ports.ts';
import { setGoing, storeEdition } from './store-edition.ts';
import { composeOneUpdate } from './update-composers.ts';

/** Others kept deciding about the same incident. The message comes again. */
export class TooManyDeciders extends AfterwordError {
  override readonly name = 'TooManyDeciders';
  constructor(incident: string) {
    super(`${incident}: others kept deciding about its updates at the same time`);
  }
}

/** The edition that was made, if one was due. */
type Told = { readonly edition: string; readonly existed: boolean } | undefined;

const tries = 8;

/**
 * Looks at an incident on one stream: makes what was decided and not finished, then what is due by
 * now, or notes when it will be. One write decides each update, so it does not matter how often or
 * by whom this is asked for (docs/adr/044).
 */
export async function tellIncident(
  { stream, postmortem: id }: { readonly stream: UpdateStream; readonly postmortem: string },
  inForce: () => Promise<Distribution>,
  deps: StartDeps,
): Promise<Told> {
  let told: Told;
  for (let i = 0; i < tries; i += 1) {
    // The row first: a revision that comes after this read sends a message of its own.
    const [found, distribution] = await Promise.all([deps.updates.read(stream, id), inForce()]);
    const [row, stored] = await Promise.all([found ?? rowOfEditions(stream, id, deps), deps.postmortems.read(id)]);
    if (!stored) return told;
    if (row.next?.state === 'decided') {
      told = await make({ row, made: row.next, stored }, distribution, deps);
      continue;
    }
    const decided = await decide(row, stored, distribution, row.updates.length > 0 ? deps : fromDocument(deps));
    if (decided === 'again') continue;
    return decided ? make({ ...decided, stored }, distribution, deps) : told;
  }
  throw new TooManyDeciders(id);
}

/**
 * Reads no rendition: each is made of the document. Only what was told before is compared with what
 * the release of its time stored.
 */
const fromDocument = (deps: StartDeps): StartDeps => ({ ...deps, renditions: async () => undefined });

/** An update that was decided, and what is known of its edition. */
interface ToMake {
  readonly row: IncidentUpdates;
  readonly made: MadeUpdate;
  /** Only who decided makes the edition, so nobody has made it yet. */
  readonly isNew?: true;
  /** The text of a first mail, which says nothing of mails before it. */
  readonly text?: Text;
}
type Text = { readonly composed: Composed; readonly content?: NonNullable<Edition['content']> | undefined };

/**
 * The update that is due, decided. Undefined if none is; what waits is noted then. 'again':
 * somebody else wrote the row.
 */
async function decide(
  row: IncidentUpdates,
  stored: StoredPostmortem,
  distribution: Distribution,
  deps: StartDeps,
): Promise<ToMake | 'again' | undefined> {
  const { stream } = row;
  const rules = updateRulesOf(stream, distribution, deps.pace);
  const standing = rules && (await standingOf(stream, stored, rules, deps));
  const untold = await untoldOf(row, stored, deps);
  const next = rules && standing && nextUpdate(row, standing, rules, deps.now(), untold);
  if (!standing || !next) return clear(row, deps);
  if ('wait' in next) return wait(row, next.wait, deps);
  if ('end' in next) return end(row, next.end, deps);
  // Noted with a decision alone: until then `sweep` may open the mail again.
  const seen = withMissed(row, untold);
  const update = decidedOf(seen, next.send, standing, deps.now());
  const made: MadeUpdate = { state: 'decided', n: update.n, at: update.at, hash: stored.hash };
  const decided: IncidentUpdates = { ...seen, version: row.version + 1, updates: [...seen.updates, update], next: made };
  // The text of a later mail depends on what was read of the mail before once that one is ended.
  const first = update.n === 1 ? textOf({ row: decided, made, stored }, distribution, deps) : undefined;
  const [isOurs, text] = await allDone([deps.updates.put(decided), first]);
  return isOurs ? { row: decided, made, isNew: true, ...(text && { text }) } : 'again';
}

/** Composes an update and stores its fragments. Where no META names them, they expire unseen. */
async function textOf({ row, made, stored }: ToMake & Stored, distribution: Distribution, deps: StartDeps): Promise<Text> {
  const update = await updateToTell(row, made.n, stored, made.hash, distribution, deps);
  const composed = await composeOneUpdate(update, distribution, deps);
  return { composed, content: composed.fragments && (await deps.editions.putContent(composed.id, composed.fragments)) };
}
type Stored = { readonly stored: StoredPostmortem };

/**
 * Ends a mail that nobody has, so that it does not leave when no mail is to follow. Somebody may
 * have got it until then, so all is looked at again. One that was recalled has ended.
 */
async function end(row: IncidentUpdates, n: number, deps: StartDeps): Promise<'again' | undefined> {
  const id = tellingId(row.stream, row.incident, n);
  if ((await deps.editions.read(id))?.recalled) return clear(row, deps);
  await deps.editions.supersede(id, tellingId(row.stream, row.incident, n + 1));
  return 'again';
}

/** Nothing waits any more. */
async function clear(row: IncidentUpdates, { updates }: StartDeps): Promise<'again' | undefined> {
  if (!row.next) return undefined;
  const { next: _none, ...rest } = row;
  return (await updates.put({ ...rest, version: row.version + 1 })) ? undefined : 'again';
}

/** Who changes what waits has it looked at in time; `sweep` sees to what waits for long. */
async function wait(row: IncidentUpdates, next: WaitingUpdate, deps: StartDeps): Promise<'again' | undefined> {
  if (row.next?.state === 'waiting' && row.next.dueAt === next.dueAt && row.next.urgentSince === next.urgentSince) return undefined;
  if (!(await deps.updates.put({ ...row, version: row.version + 1, next }))) return 'again';
  await deps.lookAgain(row.stream, row.incident, (Date.parse(next.dueAt) - deps.now().getTime()) / 1000);
  return undefined;
}

/**
 * Makes the edition of a decided update: ends the one before, stores this one, and starts it once
 * no worker can still be sending the one before (docs/adr/049). Every step can be repeated.
 */
async function make(toMake: ToMake & Stored, distribution: Distribution, deps: StartDeps): Promise<Told> {
  const { row, made, isNew = false } = toMake;
  const { n } = made;
  const { stream, incident } = row;
  const id = tellingId(stream, incident, n);
  const ended = n > 1 && (await deps.editions.supersede(tellingId(stream, incident, n - 1), id));
  const before = isNew ? undefined : await deps.editions.read(id);
  const edition = before ?? (await store());
  if (edition && !edition.completedAt) await setGoing(edition, deps, n > 1 ? deps.leaseSeconds : 0);
  const { next: _made, ...rest } = row;
  await deps.updates.put({ ...rest, version: row.version + 1 });
  return { edition: id, existed: before !== undefined };

  async function store() {
    const { composed, content } = toMake.text ?? (await textOf(toMake, distribution, deps));
    const paused = ended !== false && ended !== 'unknown' && ended.wasPaused;
    const making = { shows: stream, frequency: parseEditionId(id).frequency, readers: everySubscriber, paused, content };
    return storeEdition(composed, making, distribution, deps);
  }
}
