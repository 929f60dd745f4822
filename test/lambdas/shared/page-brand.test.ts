import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { refusal } from '../../../lambdas/shared/pages/refusals.tsx';
import { mailPage, page } from '../../../lambdas/shared/pages/shell.tsx';
import { aDistribution } from '../../support/distribution.ts';

const logo = { address: 'https://static.example.com/brand/l.png?v=2', text: 'Example Ltd', width: 160, height: 40 };
const branded = aDistribution({ brand: { name: 'Example lessons', logo, accent: '#7a1fa2', footer: 'Example Ltd <Berlin>' } });
const policyOf = ({ headers }: ReturnType<typeof page>) => String(headers?.['content-security-policy']);
const stylesOf = (body = '') => [...body.matchAll(/<style>(.*?)<\/style>/gs)].map(([, css = '']) => css);
const hashOf = (css: string) => `'sha256-${createHash('sha256').update(css).digest('base64')}'`;

it('shows the name, the logo and the footer line of the file', () => {
  const { body } = page({ title: 'Settings', whose: branded, children: 'hello' });

  expect(body).toContain('<title>Settings · Example lessons</title>');
  expect(body).toContain(`<img class="logo" src="${logo.address}" alt="Example Ltd" width="160" height="40"/>`);
  expect(body).toContain('<p class="m org">Example lessons</p>hello<p class="m small">Example Ltd &lt;Berlin&gt;</p>');
});

it('allows exactly its own stylesheets, and pictures of the logo’s host alone', () => {
  const shown = page({ title: 'Settings', whose: branded, children: '' });

  expect(stylesOf(shown.body)).toHaveLength(3);
  expect(policyOf(shown)).toBe(
    `default-src 'none'; style-src ${stylesOf(shown.body).map(hashOf).join(' ')}; base-uri 'none'; frame-ancestors 'none'; form-action 'self'; img-src https://static.example.com`,
  );
  expect(policyOf(mailPage('<p>mail</p>', { logo }))).toContain('; img-src https://static.example.com');
});

it('is the same page as before without a brand, and for customers with one', () => {
  const plain = page({ title: 'Settings', whose: aDistribution(), children: 'hello' });

  expect(plain.body).toContain('<title>Settings · Example Ltd</title>');
  expect(plain.body).toContain('<p class="m org">Example Ltd incident lessons</p>hello</main>');
  expect(policyOf(plain)).not.toContain('img-src');
  expect(policyOf(mailPage('<p>mail</p>', aDistribution().brand))).not.toContain('img-src');
  const forCustomers = (whose: typeof branded) => page({ title: 'Settings', whose, realm: 'customers', children: 'hello' });
  expect(forCustomers(branded)).toEqual(forCustomers(aDistribution()));
});

it('tells nobody whose page it is where that is secret', () => {
  expect(refusal(404, { heading: 'This link does not work', texts: [] }).body).not.toMatch(/Example|img|incident lessons/);
});
