/** @jsxImportSource hono/jsx */

import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { type ListedPerson, PeopleAnswer } from '../../../core/operator/api.ts';
import { byAddress } from '../../../core/people/people-filter.ts';
import { namesToChoose } from '../../../core/people/set-person.ts';
import { offeredStreams, StreamName } from '../../../core/stream/stream.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { Pages, pageOf, pageSize, Said } from '../parts.tsx';
import { homePage, Proof } from '../shell.tsx';
import { counted, grouped } from '../words.ts';
import { personPath } from './words.ts';

const states = { suspended: 'Suspended', suppressed: 'Suppressed by a bounce or a complaint' } as const;
const isState = (text: string): text is keyof typeof states => text in states;

/** What the list is narrowed to. Only what names nobody may stand in an address. */
interface Filters {
  readonly team: string;
  readonly role: string;
  readonly stream: string;
  readonly state: string;
}

/**
 * The people, by address, page by page. Who looks for somebody sends what they typed in a body,
 * because it may be an address.
 */
export const peoplePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/people',
    searches: true,
    async get(visit) {
      const { query } = visit.request;
      const filters = filtersIn(query);
      const found = await peopleWith(filters, '', visit);
      const { page, last } = pageOf(found, query);
      return show({ visit, filters, found, page, last, text: '', done: query.get('done') });
    },
    post: {
      async answer(visit) {
        const text = (visit.request.form.get('text') ?? '').trim().slice(0, 254);
        if (text === '') return seeOther('/home/people');
        const found = await peopleWith(noFilters, text, visit);
        const [only, ...others] = found;
        if (only && others.length === 0) return seeOther(personPath(only.sid));
        return show({ visit, filters: noFilters, found, page: 1, last: 1, text, done: null });
      },
    },
  });

const noFilters: Filters = { team: '', role: '', stream: '', state: '' };

function filtersIn(query: URLSearchParams): Filters {
  const [team, role, stream, state] = (['team', 'role', 'stream', 'state'] as const).map((name) => (query.get(name) ?? '').slice(0, 120));
  return {
    team: team ?? '',
    role: role ?? '',
    stream: StreamName.safeParse(stream).data ?? '',
    state: state !== undefined && isState(state) ? state : '',
  };
}

/** Everybody who matches, by address. Reads the whole list (docs/adr/054). */
async function peopleWith({ team, role, stream, state }: Filters, text: string, { api }: Visit): Promise<ListedPerson[]> {
  const found: ListedPerson[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({
      limit: '1000',
      team,
      role,
      stream,
      text,
      ...(state && { [state]: 'true' }),
      ...(cursor && { cursor }),
    });
    const page = await api.read(`/operator/people?${query}`, PeopleAnswer);
    found.push(...page.people);
    cursor = page.cursor;
  } while (cursor);
  return found.toSorted(byAddress);
}

interface Shown {
  readonly visit: Visit;
  readonly filters: Filters;
  readonly found: readonly ListedPerson[];
  readonly page: number;
  readonly last: number;
  readonly text: string;
  readonly done: string | null;
}

const show = ({ visit, filters, found, page, last, text, done }: Shown): HttpAnswer => {
  const from = (page - 1) * pageSize;
  const shown = text === '' ? found.slice(from, from + pageSize) : found.slice(0, pageSize);
  return homePage({
    ...visit,
    title: 'People',
    here: '/home/people',
    children: (
      <>
        <h1>People</h1>
        {done === 'erased' && <Said>The person is erased. What the ledger keeps about their mails follows within minutes.</Said>}
        <section class="panel">
          <form class="search" method="post" action="/home/people">
            <Proof signed={visit.signed} />
            <label>
              Address or name
              <input type="search" name="text" value={text} maxlength={254} autocomplete="off" />
            </label>
            <button type="submit">Find</button>
          </form>
          <FilterForm filters={filters} visit={visit} />
        </section>
        <section class="panel" aria-labelledby="found">
          <h2 id="found">{countWords(found.length, text, filters)}</h2>
          {shown.length < found.length && (
            <p class="m">
              {text === ''
                ? `${grouped(from + 1)} to ${grouped(from + shown.length)}, by address.`
                : `The first ${pageSize}. Write more of the name.`}
            </p>
          )}
          {shown.length > 0 && <PeopleTable people={shown} visit={visit} />}
          {text === '' && <Pages path="/home/people" query={filled(filters)} page={page} last={last} words={['Before', 'Next']} />}
        </section>
      </>
    ),
  });
};

