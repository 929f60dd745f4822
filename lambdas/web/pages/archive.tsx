/** @jsxImportSource hono/jsx */

import type { Distribution } from '../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import type { Archive, Texts, Wanted } from '../../../core/search/archive.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { type FoundPlace, foundPlace } from '../../../core/search/searched-text.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { type Audience, audienceRows } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { Taxonomy } from '../../../core/taxonomy/compile.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import type { PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { refusal } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import { page } from '../../shared/pages/shell.tsx';
import { Banner } from '../../shared/postmortem/banner.tsx';
import { archiveReaderOf, readerOfArchive } from '../archive-reader.ts';
import type { WebDeps } from '../deps.ts';
import { archivePath, pathTo } from '../path-to.ts';
import { PostmortemList } from './postmortem-list.tsx';
import { ArchiveFooter } from './reading-footer.tsx';

const periods = { '30': 'Last 30 days', '90': 'Last 90 days', '365': 'Last year' } as const;
const filters = ['severity', 'service', 'tech', 'period'];

/** Leads to the first archive of whoever signed in. */
export const archiveHomePage = (deps: WebDeps): PageRoute => ({
  path: '/archive',
  async get(request) {
    const reader = await archiveReaderOf(request, deps);
    if ('answer' in reader) return reader.answer;
    const [first] = reader.audiences;
    return first ? seeOther(archivePath(first)) : nothingToRead(reader.distribution, deps);
  },
});

/**
 * Everything that an audience may read, newest first, with a search that works without scripts, for
 * those who signed in and belong to it now.
 */
export const archivePage = (deps: WebDeps): PageRoute => ({
  path: '/archive/{audience}',
  async get(request) {
    const reader = await readerOfArchive(request, deps);
    if ('answer' in reader) return reader.answer;
    const { audience, distribution } = reader;
    const { query } = request;
    const zone = zoneFor(reader.signed.profile, distribution);
    const now = deps.now();
    const archive = await deps.archives.of(audience);
    const taxonomy = taxonomyOf(distribution);
    const wanted = { ...wantedOf(query, now), taxonomy };
    const texts = wanted.words ? await deps.searchedTexts.of(audience) : undefined;
    const base = archivePath(audience);
    const labels = labelsOf(distribution);
    const { heading } = audienceRows[audience];
    return page({
      title: heading,
      whose: distribution,
      wide: true,
      children: (
        <>
          <Banner audience={audience} />
          <h1>{heading}</h1>
          <Switch all={reader.audiences} here={audience} />
          <SearchForm base={base} query={query} archive={archive} labels={labels} taxonomy={taxonomy} />
          <PostmortemList
            entries={archive.find(wanted, texts)}
            query={query}
            base={base}
            labels={labels}
            now={now}
            zone={zone}
            isNarrowed={isNarrowed(wanted)}
            empty={isNarrowed(wanted) ? 'Try fewer words or fewer filters.' : 'Nothing has been published yet.'}
            foundIn={(entry) => placeOf(entry, wanted, texts)}
          />
          <ArchiveFooter />
        </>
      ),
    });
  },
});

const nothingToRead = (whose: Distribution, deps: WebDeps) =>
  refusal(200, {
    heading: 'There is nothing for you to read yet',
    texts: ['The archive shows what belongs to the mails that you get. You get none of them now.'],
    way: { href: pathTo(deps, '/join'), words: 'See what you can get' },
    whose,
  });

/** Leads to the other archives of somebody who has several. */
const Switch = ({ all, here }: { all: readonly Audience[]; here: Audience }) =>
  all.length < 2 ? null : (
    <nav class="acts" aria-label="Archives">
      {all.map((audience) =>
        audience === here ? (
          <a class="button" aria-current="page" href={archivePath(audience)}>
            {audienceRows[audience].archive}
          </a>
        ) : (
          <a class="button soft" href={archivePath(audience)}>
            {audienceRows[audience].archive}
          </a>
        ),
      )}
    </nav>
  );

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
const isNarrowed = ({ words, taxonomy: _, ...rest }: Wanted) => Boolean(words?.trim()) || Object.values(rest).some(Boolean);

interface SearchFormProps {
  readonly base: string;
  readonly query: PageRequest['query'];
  readonly archive: Archive;
  readonly labels: ReturnType<typeof labelsOf>;
  readonly taxonomy: Taxonomy;
}

const SearchForm = ({ base, query, archive, labels, taxonomy }: SearchFormProps) => (
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
          <Choice
            name="tech"
            label="Technology"
            query={query}
            options={archive.technologies(taxonomy).map(({ id, label }) => [id, label])}
          />
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
