import { expect, it } from 'vitest';
import * as z from 'zod';
import { Refused } from '../../../core/shared/errors.ts';
import { jsonAnswer } from '../../../lambdas/shared/http-answer.ts';
import { readJsonBody, readTextBody } from '../../../lambdas/shared/http-body.ts';
import { httpHandler, type Route } from '../../../lambdas/shared/http-routes.ts';
import { filtersIn, listQuery, readAll } from '../../../lambdas/shared/list-query.ts';
import { anHttpEvent } from '../../support/http-event.ts';

const Thing = z.strictObject({ size: z.int() });
const routes: Route[] = [
  {
    method: 'GET',
    path: '/things/{id}',
    scope: 'read',
    answer: async ({ params, query }) => jsonAnswer(200, { ...params, cursor: query.get('cursor') }),
  },
  { method: 'PUT', path: '/things/{id}', scope: 'publish', answer: async ({ event }) => jsonAnswer(200, readJsonBody(event, Thing, 20)) },
  {
    method: 'PUT',
    path: '/texts/{id}',
    scope: 'read',
    answer: async ({ event }) => jsonAnswer(200, readTextBody(event, { types: ['text/markdown', 'text/plain'], maxBytes: 20 })),
  },
  { method: 'POST', path: '/broken', scope: 'read', answer: () => Promise.reject(new Error('ada@example.com is in the way')) },
  {
    method: 'POST',
    path: '/refused',
    scope: 'read',
    answer: () => Promise.reject(new Refused('content', [{ field: 'a', problem: 'b', remedy: 'c' }])),
  },
  {
    method: 'GET',
    path: '/refused',
    scope: 'read',
    answer: () => Promise.reject(new Refused('content', [{ field: 'a', problem: 'b', remedy: 'c' }])),
  },
];

function aWorld() {
  const lines: unknown[] = [];
  const line = (...all: unknown[]) => lines.push(all);
  const authenticate = async (bearer: string) =>
    bearer === 'key'
      ? { id: 'k1', label: 'one', scopes: ['read'] as const }
      : bearer === 'all'
        ? { id: 'k2', label: 'two', scopes: ['read', 'publish'] as const }
        : undefined;
  const handle = httpHandler(routes, { authenticate, log: { info: line, warn: line, error: line } });
  return {
    lines,
    async ask(method: string, url: string, sent: Omit<NonNullable<Parameters<typeof anHttpEvent>[1]>, 'url'> = {}) {
      const { statusCode, headers, body } = await handle(anHttpEvent(method, { ...sent, url }));
      return { status: statusCode, headers, body: body ? JSON.parse(body) : undefined };
    },
  };
}
const json = { authorization: 'Bearer all', 'content-type': 'application/json' };

it('finds the route, its pieces decoded, and its query', async () => {
  expect(await aWorld().ask('GET', '/things/a%20b?cursor=x')).toMatchObject({
    status: 200,
    body: { id: 'a b', cursor: 'x' },
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-type': 'application/json' },
  });
});

it.each([
  ['/', 404],
  ['/things', 404],
  ['/things/', 404],
  ['/things/%E0%A4%A', 404],
  ['/things/a/b', 404],
])('answers %s with %i', async (url, status) => {
  expect(await aWorld().ask('GET', url)).toMatchObject({
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: { type: 'about:blank', title: 'Not Found', status },
  });
});

it('says which methods an address takes', async () => {
  expect(await aWorld().ask('DELETE', '/things/a')).toMatchObject({ status: 405, headers: { allow: 'GET, PUT' } });
});

it.each([{}, { authorization: 'Basic a2V5' }, { authorization: 'Bearer other' }, { authorization: 'Bearer key key' }])(
  'asks %j for a key',
  async (headers) => {
    expect(await aWorld().ask('GET', '/things/a', { headers })).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': expect.stringContaining('Bearer') },
    });
  },
);

it('names the scope that a key lacks', async () => {
  expect(await aWorld().ask('PUT', '/things/a', { body: '{}' })).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining('publish') },
    headers: { 'www-authenticate': expect.stringContaining('insufficient_scope') },
  });
});

it('reads a body however it comes', async () => {
  expect(
    await aWorld().ask('PUT', '/things/a', { headers: json, body: Buffer.from('{"size":1}').toString('base64'), isBase64Encoded: true }),
  ).toMatchObject({ status: 200, body: { size: 1 } });
});

