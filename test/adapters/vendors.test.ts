import { expect, it } from 'vitest';
import { incidentIo } from '../../adapters/vendors/incident-io.ts';
import { rootly } from '../../adapters/vendors/rootly.ts';

const inc = {
  id: '1',
  name: 'Cards were refused',
  visibility: 'public',
  severity: { name: 'Serious' },
  updated_at: '2026-12-08T09:00:00Z',
};
const document = { id: 'D', status: 'completed', updated_at: '2026-12-08T09:30:00Z' };
type Answers = Readonly<Record<string, unknown>>;

/** A vendor that answers by path; a number is a status, with Retry-After. */
function aReach(answers: Answers, token: string | undefined = 'secret') {
  const asked: string[] = [];
  const fetched: typeof fetch = async (input, init) => {
    const { host, pathname } = new URL(String(input));
    asked.push(`${host}${pathname} ${new Headers(init?.headers).get('authorization')} ${init?.redirect}`);
    const answer = answers[pathname];
    if (answer === 'cut off') throw new TypeError('fetch failed');
    if (typeof answer === 'number' || answer === undefined)
      return new Response('{}', { status: answer ?? 404, headers: { 'retry-after': '7' } });
    return new Response(typeof answer === 'string' ? answer : JSON.stringify(answer));
  };
  return { asked, reach: { url: 'https://api.vendor.example', token: async () => token, fetch: fetched } };
}
const look = (answers: Answers, token?: string) => incidentIo(aReach(answers, token).reach, undefined).look('1');

it('says how a vendor failed, and never throws', async () => {
  const path = '/v2/incidents/1';
  expect(await look({})).toEqual({ kind: 'gone' });
  expect(await look({ [path]: 429 })).toEqual({ kind: 'later', seconds: 7 });
  expect(await look({ [path]: 503 })).toEqual({ kind: 'later', seconds: 7 });
  expect(await look({ [path]: 403 })).toEqual({ kind: 'refused', status: 403 });
  expect(await look({ [path]: 'cut off' })).toEqual({ kind: 'later', seconds: 60 });
  expect(await look({ [path]: '<html>' })).toEqual({ kind: 'later', seconds: 60 });
  expect(await look({ [path]: `"${'x'.repeat(5 * 1024 * 1024)}"` })).toEqual({ kind: 'refused', status: 413 });
  expect(await look({ [path]: { incident: inc }, '/v1/postmortem_documents': 500 })).toEqual({ kind: 'later', seconds: 7 });
});

it('asks the vendor alone, with the token, and follows no redirect; without a token it asks nobody', async () => {
  const { asked, reach } = aReach({});
  await incidentIo(reach, undefined).look('a/../b');
  expect(asked).toEqual(['api.vendor.example/v2/incidents/a%2F..%2Fb Bearer secret error']);
  expect(await incidentIo({ ...reach, token: async () => undefined }, undefined).look('1')).toEqual({ kind: 'refused', status: 401 });
  expect(asked).toHaveLength(1);
});

it.each([
  ['a private incident', { ...inc, visibility: 'private' }, document],
  ['an unfinished document', inc, { ...document, status: 'in_review' }],
  ['a visibility that is not said', { ...inc, visibility: undefined }, document],
])('reads no text of %s', async (_, incident, one) => {
  const { asked, reach } = aReach({ '/v2/incidents/1': { incident }, '/v1/postmortem_documents': { postmortem_documents: [one] } });
  const looked = await incidentIo(reach, undefined).look('1');
  expect(looked.kind === 'found' && looked.value.body).toBeUndefined();
  expect(asked).toHaveLength(2);
});

const created_at = '2026-12-08T08:04:00.123Z';
it.each<[string, Answers, string | undefined]>([
  ['declared', { mode: 'standard' }, '2026-12-08T08:04:00Z'],
  ['imported as a retrospective', { mode: 'retrospective' }, undefined],
])('takes of incident.io when an incident was %s', async (_, change, declaredAt) => {
  const looked = await look({
    '/v2/incidents/1': { incident: { ...inc, ...change, created_at } },
    '/v1/postmortem_documents': { postmortem_documents: [] },
  });
  expect(looked.kind === 'found' && looked.value.declaredAt).toBe(declaredAt);
});

it.each<[string, string, string | undefined]>([
  ['declared', 'normal', '2026-12-08T08:04:00Z'],
  ['backfilled', 'backfilled', undefined],
])('takes of Rootly when an incident was %s', async (_, kind, declaredAt) => {
  const { reach } = aReach({
    '/v1/incidents/1': { data: { id: '1', attributes: { kind, created_at } } },
    '/v1/post_mortems': { data: [] },
  });
  const looked = await rootly(reach).look('1');
  expect(looked.kind === 'found' && looked.value.declaredAt).toBe(declaredAt);
});

