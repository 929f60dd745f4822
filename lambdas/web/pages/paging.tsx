/** @jsxImportSource hono/jsx */
import type { PageRequest } from '../../shared/pages/page-route.ts';

/** How many entries of a list one page shows. */
export const pageSize = 20;

/** The first entry that is shown: what the reader asked for, within the list. */
export const firstOf = (query: PageRequest['query'], all: number): number =>
  Math.min(Number(/^\d{1,5}$/.exec(query.get('from') ?? '')?.[0] ?? 0), Math.max(0, all - 1));

interface PagesProps {
  /** The path of the list. */
  readonly base: string;
  readonly query: PageRequest['query'];
  readonly from: number;
  readonly all: number;
}

/** Leads to newer and older entries, where there are any. */
export const Pages = ({ base, query, from, all }: PagesProps) => {
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
