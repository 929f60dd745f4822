import { expect, it } from 'vitest';
import { type Thanks, thanksWords } from '../../../core/content/thanks-words.ts';

const said = (given: Partial<Thanks>) =>
  thanksWords({ teams: [], useful: [], discussed: [], actions: { all: 0, open: 0, late: 0 }, ...given });

it('says nothing where there is nothing to tell', () => {
  expect(said({})).toBe('');
});

it('names the teams to which it matters, and what they have of the same', () => {
  expect(said({ teams: [{ name: 'Search', has: 'depends on stock' }] })).toBe('It matters to one other team: Search (depends on stock).');
  const teams = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => ({ name }));
  expect(said({ teams })).toBe('It matters to six other teams: A, B, C, D and 2 more.');
});

it('says how far it was read, and where it was found useful', () => {
  expect(said({ readBy: 'Read by most of Search.', useful: ['Search'], discussed: ['Search', 'Mobile'] })).toBe(
    'Read by most of Search. Found useful in Search. Discussed in Search and Mobile.',
  );
});

it.each([
  [{ all: 1, open: 0, late: 0 }, 'Its action is closed.'],
  [{ all: 3, open: 0, late: 0 }, 'All three actions are closed.'],
  [{ all: 1, open: 1, late: 1 }, 'Its action is still open and late.'],
  [{ all: 2, open: 2, late: 0 }, 'All two actions are still open.'],
  [{ all: 3, open: 1, late: 0 }, 'One of three actions is still open.'],
  [{ all: 3, open: 2, late: 1 }, 'Two of three actions are still open, one of them late.'],
])('says what is still owed: %o', (actions, words) => {
  expect(said({ actions })).toBe(words);
});

it('prints what others wrote as one harmless line', () => {
  expect(said({ teams: [{ name: 'Sea\u202erch\nTeam', has: 'runs a\u2028b' }] })).toBe(
    'It matters to one other team: Search Team (runs a b).',
  );
});