function countWords(count: number, text: string, filters: Filters): string {
  const isNarrowed = text !== '' || Object.values(filters).some(Boolean);
  if (count === 0) return isNarrowed ? 'Nobody matches that' : 'There is nobody yet';
  return counted(count, 'person', 'people');
}

function FilterForm({ filters, visit }: { readonly filters: Filters; readonly visit: Visit }) {
  const { teams, roles } = namesToChoose(visit.distribution);
  const streams = offeredStreams.map((stream) => ({ value: stream, words: streamTitle(stream, visit.distribution) }));
  const named = (names: readonly string[], now: string) =>
    [...new Set([...names, ...(now ? [now] : [])])].map((name) => ({ value: name, words: name }));
  return (
    <form method="get" action="/home/people">
      <div class="filters">
        <Choice name="team" label="Team" now={filters.team} offers={named(teams, filters.team)} />
        <Choice name="role" label="Role" now={filters.role} offers={named(roles, filters.role)} />
        <Choice name="stream" label="Stream" now={filters.stream} offers={streams} />
        <Choice
          name="state"
          label="State"
          now={filters.state}
          offers={Object.entries(states).map(([value, words]) => ({ value, words }))}
        />
      </div>
      <p class="acts">
        <button class="soft" type="submit">
          Filter
        </button>
        {Object.values(filters).some(Boolean) && (
          <a class="button soft" href="/home/people">
            Everybody
          </a>
        )}
      </p>
    </form>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly now: string;
  readonly offers: readonly { readonly value: string; readonly words: string }[];
}

const Choice = ({ name, label, now, offers }: ChoiceProps) => (
  <label>
    {label}
    <select name={name}>
      <option value="">All</option>
      {offers.map(({ value, words }) => (
        <option value={value} selected={value === now}>
          {words}
        </option>
      ))}
    </select>
  </label>
);

const PeopleTable = ({ people, visit }: { readonly people: readonly ListedPerson[]; readonly visit: Visit }) => (
  <table class="list">
    <caption class="unseen">People, by address</caption>
    <thead>
      <tr>
        <th scope="col">Person</th>
        <th scope="col">Team and role</th>
        <th scope="col">Streams</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      {people.map((person) => (
        <tr>
          <th scope="row">
            <a href={personPath(person.sid)}>{person.name ?? person.address}</a>
            {person.name && <small class="m block">{person.address}</small>}
          </th>
          <td>
            {person.team ?? '–'}
            {person.role && <small class="m block">{person.role}</small>}
          </td>
          <td data-label="Streams">{person.streams.map((stream) => titleOf(stream, visit)).join(', ') || 'None'}</td>
          <td class="end">
            <StatePills {...person} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
);

/** What keeps all mail from somebody, and that they are a customer. */
export const StatePills = ({ isSuspended, suppressed, realm }: Pick<ListedPerson, 'isSuspended' | 'suppressed' | 'realm'>) => (
  <p class="pills">
    {isSuspended && <span class="pill sev2">Suspended</span>}
    {suppressed && <span class="pill sev1">Suppressed</span>}
    {realm === 'customers' && <span class="pill sev3">Customer</span>}
  </p>
);

function titleOf(stream: string, { distribution }: Visit): string {
  const known = StreamName.safeParse(stream).data;
  return known ? streamTitle(known, distribution) : stream;
}

const filled = (filters: Filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''));
