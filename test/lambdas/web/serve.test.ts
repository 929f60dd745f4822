import { expect, it } from 'vitest';
import type { PageRoute } from '../../../lambdas/shared/pages/page-route.ts';
import { servePages } from '../../../lambdas/shared/pages/serve.ts';
import { page } from '../../../lambdas/shared/pages/shell.tsx';
import { severityStyleHash, styleHash } from '../../../lambdas/shared/pages/style.ts';
import { notFound } from '../../../lambdas/web/refusals.ts';
import { aPageEvent } from '../../support/web.ts';

function aDoor(change: Partial<PageRoute> = {}) {
  const pressed: string[] = [];
  const lines: unknown[] = [];
  const route: PageRoute = {
    path: '/p/{token}',
    get: async () => page({ title: 'A page', whose: { organisation: { name: 'Northwind & Sons' } }, children: '<b>' }),
    post: {
      answer: async ({ form, params }) => {
        pressed.push(`${params.token}: ${form.getAll('a').join('+')}`);
        return page({ title: 'Done', children: 'Done' });
      },
    },
    ...change,
  };
  const line = (...all: unknown[]) => void lines.push(all);
  return {
    pressed,
    lines,
    serve: servePages([route], { base: '', notFound: () => notFound({ realm: 'staff' }) }, { info: line, warn: line, error: line }),
  };
}

it('looks at a page with GET, answers HEAD like it without a body, and tells the methods', async () => {
  const { serve, pressed } = aDoor();
  const [get, head, options, put] = await Promise.all(['GET', 'HEAD', 'OPTIONS', 'PUT'].map((method) => serve(aPageEvent(method, '/p/t'))));

  expect(get).toMatchObject({ statusCode: 200, body: expect.stringContaining('Northwind &amp; Sons') });
  expect(get?.body).toContain('&lt;b&gt;');
  expect(head).toEqual({ ...get, body: '' });
  expect(options).toMatchObject({ statusCode: 204, headers: { allow: 'GET, HEAD, OPTIONS, POST' } });
  expect(put).toMatchObject({ statusCode: 405 });
  expect(pressed).toEqual([]);
});

it('lets a page run, load and send nothing but its own', async () => {
  const { headers } = await aDoor().serve(aPageEvent('GET', '/p/t'));

  expect(headers).toMatchObject({
    'content-security-policy': `default-src 'none'; style-src ${styleHash} ${severityStyleHash}; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
  });
});

it('has no word of severities in pages of customers, nor where it does not say whose it is', () => {
  const whose = { organisation: { name: 'Northwind' } };
  for (const content of [{ whose, realm: 'customers' } as const, {}]) {
    const { headers, body } = page({ title: 'A page', children: '', ...content });
    expect(body).not.toMatch(/sev\d/);
    expect(headers?.['content-security-policy']).toContain(`style-src ${styleHash};`);
  }
  expect(page({ title: 'A page', children: '', whose }).body).toContain('.pill.sev1');
});

it('takes a press form-encoded and multipart, with every value of a field', async () => {
  const { serve, pressed } = aDoor();
  const body = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nthree\r\n--x--\r\n';

  await serve(aPageEvent('POST', '/p/t', { form: { a: ['one', 'two'] } }));
  const event = aPageEvent('POST', '/p/t', { body, headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
  await serve({ ...event, body: Buffer.from(body).toString('base64'), isBase64Encoded: true });

  expect(pressed).toEqual(['t: one+two', 't: three']);
});

it.each([
  ['another type', { body: '{"a":1}', headers: { 'content-type': 'application/json' } }, 400],
  ['no type', { body: 'a=1' }, 400],
  ['a broken multipart', { body: 'nothing', headers: { 'content-type': 'multipart/form-data; boundary=x' } }, 400],
  ['more than it takes', { form: { a: 'x'.repeat(5000) } }, 413],
  ['another site’s page', { form: { a: '1' }, headers: { 'sec-fetch-site': 'cross-site' } }, 403],
  ['another site’s page in an old browser', { form: { a: '1' }, headers: { origin: 'https://evil.example', host: 'ours.example' } }, 403],
  ['another page of the domain', { form: { a: '1' }, headers: { 'sec-fetch-site': 'same-site' } }, 403],
])('takes no press of %s', async (_, sent, status) => {
  const { serve, pressed } = aDoor();

  expect(await serve(aPageEvent('POST', '/p/t', sent))).toMatchObject({ statusCode: status });
  expect(pressed).toEqual([]);
});

it.each(['https://ours.example', 'null'])('takes a press of its own page in an old browser, which says %s', async (origin) => {
  const { serve, pressed } = aDoor();
  await serve(aPageEvent('POST', '/p/t', { form: { a: '1' }, headers: { origin, host: 'ours.example' } }));
  expect(pressed).toHaveLength(1);
});

it('logs the route and the status, never what stood in the path', async () => {
  const { serve, lines } = aDoor({ get: () => Promise.reject(new Error('a fault')) });

  expect(await serve(aPageEvent('GET', '/p/secret-token'))).toMatchObject({ statusCode: 500 });
  await serve(aPageEvent('POST', '/p/secret-token', { form: {} }));

  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).toContain('/p/{token}');
  expect(JSON.stringify(lines)).not.toContain('secret-token');
});
