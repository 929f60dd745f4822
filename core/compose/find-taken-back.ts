import { revisionToldToAll } from '../edition/corrections.ts';
import type { Edition } from '../edition/edition.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { ListedPostmortem } from '../postmortem/stored-postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant } from '../shared/instant.ts';
import { type Following, lastTold, mayHaveReaders, onceEach } from './last-told.ts';
import type { ComposeDeps } from './ports.ts';

/** A postmortem that may not be told any more, and when readers were told of it. */
export interface TakenBack {
  readonly id: PostmortemId;
  readonly toldAt: Instant;
}

/**
 * What the newest edition of the same stream and frequency told of postmortems that may be told no
 * more. Once an edition has said that, it is the newest, so it is said once.
 */
export async function findTakenBack(wanted: Following, changed: readonly ListedPostmortem[], deps: ComposeDeps): Promise<TakenBack[]> {
  const hidden = changed.filter((one) => !isTellable(one));
  const known = await deps.postmortems.editionsOf(hidden.map(({ id }) => id));
  const readOnce = onceEach(deps.editions.read);
  const found = await fewAtATime(hidden, async ({ id }) => {
    const stored = known.get(id);
    const told = stored ? await lastTold(id, stored, wanted, (edition) => whatItTold(edition, id), readOnce) : [];
    const last = told.find((one) => one.told === 'account');
    const current = last && (await deps.postmortems.read(id));
    return current && !isTellable(current.postmortem) ? { id, toldAt: last.edition.scheduledFor } : undefined;
  });
  return found.filter((one) => one !== undefined).toSorted((a, b) => Date.parse(b.toldAt) - Date.parse(a.toldAt));
}

/** An edition that reached nobody told nothing. */
function whatItTold(edition: Edition, id: PostmortemId): 'account' | 'taken back' | undefined {
  if (!mayHaveReaders(edition)) return undefined;
  if (edition.takesBack?.includes(id)) return 'taken back';
  return revisionToldToAll(edition, id) === undefined ? undefined : 'account';
}
