import type { ListedPostmortem, StoredPostmortem, Whose } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { mayRevise, ownedAs, type Person, whoseIs } from './whose.ts';

/** In days: how far back one page of somebody's postmortems goes. */
export const mineDays = 90;

export interface OwnPostmortem extends ListedPostmortem {
  readonly as: NonNullable<ReturnType<typeof ownedAs>>;
}

export interface MineDeps {
  readonly changedSince: (since: Date, until: Date) => Promise<ListedPostmortem[]>;
  readonly readCurrent: (id: string) => Promise<StoredPostmortem | undefined>;
}

/**
 * Somebody's own postmortems that were last changed in the days before an instant, latest first. Of
 * rows of earlier releases, which do not say whose they are, the postmortem is read.
 */
export async function minePublished(person: Person, until: Date, { changedSince, readCurrent }: MineDeps): Promise<OwnPostmortem[]> {
  const since = new Date(until.getTime() - mineDays * dayMs);
  const changed = await changedSince(since, until);
  const within = changed.filter(({ updatedAt }) => Date.parse(updatedAt) >= since.getTime() && Date.parse(updatedAt) < until.getTime());
  const known = await fewAtATime(within, async (one) => ({ one, whose: one.whose ?? (await read(one.id)) }));
  async function read(id: string): Promise<Whose | undefined> {
    const stored = await readCurrent(id);
    return stored && whoseIs(stored);
  }
  return known
    .flatMap(({ one, whose }) => {
      const as = whose && ownedAs(whose, person);
      return as && mayRevise(one, whose, person) ? [{ ...one, as }] : [];
    })
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
}
