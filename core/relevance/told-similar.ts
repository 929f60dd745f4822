import type { ActionRow } from '../action/action.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { SimilarStore } from './ports.ts';
import type { Similar } from './similar.ts';
import { type Unkept, unkeptOf } from './unkept.ts';

/** A postmortem that may be named now, as whoever is told of it may see it. */
export interface Nameable {
  readonly id: PostmortemId;
  readonly title: string;
  readonly publishedAt: Instant;
}

/** A promise of the earlier postmortem, as it stands now. */
export interface ToldPromise {
  readonly row: ActionRow;
  readonly is: Unkept;
  /** It would have caught the later incident. */
  readonly caught: boolean;
}

/** A pair that may be told now. */
export interface ToldSimilar {
  readonly similar: Similar;
  /** The other postmortem: the earlier one on the later one's page, and the other way round. */
  readonly other: Nameable;
  /** What would have caught it first, then what is open, declined, and was done late. */
  readonly promises: readonly ToldPromise[];
}

export interface TellSimilarDeps {
  readonly similar: Pick<SimilarStore, 'of' | 'later'>;
  /** Asked at the moment of telling. Undefined: nobody of this audience may be told of it. */
  readonly told: (id: PostmortemId) => Promise<Nameable | undefined>;
  /** The action items of a postmortem. */
  readonly actions: (id: PostmortemId) => Promise<readonly ActionRow[]>;
  readonly now: () => Date;
}

/** The most pairs that are told of one postmortem: what happens every week is no news. */
const mostTold = 5;

/** Earlier postmortems of the same failure, but those that were dismissed or may not be named. */
export async function toldEarlier(postmortem: PostmortemId, deps: TellSimilarDeps): Promise<ToldSimilar[]> {
  const found = standing(await deps.similar.of(postmortem));
  return inOrder(await Promise.all(found.map((one) => toldOf(one, one.earlier, deps))));
}

/** Later ones that name it as the earlier one, whose promises are all its own. */
export async function toldLater(postmortem: PostmortemId, deps: TellSimilarDeps): Promise<ToldSimilar[]> {
  const found = standing(await deps.similar.later(postmortem));
  const rows = found.some(({ promises }) => promises.length > 0) ? await deps.actions(postmortem) : [];
  return inOrder(await Promise.all(found.map((one) => toldOf(one, one.postmortem, { ...deps, actions: async () => rows }))));
}

const standing = (some: readonly Similar[]): Similar[] => some.filter(({ state }) => state !== 'dismissed');

async function toldOf(similar: Similar, id: PostmortemId, deps: TellSimilarDeps): Promise<ToldSimilar[]> {
  const other = await deps.told(id);
  if (!other) return [];
  const rows = similar.promises.length > 0 ? await deps.actions(similar.earlier) : [];
  return [{ similar, other, promises: promisesNow(similar, rows, deps.now()) }];
}

const places: readonly Unkept[] = ['open', 'declined', 'done late'];

/** Those that still count as not kept. A row that is gone or hidden is not among them. */
function promisesNow({ promises, began }: Similar, rows: readonly ActionRow[], now: Date): ToldPromise[] {
  const byId = new Map(rows.map((row) => [row.aid, row]));
  return promises
    .flatMap(({ aid, caught }): ToldPromise[] => {
      const row = byId.get(aid);
      const is = row && unkeptOf(row, began, now);
      return row && is ? [{ row, is, caught }] : [];
    })
    .toSorted((a, b) => Number(b.caught) - Number(a.caught) || places.indexOf(a.is) - places.indexOf(b.is));
}

const rankOf = ({ similar, promises }: ToldSimilar): number =>
  (similar.state === 'confirmed' ? 4 : 0) + (promises.some(({ caught }) => caught) ? 2 : 0) + (promises.length > 0 ? 1 : 0);

/**
 * What somebody confirmed first, then what a promise would have caught, then what was promised,
 * then the latest. At most five.
 */
const inOrder = (told: readonly ToldSimilar[][]): ToldSimilar[] =>
  told
    .flat()
    .toSorted(
      (a, b) =>
        rankOf(b) - rankOf(a) || Date.parse(b.other.publishedAt) - Date.parse(a.other.publishedAt) || (a.other.id < b.other.id ? -1 : 1),
    )
    .slice(0, mostTold);
