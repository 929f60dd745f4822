/** @jsxImportSource hono/jsx */
import type { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { FoundPlace } from '../../../core/search/searched-text.ts';
import type { PageRequest } from '../../shared/pages/page-route.ts';
import { Hit } from './hit.tsx';
import { firstOf, Pages, pageSize } from './paging.tsx';

interface PostmortemListProps {
  readonly entries: readonly ListedEntry[];
  /** What the reader asked for. `from` is the first entry that is shown. */
  readonly query: PageRequest['query'];
  /** The path of the list. A postmortem is below it. */
  readonly base: string;
  readonly labels: ReturnType<typeof labelsOf>;
  readonly now: Date;
  readonly zone: string;
  /** The reader searched or filtered. */
  readonly isNarrowed?: boolean;
  /** What to do where the list is empty. */
  readonly empty: string;
  readonly foundIn?: (entry: ListedEntry) => FoundPlace | undefined;
}

/** Postmortems, some at a time, in the order that they are given. */
export const PostmortemList = ({ entries, query, base, isNarrowed = false, empty, foundIn, ...around }: PostmortemListProps) => {
  const from = firstOf(query, entries.length);
  return (
    <section class="panel" aria-labelledby="found">
      <h2 id="found">{countLine(entries.length, isNarrowed)}</h2>
      {entries.length === 0 ? (
        <p>{empty}</p>
      ) : (
        <ul class="hits">
          {entries.slice(from, from + pageSize).map((entry) => (
            <Hit entry={entry} base={base} found={foundIn?.(entry)} {...around} />
          ))}
        </ul>
      )}
      <Pages base={base} query={query} from={from} all={entries.length} />
    </section>
  );
};

const countLine = (n: number, isNarrowed: boolean) =>
  `${n === 0 ? 'No' : n} ${n === 1 ? 'postmortem' : 'postmortems'}${isNarrowed ? ' found' : ''}`;
