import type * as z from 'zod';
import { type ImportAnswer, ImportRequest, PersonRow, SuspendRequest } from '../../core/operator/api.ts';
import { importPeople } from '../../core/people/import-people.ts';
import { matching, type PeopleFilter } from '../../core/people/people-filter.ts';
import { suspendPeople } from '../../core/people/suspend-people.ts';
import { Refused } from '../../core/shared/errors.ts';
import { nearest } from '../../core/shared/nearest.ts';
import { standardZone } from '../../core/shared/zone.ts';
import { offeredStreams, StreamName } from '../../core/stream/stream.ts';
import { SubscriberId } from '../../core/subscriber/subscriber.ts';
import { jsonAnswer } from '../shared/http-answer.ts';
import { flawsIn, readJsonBody } from '../shared/http-body.ts';
import type { Call, Route } from '../shared/http-routes.ts';
import { listQuery, readAll } from '../shared/list-query.ts';
import { HttpProblem } from '../shared/problem.ts';
import { leaveLine, type OperatorDeps } from './deps.ts';

export const peopleRoutes = (deps: OperatorDeps): Route[] => [
  { method: 'POST', path: '/operator/people/import', scope: 'people', answer: (call) => importBatch(call, deps) },
  { method: 'POST', path: '/operator/people/suspend', scope: 'people', answer: (call) => suspendBatch(call, deps) },
  { method: 'GET', path: '/operator/people', scope: 'people', answer: (call) => listPeople(call, deps) },
];

async function importBatch({ event, caller }: Call, deps: OperatorDeps) {
  const { rows, unreadable } = rowsOf(readJsonBody(event, ImportRequest).rows);
  const applied = await deps.distribution.read();
  if (!applied) {
    throw new HttpProblem(409, {
      detail:
        'There is no configuration yet, so nobody knows which domains and streams are yours. Apply a distribution file first: afterword apply.',
    });
  }
  const [identity, suppression] = await Promise.all([deps.identitySecret(), deps.suppressionSecret()]);
  const { subscribed, ...imported } = await importPeople(rows, applied.distribution, { ...deps, secrets: { identity, suppression } });
  // Of unchanged people too: a release before this one noted none.
  for (const zone of new Set(rows.flatMap(({ zone = '' }) => standardZone(zone.trim()) ?? []))) await deps.zones.note(zone);
  const refused = [...unreadable, ...imported.refused].toSorted((a, b) => a.line - b.line);
  const answer = { ...imported, refused } satisfies z.output<typeof ImportAnswer>;

  const { added, changed, unchanged, restored } = answer;
  if (added + changed > 0) {
    await leaveLine(deps, caller.id, 'people imported', { added, changed, unchanged, restored, refused: refused.length });
  }
  for (const [stream, sids] of Object.entries(subscribed)) {
    await leaveLine(deps, caller.id, 'subscription changed', {
      stream,
      field: 'frequency',
      after: 'on',
      way: 'import',
      subscribers: sids.join(' '),
    });
  }
  return jsonAnswer(200, answer);
}

/** An unreadable row is refused alone, like a row with impossible values. */
function rowsOf(sent: z.output<typeof ImportRequest>['rows']) {
  const rows: PersonRow[] = [];
  const unreadable: { line: number; field: string; problem: string; remedy: string }[] = [];
  for (const row of sent) {
    const read = PersonRow.safeParse(row);
    if (read.success) rows.push(read.data);
    else unreadable.push(...flawsIn(read.error, row).map(({ field, problem, remedy }) => ({ line: row.line, field, problem, remedy })));
  }
  return { rows, unreadable };
}

async function suspendBatch({ event, caller }: Call, deps: OperatorDeps) {
  const answer = await suspendPeople(readJsonBody(event, SuspendRequest).people, deps);
  const { suspended, kept } = answer;
  if (suspended > 0) await leaveLine(deps, caller.id, 'people suspended', { suspended, kept: kept.length });
  return jsonAnswer(200, answer);
}

async function listPeople({ query }: Call, { peopleList }: OperatorDeps) {
  const { place, wanted } = readAll({
    place: () => listQuery(query, (text) => SubscriberId.safeParse(text).success),
    wanted: () => filterIn(query),
  });
  return jsonAnswer(200, await peopleList.list(place.limit, place.cursor, Object.keys(wanted).length > 0 ? matching(wanted) : undefined));
}

/** An empty value excludes nobody. Throws Refused for a stream or a flag that is none. */
function filterIn(query: URLSearchParams): PeopleFilter {
  const texts = (['team', 'role', 'text'] as const).flatMap((name) => (query.get(name)?.trim() ? [[name, query.get(name)]] : []));
  const read = readAll({
    suspended: () => flagIn(query, 'suspended'),
    suppressed: () => flagIn(query, 'suppressed'),
    stream: () => streamIn(query),
  });
  return { ...Object.fromEntries([...texts, ...Object.entries(read).filter(([, value]) => value !== undefined)]) };
}

function flagIn(query: URLSearchParams, name: 'suspended' | 'suppressed'): boolean | undefined {
  const value = query.get(name) || undefined;
  if (value !== undefined && value !== 'true' && value !== 'false')
    throw refusal(name, 'is neither true nor false', `For example ${name}=true.`);
  return value === undefined ? undefined : value === 'true';
}

function streamIn(query: URLSearchParams): StreamName | undefined {
  const asked = query.get('stream') || undefined;
  const stream = StreamName.optional().safeParse(asked);
  if (stream.success) return stream.data;
  const meant = nearest(asked ?? '', offeredStreams);
  throw refusal('stream', 'is no stream', `${meant ? `Did you mean ${meant}? ` : ''}Streams are ${offeredStreams.join(', ')}.`);
}

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
