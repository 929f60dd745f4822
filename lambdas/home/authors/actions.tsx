/** @jsxImportSource hono/jsx */
import { ownedAs, whoseIs } from '../../../core/authoring/whose.ts';
import { printPlainDate } from '../../../core/calendar/print.ts';
import { type ActionState, actionStates, type ShownAction } from '../../../core/operator/actions-api.ts';
import { type ActionsViewer, inOrder, listActions, type WantedActions } from '../../../core/operator/list-actions.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { audiencesOf } from '../../../core/preferences/audiences-of.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import { PlainDate } from '../../../core/shared/instant.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { authorPage, type Visit } from '../guard.ts';
import { HowMany, Of, Pages, pageOf } from '../parts.tsx';
import { postmortemPath } from '../postmortems/words.ts';
import { homePage } from '../shell.tsx';
import { ActionPills, actionPath, actionStateWords } from './action-parts.tsx';

/** Pages of the list that are read for one page: up to 20,000 actions. */
const mostReads = 20;

/** What the fields of the form say. An empty one excludes nothing. */
interface Filters {
  readonly state: ActionState | 'all';
  readonly team: string;
  readonly owner: string;
  readonly service: string;
  readonly dueBefore: string;
  readonly since: string;
  readonly postmortem: string;
}

/** What postmortems promised. Operators see all of it, authors what they may read. */
export const actionsPage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/actions',
    async get(visit) {
      const { query } = visit.request;
      const filters = filtersIn(query);
      const reading = readingOf(visit);
      const { found, notLookedAt } = reading ? await actionsWith(filters, visit, deps) : { found: [], notLookedAt: [] };
      const listed = pageOf(found, query);
      const { page, last, shown } = listed;
      const changeable = await changeableOf(shown, visit, deps);
      return homePage({
        ...visit,
        title: 'Actions',
        here: '/home/actions',
        children: (
          <>
            <h1>Actions</h1>
            <section class="panel">
              <FilterForm {...filters} />
            </section>
            <section class="panel" aria-labelledby="found">
              <HowMany of={listed} one="action" order="overdue ones first" />
              {!reading && <p>You read no postmortems for engineers or leaders, so there is nothing to show.</p>}
              {shown.length > 0 && <ActionTable actions={shown} visit={visit} reading={reading} changeable={changeable} />}
              <Pages path="/home/actions" query={{ ...filters }} page={page} last={last} words={['Before', 'After']} />
              {notLookedAt.map((said) => (
                <p class="m">{said}</p>
              ))}
            </section>
          </>
        ),
      });
    },
  });

/** The audience as which somebody reads action items. */
type Reading = 'operator' | 'engineering' | 'leadership';

function readingOf({ rights, signed, distribution, now }: Visit): Reading | undefined {
  if (rights.isOperator) return 'operator';
  const audiences = audiencesOf(signed.profile, distribution, now);
  return (['engineering', 'leadership'] as const).find((audience) => audiences.includes(audience));
}

function filtersIn(query: URLSearchParams): Filters {
  const text = (name: string) => (query.get(name) ?? '').trim().slice(0, 200);
  const state = text('state');
  return {
    state: state === 'all' ? 'all' : (actionStates.find((one) => one === state) ?? 'open'),
    team: text('team'),
    owner: text('owner'),
    service: text('service'),
    dueBefore: PlainDate.safeParse(text('dueBefore')).data ?? '',
    since: PlainDate.safeParse(text('since')).data ?? '',
    postmortem: PostmortemId.safeParse(text('postmortem')).data ?? '',
  };
}

async function actionsWith({ state, ...texts }: Filters, { rights, distribution, now }: Visit, { operator }: HomeDeps) {
  const wanted: WantedActions = {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    ...(state !== 'all' && { state }),
  };
  const viewer: ActionsViewer = { seesHidden: rights.isOperator, seesAddresses: rights.isOperator };
  const listing = { actions: operator.actions, now, zone: distribution.organisation.zone };
  const found = new Map<string, ShownAction>();
  const unseen = new Set<string>();
  let cursor: string | undefined;
  let reads = 0;
  do {
    const page = await listActions(wanted, { limit: 1000, cursor }, viewer, listing);
    for (const one of page?.actions ?? []) found.set(one.id, one);
    for (const said of page?.notLookedAt ?? []) unseen.add(said);
    cursor = page?.cursor;
    reads += 1;
  } while (cursor && reads < mostReads);
  if (cursor) unseen.add('There are more than one page can look at. On a command line, afterword actions list --csv FILE has all of them.');
  return { found: [...found.values()].toSorted(inOrder), notLookedAt: [...unseen] };
}

