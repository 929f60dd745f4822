/** @jsxImportSource hono/jsx */
import { type PostmortemListed, PostmortemsAnswer } from '../../../core/intake/api.ts';
import { Status, statuses } from '../../../core/postmortem/postmortem.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { HowMany, Pages, pageOf, When } from '../parts.tsx';
import { homePage } from '../shell.tsx';
import { Pills } from './pills.tsx';
import { postmortemPath, statusWords } from './words.ts';

/** How far back the list goes, by the value of its field. */
const ages: Readonly<Record<string, { readonly words: string; readonly days: number }>> = {
  '31': { words: 'A month', days: 31 },
  '92': { words: 'Three months', days: 92 },
  '366': { words: 'A year', days: 366 },
  '1829': { words: 'Five years', days: 1829 },
};
const usualAge = '92';

interface Filters {
  readonly text: string;
  readonly status: string;
  readonly restricted: string;
  readonly age: string;
}

/** The postmortems that changed lately, the latest change first. */
export const postmortemsPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/postmortems',
    async get(visit) {
      const { query } = visit.request;
      const filters = filtersIn(query);
      const found = await postmortemsWith(filters, visit);
      const listed = pageOf(found, query);
      const { page, last, shown } = listed;
      return homePage({
        ...visit,
        title: 'Postmortems',
        here: '/home/postmortems',
        children: (
          <>
            <h1>Postmortems</h1>
            <section class="panel">
              <FilterForm {...filters} />
            </section>
            <section class="panel" aria-labelledby="found">
              <HowMany of={listed} one="postmortem" order="the latest change first" />
              {shown.length > 0 && <PostmortemTable postmortems={shown} visit={visit} />}
              <Pages path="/home/postmortems" query={{ ...filters }} page={page} last={last} words={['Later', 'Earlier']} />
            </section>
          </>
        ),
      });
    },
  });

function filtersIn(query: URLSearchParams): Filters {
  const age = query.get('age') ?? '';
  return {
    text: (query.get('text') ?? '').trim().slice(0, 200),
    status: Status.safeParse(query.get('status')).data ?? '',
    restricted: query.get('restricted') === 'true' ? 'true' : '',
    age: age in ages ? age : usualAge,
  };
}

async function postmortemsWith({ age, ...wanted }: Filters, { api, now }: Visit): Promise<PostmortemListed[]> {
  const since = toInstant(new Date(now.getTime() - (ages[age]?.days ?? 92) * dayMs));
  const found = new Map<string, PostmortemListed>();
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ ...wanted, since, limit: '1000', ...(cursor && { cursor }) });
    const page = await api.read(`/postmortems?${query}`, PostmortemsAnswer);
    for (const one of page.postmortems) {
      found.delete(one.id);
      found.set(one.id, one);
    }
    cursor = page.cursor;
  } while (cursor);
  return [...found.values()].toReversed();
}

const FilterForm = ({ text, status, restricted, age }: Filters) => (
  <form method="get" action="/home/postmortems">
    <div class="filters">
      <label>
        Title or id
        <input type="search" name="text" value={text} maxlength={200} />
      </label>
      <label>
        Status
        <select name="status">
          <option value="">All</option>
          {statuses.map((one) => (
            <option value={one} selected={one === status}>
              {statusWords[one].words}
            </option>
          ))}
        </select>
      </label>
      <label>
        Readers
        <select name="restricted">
          <option value="">All</option>
          <option value="true" selected={restricted === 'true'}>
            Restricted
          </option>
        </select>
      </label>
      <label>
        Changed within
        <select name="age">
          {Object.entries(ages).map(([value, { words }]) => (
            <option value={value} selected={value === age}>
              {words}
            </option>
          ))}
        </select>
      </label>
    </div>
    <p class="acts">
      <button type="submit">Find</button>
    </p>
  </form>
);

const PostmortemTable = ({ postmortems, visit }: { readonly postmortems: readonly PostmortemListed[]; readonly visit: Visit }) => (
  <table class="list">
    <caption class="unseen">Postmortems, the latest change first</caption>
    <thead>
      <tr>
        <th scope="col">Postmortem</th>
        <th scope="col">State</th>
        <th scope="col">Changed</th>
      </tr>
    </thead>
    <tbody>
      {postmortems.map((one) => (
        <tr>
          <th scope="row">
            <a href={postmortemPath(one.id)}>{one.title}</a>
            <small class="m block">{one.id}</small>
          </th>
          <td>
            <Pills of={one} distribution={visit.distribution} />
          </td>
          <td class="end" data-label="Changed">
            <When at={one.updatedAt} visit={visit} />
            <small class="m block">Revision {one.revision}</small>
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);
