/** @jsxImportSource hono/jsx */

import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import type { Archive, Texts, Wanted } from '../../../core/search/archive.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { type FoundPlace, foundPlace } from '../../../core/search/searched-text.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { audienceRows } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { mayRead, readerOf } from '../reader.ts';
import { recordView } from '../record-view.ts';
import { notFound, readsNoMore } from '../refusals.ts';
import { Hit } from './hit.tsx';
import { ReadingFooter } from './reading-footer.tsx';

const pageSize = 20;
const periods = { '30': 'Last 30 days', '90': 'Last 90 days', '365': 'Last year' } as const;
const filters = ['severity', 'service', 'tech', 'period'];

/**
 * Everything that the reader's audience may read, newest first, with a search that works without
 * scripts.
 */
export const archivePage = (deps: WebDeps): PageRoute => ({
  path: '/r/{token}',
  async get(request) {
    const { params, query } = request;
    const reader = await readerOf(params.token, deps);
    const distribution = reader && (await deps.distribution());
    if (!reader || !distribution) return notFound(deps);
    if (!mayRead(reader, distribution, deps)) return readsNoMore(distribution, deps);
    await recordView(reader, request, 'archive', deps, distribution);
    const zone = zoneFor(reader.holder.profile, distribution);
    const now = deps.now();
    const archive = await deps.archives.of(reader.audience);
    const wanted = wantedOf(query, now);
    const texts = wanted.words ? await deps.searchedTexts.of(reader.audience) : undefined;
    const found = archive.find(wanted, texts);
    const from = Math.min(Number(/^\d{1,5}$/.exec(query.get('from') ?? '')?.[0] ?? 0), Math.max(0, found.length - 1));
    const shown = found.slice(from, from + pageSize);
    const base = pathTo(deps, `/r/${params.token}`);
    const labels = labelsOf(distribution);
    const { heading } = audienceRows[reader.audience];
    return page({
      title: heading,
      whose: distribution,
      wide: true,
      children: (
        <>
          <Banner audience={reader.audience} />
          <h1>{heading}</h1>
          <SearchForm base={base} query={query} archive={archive} labels={labels} />
          <section class="panel" aria-labelledby="found">
            <h2 id="found">{countLine(found.length, isNarrowed(wanted))}</h2>
            {shown.length === 0 ? (
              <p>{isNarrowed(wanted) ? 'Try fewer words or fewer filters.' : 'Nothing has been published yet.'}</p>
            ) : (
              <ul class="hits">
                {shown.map((entry) => (
                  <Hit entry={entry} base={base} labels={labels} now={now} zone={zone} found={placeOf(entry, wanted, texts)} />
                ))}
              </ul>
            )}
            <Pages base={base} query={query} from={from} all={found.length} />
          </section>
          <ReadingFooter newLink={pathTo(deps, '/new-link')} />
        </>
      ),
    });
  },
});

const wantedOf = (query: URLSearchParams, now: Date): Wanted => {
  const days = Object.keys(periods).find((one) => one === query.get('period'));
  return {
    words: query.get('q') ?? '',
    severity: severities.find((one) => one === query.get('severity')),
    service: query.get('service') || undefined,
    tech: query.get('tech') || undefined,
    since: days ? toInstant(new Date(now.getTime() - Number(days) * dayMs)) : undefined,
  };
};
/** Where the words were found, unless the list shows all of them. */
const placeOf = (entry: ListedEntry, { words = '' }: Wanted, texts: Texts | undefined): FoundPlace | undefined => {
  const text = texts?.get(entry.id);
  const shown = [entry.title, entry.gist, ...entry.services, ...entry.tags].join('\n');
  return text && foundPlace(words, shown, text);
};
const isNarrowed = ({ words, ...rest }: Wanted) => Boolean(words?.trim()) || Object.values(rest).some(Boolean);
const countLine = (n: number, narrowed: boolean) =>
  `${n === 0 ? 'No' : n} ${n === 1 ? 'postmortem' : 'postmortems'}${narrowed ? ' found' : ''}`;

interface SearchFormProps {
  readonly base: string;
  readonly query: PageRequest['query'];
  readonly archive: Archive;
  readonly labels: ReturnType<typeof labelsOf>;
}

const SearchForm = ({ base, query, archive, labels }: SearchFormProps) => (
  <search>
    <form class="panel" method="get" action={base}>
      <div class="search">
        <label>
          Search
          <input type="search" name="q" value={query.get('q') ?? ''} maxlength={200} autocomplete="off" />
        </label>
        <button type="submit">Search</button>
      </div>
      <details open={filters.some((name) => Boolean(query.get(name)))}>
        <summary>Filter</summary>
        <div class="filters">
          <Choice name="severity" label="Severity" query={query} options={archive.severities.map((one) => [one, labels[one]])} />
          <Choice name="service" label="Service" query={query} options={archive.services.map((one) => [one, one])} />
          <Choice name="tech" label="Technology" query={query} options={archive.techs.map((one) => [one, one])} />
          <Choice name="period" label="Published" query={query} options={Object.entries(periods)} />
        </div>
      </details>
    </form>
  </search>
);

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly query: URLSearchParams;
  readonly options: readonly (readonly [value: string, label: string])[];
}

const Choice = ({ name, label, query, options }: ChoiceProps) =>
  options.length === 0 ? null : (
    <label>
      {label}
      <select name={name}>
        <option value="">Any</option>
        {options.map(([value, text]) => (
          <option value={value} selected={query.get(name) === value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );

const Pages = ({ base, query, from, all }: { base: string; query: URLSearchParams; from: number; all: number }) => {
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
