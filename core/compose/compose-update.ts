import type { Distribution } from '../distribution/distribution.ts';
import { nextUpdate } from '../incident-update/next-update.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { decidedOf, readUpdates, standingOf, untoldOf, updateRulesOf, updateToTell, withMissed } from './incident-standing.ts';
import type { ComposeDeps, Composed } from './ports.ts';
import { composeOneUpdate } from './update-composers.ts';

/** Nothing waits for anything. */
const atOnce = { windowMs: 0, settlingMs: 0 };

/**
 * Composes, for display, what a stream will tell of an incident next; where it has nothing to tell,
 * the mail about the incident as it stands, or the one that took it back. Undefined if the stream
 * never told of it and does not now.
 */
export async function composeUpdate(
  stream: UpdateStream,
  id: string,
  distribution: Distribution,
  deps: ComposeDeps,
): Promise<Composed | undefined> {
  const rules = updateRulesOf(stream, distribution, atOnce);
  const row = rules && (await readUpdates(stream, id, deps));
  const stored = row && (await deps.postmortems.read(id));
  if (!rules || !row || !stored) return undefined;
  const standing = await standingOf(stream, stored, rules, deps);
  const untold = await untoldOf(row, stored, deps);
  const next = nextUpdate(row, standing, rules, deps.now(), untold);
  if (next && 'send' in next) {
    const seen = withMissed(row, untold);
    const update = decidedOf(seen, next.send, standing, deps.now());
    const shown = { ...seen, updates: [...seen.updates, update] };
    return composeOneUpdate(await updateToTell(shown, update.n, stored, stored.hash, distribution, deps), distribution, deps);
  }
  if (standing.is === 'hidden' || !standing.deserves) {
    const last = withMissed(row, untold).updates.findLast(({ missed }) => !missed);
    if (last?.kind !== 'withdrawn' && last?.kind !== 'lowered') return undefined;
    return composeOneUpdate(await updateToTell(row, last.n, stored, stored.hash, distribution, deps), distribution, deps);
  }
  const n = Math.max(1, row.updates.length);
  return composeOneUpdate({ stream, incident: id, n, kind: 'first', isFinal: false, changes: [], stored }, distribution, deps);
}
