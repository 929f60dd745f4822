import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeMatcher } from '../../local/gateway/match-route.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

describe('routes', () => {
  const match = routeMatcher(
    ['$default', 'ANY /{proxy+}', 'GET /a/{id}', 'ANY /a/b', 'GET /a/b', 'PUT /files/{path+}'].map((key) => ({ key })),
  );
  it.each([
    ['GET', '/a/b', 'GET /a/b', {}],
    ['POST', '/a/b', 'ANY /a/b', {}],
    ['GET', '/a/c', 'GET /a/{id}', { id: 'c' }],
    ['GET', '/a/c%2Fd', 'GET /a/{id}', { id: 'c/d' }],
    ['PUT', '/files/x/y', 'PUT /files/{path+}', { path: 'x/y' }],
    ['PUT', '/other/x', 'ANY /{proxy+}', { proxy: 'other/x' }],
    ['GET', '/', '$default', {}],
  ])('%s %s goes to %s', (method, path, key, parameters) => {
    const matched = match(method, path);

    expect([matched?.route.key, matched?.pathParameters]).toEqual([key, parameters]);
  });
});

describe('the gateway', () => {
  let stack: ToyStack;
  beforeAll(async () => {
    stack = await startToyStack();
  });
  afterAll(() => stack.stop());

  it('hands a request on in payload format 2.0', async () => {
    const response = await fetch(`${stack.url}/items/caf%C3%A9?a=1&a=2&b=`, {
      method: 'PUT',
      headers: { 'content-type': 'text/markdown', cookie: 'one=1; two=2', 'x-custom': 'yes' },
      body: '# Grüße',
    });

    expect(await response.json()).toMatchObject({
      version: '2.0',
      routeKey: 'PUT /items/{id}',
      rawPath: '/items/café',
      rawQueryString: 'a=1&a=2&b=',
      queryStringParameters: { a: '1,2', b: '' },
      pathParameters: { id: 'café' },
      cookies: ['one=1', 'two=2'],
      headers: { 'x-custom': 'yes', 'content-type': 'text/markdown' },
      requestContext: { http: { method: 'PUT', path: '/items/café' } },
      body: '# Grüße',
      isBase64Encoded: false,
    });
  });

  it('encodes a body that is not text', async () => {
    const response = await fetch(`${stack.url}/items/1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: new Uint8Array([255, 0]),
    });

    expect(await response.json()).toMatchObject({ body: '/wA=', isBase64Encoded: true });
  });

  it('writes status, headers, cookies and bytes of an answer', async () => {
    const response = await fetch(`${stack.url}/echo?mode=binary`);

    expect([response.status, response.headers.get('content-type'), response.headers.getSetCookie()]).toEqual([
      201,
      'image/gif',
      ['a=1', 'b=2'],
    ]);
    expect(await response.text()).toBe('GIF8');
  });

  it('takes an answer without a status as its body', async () => {
    expect(await stack.call('GET', '/echo?mode=bare')).toEqual({ status: 200, body: { plain: true } });
  });

  it('answers in the words of API Gateway where there is no route', async () => {
    expect(await stack.call('GET', '/nowhere')).toEqual({ status: 404, body: { message: 'Not Found' } });
  });

  it('refuses a body over 10 MB', async () => {
    expect((await stack.call('PUT', '/items/1', 'x'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
  });
});