it.each([
  ['{', 400, { field: '', problem: 'is not JSON' }],
  ['', 400, { field: '', problem: 'is not JSON' }],
  ['{"size":"1"}', 422, { field: 'size', problem: 'is a text, not a number' }],
  ['{}', 422, { field: 'size', problem: 'is missing', remedy: 'Add it.' }],
  ['{"size":1,"b":2}', 422, { field: 'b', problem: 'is an unknown key' }],
])('refuses the body %j', async (body, status, flaw) => {
  expect(await aWorld().ask('PUT', '/things/a', { headers: json, body })).toMatchObject({ status, body: { errors: [flaw] } });
});

it.each([
  ['POST', 'The request was refused. Nothing was changed.'],
  ['GET', 'The request was refused.'],
])('tells of a refused %s what became of it', async (method, detail) => {
  const headers = { authorization: 'Bearer key' };
  expect(await aWorld().ask(method, '/refused', { headers })).toMatchObject({ status: 422, body: { detail, errors: [{ field: 'a' }] } });
});

it('refuses bytes that are not UTF-8', async () => {
  expect(
    await aWorld().ask('PUT', '/things/a', { headers: json, body: Buffer.from([0xc3, 0x28]).toString('base64'), isBase64Encoded: true }),
  ).toMatchObject({ status: 400 });
});

it('counts bytes, not letters', async () => {
  expect(await aWorld().ask('PUT', '/things/a', { headers: json, body: '"äääääääääää"' })).toMatchObject({
    status: 413,
    body: { detail: 'The body has 24 bytes, and the limit is 20. Send less at once.' },
  });
});

it.each([undefined, 'text/html', 'text/markdown; charset=iso-8859-1'])('refuses the type %s', async (type) => {
  const headers = { authorization: 'Bearer key', ...(type && { 'Content-Type': type }) };
  expect(await aWorld().ask('PUT', '/texts/a', { headers, body: 'a' })).toMatchObject({
    status: 415,
    body: { detail: expect.stringContaining('text/markdown or text/plain') },
  });
});

it.each([
  [['a/b'], 'Send a/b in UTF-8'],
  [['a/b', 'c/d', 'e/f'], 'Send a/b, c/d or e/f in UTF-8'],
])('names the types %j that it takes', (types, words) => {
  expect(() => readTextBody({ headers: {}, body: '', isBase64Encoded: false }, { types, maxBytes: 20 })).toThrow(words);
});

it('says which of several types it read', async () => {
  const headers = { authorization: 'Bearer key', 'Content-Type': 'text/Markdown; Charset="UTF-8"' };
  expect(await aWorld().ask('PUT', '/texts/a', { headers, body: 'a' })).toMatchObject({
    status: 200,
    body: { type: 'text/markdown', text: 'a' },
  });
});

it('turns a refusal into a problem', async () => {
  expect(await aWorld().ask('POST', '/refused')).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'a', problem: 'b', remedy: 'c' }] },
  });
});

it('answers a fault of ours without its words, and logs it', async () => {
  const world = aWorld();
  const answer = await world.ask('POST', '/broken');
  expect(answer).toMatchObject({ status: 500, body: { detail: expect.stringContaining('request-1') } });
  expect(JSON.stringify(answer)).not.toContain('ada@');
  expect(world.lines).toMatchObject([['request failed', expect.any(Error), { route: 'POST /broken' }]]);
});

it('logs routes and keys by their names, never the path', async () => {
  const world = aWorld();
  await world.ask('GET', '/things/private');
  expect(world.lines).toEqual([['request', { route: 'GET /things/{id}', status: 200, caller: 'k1' }]]);
});

it('names every filter of a list that is wrong, and lets other errors through', () => {
  const query = new URLSearchParams({ limit: '0', cursor: 'x', since: 'soon', state: 'open' });
  const filter = filtersIn(query);
  const refusedBy = (state: string) => () =>
    readAll({
      place: () => listQuery(query, () => false),
      since: () => filter('since', z.iso.date(), 'is not a day', 'Name one.'),
      state: () => filter('state', z.literal(state), 'is no state', 'Name one.'),
    });
  const fields = (names: string[]) => expect.objectContaining({ flaws: names.map((field) => expect.objectContaining({ field })) });
  expect(refusedBy('open')).toThrow(fields(['limit', 'cursor', 'since']));
  expect(refusedBy('closed')).toThrow(fields(['limit', 'cursor', 'since', 'state']));
  const broken = () => {
    throw new Error('a fault of ours');
  };
  expect(() => readAll({ broken })).toThrow('a fault of ours');
  expect(readAll({ a: () => 1, b: () => undefined })).toEqual({ a: 1, b: undefined });
});
