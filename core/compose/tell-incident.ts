import type { Distribution } from '../distribution/distribution.ts';
import { parseEditionId, tellingId } from '../edition/edition-id.ts';
import type { IncidentUpdates, MadeUpdate, WaitingUpdate } from '../incident-update/incident-updates.ts';
import { nextUpdate } from '../incident-update/next-update.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { decidedOf, readUpdates, standingOf, untoldOf, updateRulesOf, updateToTell, withMissed } from './incident-standing.ts';
import { everySubscriber } from './plan-edition.ts';
import type { StartDeps } from './ports.ts';
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
  distribution: Distribution,
  deps: StartDeps,
): Promise<Told> {
  let told: Told;
  for (let i = 0; i < tries; i += 1) {
    // The row first: a revision that comes after this read sends a message of its own.
    const row = await readUpdates(stream, id, deps);
    const stored = await deps.postmortems.read(id);
    if (!stored) return told;
    if (row.next?.state === 'decided') {
      told = await make(row, row.next, stored, distribution, deps);
      continue;
    }
    const decided = await decide(row, stored, distribution, deps);
    if (decided === 'again') continue;
    return decided?.next?.state === 'decided' ? make(decided, decided.next, stored, distribution, deps) : told;
  }
  throw new TooManyDeciders(id);
}

/**
 * The row with the update that is due. Undefined if none is; what waits is noted then. 'again':
 * somebody else wrote the row.
 */
async function decide(
  row: IncidentUpdates,
  stored: StoredPostmortem,
  distribution: Distribution,
  deps: StartDeps,
): Promise<IncidentUpdates | 'again' | undefined> {
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
  const decided = {
    ...seen,
    version: row.version + 1,
    updates: [...seen.updates, update],
    next: { state: 'decided', n: update.n, at: update.at, hash: stored.hash },
  } satisfies IncidentUpdates;
  return (await deps.updates.put(decided)) ? decided : 'again';
}

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
async function make(
  row: IncidentUpdates,
  { n, hash }: MadeUpdate,
  stored: StoredPostmortem,
  distribution: Distribution,
  deps: StartDeps,
): Promise<Told> {
  const { stream, incident } = row;
  const id = tellingId(stream, incident, n);
  const ended = n > 1 && (await deps.editions.supersede(tellingId(stream, incident, n - 1), id));
  const before = await deps.editions.read(id);
  const edition = before ?? (await store());
  if (edition && !edition.completedAt) await setGoing(edition, deps, n > 1 ? deps.leaseSeconds : 0);
  const { next: _made, ...rest } = row;
  await deps.updates.put({ ...rest, version: row.version + 1 });
  return { edition: id, existed: before !== undefined };

  async function store() {
    const update = await updateToTell(row, n, stored, hash, distribution, deps);
    const composed = await composeOneUpdate(update, distribution, deps);
    const paused = ended !== false && ended !== 'unknown' && ended.wasPaused;
    const making = { shows: stream, frequency: parseEditionId(id).frequency, readers: everySubscriber, paused };
    return storeEdition(composed, making, distribution, deps);
  }
}