const FilterForm = ({ state, team, owner, service, dueBefore, since, postmortem }: Filters) => (
  <form method="get" action="/home/actions">
    <div class="filters">
      <label>
        State
        <select name="state">
          {actionStates.map((one) => (
            <option value={one} selected={one === state}>
              {actionStateWords[one].words}
            </option>
          ))}
          <option value="all" selected={state === 'all'}>
            All
          </option>
        </select>
      </label>
      <Text name="team" label="Team" value={team} />
      <Text name="owner" label="Owner" value={owner} />
      <Text name="service" label="Service" value={service} />
    </div>
    <div class="row">
      <Text name="postmortem" label="Id of the postmortem" value={postmortem} />
      <label>
        Due before
        <input type="date" name="dueBefore" value={dueBefore} />
      </label>
      <label>
        Promised since
        <input type="date" name="since" value={since} />
      </label>
    </div>
    <p class="acts">
      <button type="submit">Find</button>
    </p>
  </form>
);

const Text = ({ name, label, value }: { readonly name: string; readonly label: string; readonly value: string }) => (
  <label>
    {label}
    <input type="search" name={name} value={value} maxlength={200} />
  </label>
);

interface Shown {
  readonly visit: Visit;
  readonly reading: Reading | undefined;
  /** The postmortems of which this visitor may change the actions. */
  readonly changeable: ReadonlySet<string>;
}

async function changeableOf(actions: readonly ShownAction[], visit: Visit, deps: HomeDeps): Promise<ReadonlySet<string>> {
  const ids = [...new Set(actions.map(({ postmortem }) => postmortem))];
  if (visit.rights.isOperator) return new Set(ids);
  const stored = await fewAtATime(ids, (id) => deps.intake.postmortems.readCurrent(id));
  // What is listed is told, so its team and whoever may be its author may change it.
  const own = stored.filter((one) => one && ownedAs(whoseIs(one), visit.signed.profile) !== undefined);
  return new Set(own.flatMap((one) => one?.postmortem.id ?? []));
}

const ActionTable = ({ actions, ...shown }: Shown & { readonly actions: readonly ShownAction[] }) => (
  <table class="list">
    <caption class="unseen">Actions, overdue ones first</caption>
    <thead>
      <tr>
        <th scope="col">Action</th>
        <th scope="col">State</th>
        <th scope="col">Owner</th>
        <th scope="col">Due</th>
      </tr>
    </thead>
    <tbody>
      {actions.map((action) => (
        <Row action={action} {...shown} />
      ))}
    </tbody>
  </table>
);

const Row = ({ action, visit, reading, changeable }: Shown & { readonly action: ShownAction }) => {
  const { title, link, postmortem, postmortemTitle, owner, team, due, times, perhaps } = action;
  return (
    <tr>
      <th scope="row">
        {/* Leaders read no trackers. */}
        {link !== undefined && reading !== 'leadership' ? (
          <a href={link} rel="noreferrer" dir="auto">
            {title}
          </a>
        ) : (
          <span dir="auto">{title}</span>
        )}
        {times !== undefined && <small class="m block">{times} lines of the document say the same</small>}
        {perhaps && (
          <small class="block" dir="auto">
            Perhaps it is now: {perhaps.title}
          </small>
        )}
        <small class="block" dir="auto">
          <a href={reading === 'operator' ? postmortemPath(postmortem) : `/archive/${reading}/${postmortem}`}>{postmortemTitle}</a>
        </small>
        {changeable.has(postmortem) && (
          <small class="block">
            <a href={actionPath(action.id)}>
              History and changes
              <Of what={title} />
            </a>
          </small>
        )}
      </th>
      <td>
        <ActionPills action={action} />
      </td>
      <td data-label="Owner" dir="auto">
        {owner ?? '–'}
        {team !== undefined && team !== owner && <small class="m block">{team}</small>}
      </td>
      <td class="end" data-label="Due">
        {due === undefined ? '–' : <time datetime={due}>{printPlainDate(due, visit.now, visit.distribution.organisation.zone)}</time>}
      </td>
    </tr>
  );
};
