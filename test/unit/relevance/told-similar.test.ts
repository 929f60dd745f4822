import { expect, it } from 'vitest';
import { promiseLine, similarLine } from '../../../core/relevance/similar-words.ts';
import { toldEarlier, toldLater } from '../../../core/relevance/told-similar.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aSimilar, similarInMemory } from '../../support/similar-in-memory.ts';

const now = new Date('2026-09-01T10:00:00Z');
const telling = { now, zone: 'Europe/Berlin' };
const earlier = aPostmortem({
  id: 'earlier',
  title: 'Down',
  publishedAt: '2026-01-10T10:00:00Z',
  actionItems: ['A', 'B', 'C', 'D'].map((title) => ({ title })),
});
const rows = actionsAsOf(earlier, [
  { title: 'A', state: 'done late', doneOn: '2026-07-01' },
  { title: 'B', state: 'done late', doneOn: '2026-03-01' },
]).map((row) => {
  const decided = {
    kind: 'decided',
    at: '2026-03-03T10:00:00Z',
    effectiveAt: '2026-03-04T10:00:00Z',
    by: 'x',
    reason: '',
    as: 'CTO',
    basis: '',
  };
  return row.reported.title === 'C' ? { ...row, events: [{ ...decided, what: 'accept the risk' }] } : row;
});
const promises = rows.map(({ aid, reported }) => ({ aid, caught: reported.title === 'A' }));
const told = (...given: ReturnType<typeof aSimilar>[]) =>
  toldEarlier('later', {
    similar: similarInMemory(...given),
    told: async (id) => (id === 'hidden' ? undefined : { ...earlier, id, publishedAt: '2025-01-10T10:00:00Z' }),
    actions: async () => rows,
    now: () => now,
  });

it('tells promises as they stand now: the one that counts first, none that was done in time', async () => {
  const [one] = await told(aSimilar({ promises }));
  expect(one?.promises.map((promise) => promiseLine(promise, telling))).toEqual([
    '“A” was done on 1 July, after it happened again. It would have caught this.',
    '“D” is still open, 234 days after it was promised. It was promised there.',
    '“C” was not done: CTO accepted the risk on 4 March. It was promised there.',
  ]);
});

it('says it in one line, with the first promise', async () => {
  const [one] = await told(aSimilar({ promises: promises.slice(3) }));
  const [bare] = await told(aSimilar({ state: 'confirmed' }));
  if (!one || !bare) return expect.unreachable();
  expect(similarLine(one, telling)).toBe('Looks like “Down” of January 2025; its promise “D” is still open.');
  expect(similarLine(bare, telling)).toBe('The same failure as “Down” of January 2025.');
});

it('leaves out what was dismissed and what may not be named, and has what was confirmed first', async () => {
  const some = [aSimilar({ earlier: 'a' }), aSimilar({ earlier: 'b', state: 'confirmed' })];
  const others = [aSimilar({ earlier: 'c', state: 'dismissed' }), aSimilar({ earlier: 'hidden' })];
  expect((await told(...some, ...others)).map(({ other }) => other.id)).toEqual(['b', 'a']);
});

it('has the pair first whose promise would have caught it, whichever is the latest, and tells at most five', async () => {
  const caught = aSimilar({ earlier: 'caught', promises });
  const others = ['a', 'b', 'c', 'd', 'e'].map((id) => aSimilar({ earlier: id }));
  expect((await told(...others, caught)).map(({ other }) => other.id)).toEqual(['caught', 'a', 'b', 'c', 'd']);
});

it('reads the promises of an earlier one once, however often it happened again', async () => {
  let reads = 0;
  const later = await toldLater('earlier', {
    similar: similarInMemory(...['x', 'y', 'z'].map((id) => aSimilar({ postmortem: id, earlier: 'earlier', promises }))),
    told: async (id) => ({ ...earlier, id, publishedAt: '2026-08-10T10:00:00Z' }),
    actions: async () => {
      reads += 1;
      return rows;
    },
    now: () => now,
  });
  expect([later.length, reads]).toEqual([3, 1]);
});
