import { expect, it } from 'vitest';
import { secretlintFinder } from '../../adapters/secretlint/find-secrets.ts';

const { find } = secretlintFinder();
/** In two pieces, so that nobody takes it for a real one. */
const token = ['ghp', 'a1B2'.repeat(9)].join('_');

it('finds a secret as it stands in the text, each time', async () => {
  const text = `Clone it with ${token}, twice: ${token}.`;

  expect((await find(text)).map(({ found }) => found)).toEqual([token, token]);
  expect((await find(text)).length).toBe(2);
});

it('finds none in a text that has none', async () => {
  expect(await find('Payments were slow. Set `DEPLOY_TOKEN: YOUR_TOKEN`.')).toEqual([]);
});
