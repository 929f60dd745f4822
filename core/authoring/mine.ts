import type { ListedPostmortem, StoredPostmortem, Whose } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { accessTo, ownedAs, type Person, whoseIs } from './whose.ts';

/** In days: how far back one page of somebody's postmortems goes. */
export const mineDays = 90;

export interface OwnPostmortem extends ListedPostmortem {
  readonly as: NonNullable<ReturnType<typeof ownedAs>>;
}

export interface MineDeps {
  readonly changedSince: (since: Date, until: Date) => Promise<ListedPostmortem[]>;
  readonly readCurrent: (id: string) => Promise<StoredPostmortem | undefined>;
  /** Whether one of these authors surely is this person. */
  readonly isSure: (authors: readonly string[]) => Promise<boolean>;
}

export interface Mine {
  readonly own: readonly OwnPostmortem[];
  /** How many are left out: nobody is told of them, and their author may be somebody else. */
  readonly unsure: number;
}

/**
 * Somebody's own postmortems that were last changed in the days before an instant, latest first. Of
 * rows of earlier releases, which do not say whose they are, the postmortem is read.
 */
export async function minePublished(person: Person, until: Date, { changedSince, readCurrent, isSure }: MineDeps): Promise<Mine> {
  const since = new Date(until.getTime() - mineDays * dayMs);
  const changed = await changedSince(since, until);
  const within = changed.filter(({ updatedAt }) => Date.parse(updatedAt) >= since.getTime() && Date.parse(updatedAt) < until.getTime());
  const known = await fewAtATime(within, async (one) => {
    const whose = one.whose ?? (await read(one.id));
    const as = whose && ownedAs(whose, person);
    return { one: { ...one, as }, access: whose && as ? await accessTo(one, whose, person, isSure) : 'none' };
  });
  async function read(id: string): Promise<Whose | undefined> {
    const stored = await readCurrent(id);
    return stored && whoseIs(stored);
  }
  const isOwn = (one: (typeof known)[number]['one']): one is OwnPostmortem => one.as !== undefined;
  return {
    own: known
      .flatMap(({ one, access }) => ((access === 'all' || access === 'told') && isOwn(one) ? [one] : []))
      .toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)),
    unsure: known.filter(({ access }) => access === 'unsure').length,
  };
}
