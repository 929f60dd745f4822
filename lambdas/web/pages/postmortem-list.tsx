/** @jsxImportSource hono/jsx */
import type { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { FoundPlace } from '../../../core/search/searched-text.ts';
import type { PageRequest } from '../../shared/pages/page-route.ts';
import { Hit } from './hit.tsx';

const pageSize = 20;

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
  const from = Math.min(Number(/^\d{1,5}$/.exec(query.get('from') ?? '')?.[0] ?? 0), Math.max(0, entries.length - 1));
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

interface PagesProps extends Pick<PostmortemListProps, 'base' | 'query'> {
  readonly from: number;
  readonly all: number;
}

const Pages = ({ base, query, from, all }: PagesProps) => {
  const to = (start: number) => {
    const next = new URLSearchParams();
    for (const [name, value] of query) if (name !== 'from' && value !== '') next.append(name, value);
    if (start > 0) next.set('from', String(start));
    return next.size > 0 ? `${base}?${next}` : base;
  };
  if (all <= pageSize) return null;
  return (
    <nav class="acts" aria-label="Pages">
      {from > 0 && (
        <a class="button soft" href={to(Math.max(0, from - pageSize))}>
          Newer
        </a>
      )}
      {from + pageSize < all && (
        <a class="button soft" href={to(from + pageSize)}>
          Older
        </a>
      )}
    </nav>
  );
};
