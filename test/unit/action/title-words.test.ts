import { expect, it } from 'vitest';
import { saysTheSame, titleWords } from '../../../core/action/title-words.ts';
import { titleFamilies } from '../../support/action-titles.ts';

const same = (a: string, b: string) => saysTheSame(titleWords(a), titleWords(b));

it.each([
  ['Alert on replica lag', 'We should add an alarm on the replication lag.'],
  ['Raise the limit of connections', 'Raise the connection limit'],
  ['Fail over automatically', 'Automatic failover'],
  ['Do not retry failed payments', 'Don’t retry the failed payments'],
  ['Timeout of 2 s for calls', '2 second timeout for calls'],
  ['Take capacity away slowly', 'Take away capacity slowly'],
  ['Restore a backup every day', 'Daily restore of a backup'],
  ['Close the leak (OPS-7)', 'Close the leak'],
])('%s: %s', (a, b) => {
  expect(same(a, b)).toBe(true);
});

it.each([
  ['Lag above 5 s', 'Lag above 50 s'],
  ['p99 < 2 s', 'p99 > 2 s'],
  ['Retry payments', 'Do not retry payments'],
  ['Move cart to search', 'Move search to cart'],
  ['Change the limit from 5 to 50', 'Change the limit from 50 to 5'],
  ['Alert cart on search failures', 'Alert search on cart failures'],
  ['Serve over HTTP', 'Serve over HTTPS'],
  ['Copy the product database', 'Copy the production database'],
  ['Close out OPS-7', 'Close out OPS-8'],
  ['Check before the switch', 'Check after the switch'],
  ['監視を追加する', '監視を削除する'],
  ['Alarm für Warenkorb', 'Alarm für Suche'],
])('%s, and not: %s', (a, b) => {
  expect(same(a, b)).toBe(false);
});

it('takes no other action of the bank for the same', () => {
  const said = titleFamilies.flatMap(({ title, tidied, turned, more, other, near }, n) => [
    ...[title, ...tidied, ...turned, ...more, ...other].map((text) => ({ text, means: `${n}` })),
    ...near.map((text, m) => ({ text, means: `${n}, near ${m}` })),
  ]);
  const words = said.map((one) => ({ ...one, words: titleWords(one.text) }));
  const wrong = words.flatMap((a) => words.filter((b) => a.means < b.means && saysTheSame(a.words, b.words)).map((b) => [a.text, b.text]));
  expect(said.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});
