import { expect, it } from 'vitest';
import { joinActions } from '../../../core/connector/join-actions.ts';
import type { ActionItem } from '../../../core/postmortem/postmortem.ts';

const kept = { id: 'F1', title: 'Add a budget for retries', status: 'done' as const, assignee: 'ada@example.com' };
const written = (title: string, more: Partial<ActionItem> = {}): ActionItem => ({ title, status: 'open', ...more });

it('keeps what the text promises beside what the tool keeps', () => {
  expect(joinActions([kept], [written('Alert on the age of certificates', { owner: 'Network', due: '2026-12-20' })])).toEqual([
    kept,
    { title: 'Alert on the age of certificates', status: 'open', owner: 'Network', due: '2026-12-20' },
  ]);
  expect(joinActions([], [written('One')])).toEqual([written('One')]);
  expect(joinActions([kept], [])).toEqual([kept]);
});

it.each([
  ['the same words', 'Add a budget for retries', {}],
  ['another case and other signs', '**ADD** a budget – for retries!', {}],
  ['a number before it', 'FOLLOW-12: Add a budget for retries', {}],
])('takes it once, with what the tool does not have, by %s', (_, title, more) => {
  const said = { owner: 'Payments', due: '2026-12-20', cost: 'two weeks', consequence: 'The next storm' };
  expect(joinActions([kept], [written(title, { ...said, ...more })])).toEqual([{ ...said, ...kept }]);
});

it('takes it once by its link, whatever it is called', () => {
  const link = 'https://example.com/PAY-1';
  expect(joinActions([{ ...kept, link }], [written('See the ticket', { link, cost: 'a day' })])).toEqual([
    { ...kept, link, cost: 'a day' },
  ]);
});

it('does not take two for one because they share a word, nor one for two', () => {
  const titles = (actions: readonly { title: string }[]) => actions.map(({ title }) => title);
  expect(titles(joinActions([{ title: 'Alerts', status: 'open' }], [written('Alerts for the age of certificates')]))).toHaveLength(2);
  const twice = [written('Add a budget for retries in the cart'), written('Add a budget for retries')];
  expect(titles(joinActions([kept], twice))).toEqual(['Add a budget for retries', 'Add a budget for retries in the cart']);
});