it('takes of Rootly the retrospective of this incident alone', async () => {
  const incident = {
    title: 'Logins were slow',
    private: false,
    severity: { data: { attributes: { name: 'SEV1' } } },
    updated_at: '2026-12-08T09:00:00Z',
  };
  const foreign = {
    id: 'X',
    attributes: { incident_id: '2', status: 'published', content: 'Another.', updated_at: '2026-12-08T09:30:00Z' },
  };
  const { reach } = aReach({
    '/v1/incidents/1': { data: { id: '1', attributes: incident } },
    '/v1/post_mortems': { data: [foreign] },
  });
  expect(await rootly(reach).look('1')).toMatchObject({
    kind: 'found',
    value: { facts: { severity: { value: 'SEV1' }, private: { value: false, seen: 'api' } }, actions: [] },
  });
  expect(JSON.stringify(await rootly(reach).look('1'))).not.toContain('Another.');
});

it('takes of Rootly the retrospective that comes with the incident, which need not say whose it is', async () => {
  const attributes = { status: 'published', content: 'Ours.', updated_at: '2026-12-08T09:30:00Z' };
  const { asked, reach } = aReach({
    '/v1/incidents/1': {
      data: { id: '1', attributes: { title: 'Logins were slow', private: false, updated_at: '2026-12-08T09:00:00Z' } },
      included: [
        { id: 'X', type: 'services', attributes },
        { id: 'P', type: 'incident_post_mortems', attributes },
      ],
    },
    '/v1/incidents/1/action_items': { data: [] },
  });
  expect(await rootly(reach).look('1')).toMatchObject({ value: { body: 'Ours.', facts: { status: { value: 'published' } } } });
  expect(asked).toHaveLength(2);
});

it('misses no incident of Rootly that changes between two pages', async () => {
  const minute = (n: number) => new Date(Date.UTC(2026, 11, 8, 10, n)).toISOString();
  const changes = new Map(Array.from({ length: 200 }, (_, n) => [`I${n}`, n % 60]));
  const fetched: typeof fetch = async (input) => {
    const { pathname, searchParams } = new URL(String(input));
    if (pathname !== '/v1/incidents') return new Response('{"data": []}');
    const sign = searchParams.get('sort') === '-updated_at' ? -1 : 1;
    const size = Number(searchParams.get('page[size]'));
    const from = (Number(searchParams.get('page[number]')) - 1) * size;
    const listed = [...changes].toSorted(([, a], [, b]) => sign * (a - b)).slice(from, from + size);
    // One of those that were on the first page changes.
    changes.set(String(listed[5]?.[0]), 61);
    return new Response(JSON.stringify({ data: listed.map(([id, at]) => ({ id, attributes: { updated_at: minute(at) } })) }));
  };
  const { changedSince } = rootly({ url: 'https://api.vendor.example', token: async () => 'secret', fetch: fetched });
  const refs = new Set<string>();
  for (let page: string | undefined = 'incidents:'; page !== undefined; ) {
    const answer = await changedSince('2026-12-08T00:00:00Z', page);
    if (answer.kind !== 'found') throw new Error(answer.kind);
    for (const ref of answer.value.refs) refs.add(ref);
    page = answer.value.next;
  }
  expect(refs.size).toBe(200);
});

it('names what changed since, of incidents and of retrospectives', async () => {
  const resource = (id: string, updated_at: string, more = {}) => ({ id, attributes: { updated_at, ...more } });
  const { reach } = aReach({
    '/v1/incidents': { data: [resource('1', '2026-12-08T10:00:00Z'), resource('2', '2026-12-01T10:00:00Z')] },
    '/v1/post_mortems': { data: [resource('P', '2026-12-08T10:00:00Z', { incident_id: '3' })] },
    '/v2/incidents': { incidents: [inc, { ...inc, id: 'old', updated_at: '2026-12-01T09:00:00Z' }] },
    '/v1/postmortem_documents': { postmortem_documents: [{ ...document, incident_id: '4' }] },
  });
  const since = '2026-12-08T00:00:00Z';
  const found = (ref: string, next?: string) => ({ kind: 'found', value: { refs: [ref], ...(next && { next }) } });
  expect(await rootly(reach).changedSince(since)).toEqual(found('1', 'post_mortems:'));
  expect(await rootly(reach).changedSince(since, 'post_mortems:')).toEqual(found('3'));
  expect(await incidentIo(reach, undefined).changedSince(since)).toEqual(found('1', 'postmortem_documents:'));
  expect(await incidentIo(reach, undefined).changedSince(since, 'postmortem_documents:')).toEqual(found('4'));
});
