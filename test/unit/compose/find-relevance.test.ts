import { expect, it } from 'vitest';
import { findRelevance } from '../../../core/compose/find-relevance.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { aComposing } from '../../support/composing.ts';

const why = {
  reason: { kind: 'had it before' as const, mode: 'failover', postmortem: 'earlier' },
  key: 'had-it-before failover',
  sentence: 'You had it before, in “Acme lost its data”.',
  instead: 'You had it before.',
};
const row: Relevance = {
  postmortem: 'now',
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams: [{ team: 'team:payments', name: 'Payments', score: 7, reasons: [why] }],
  similar: [],
};

async function sentences(earlier: object | undefined, found = row) {
  const { deps, stored, publish } = aComposing();
  publish({ id: 'now' });
  if (earlier) publish({ id: 'earlier', title: 'Acme lost its data', ...earlier });
  const rows = await findRelevance([...stored.values()].slice(0, 1), { ...deps, relevance: async () => new Map([['now', found]]) });
  return rows.flatMap(({ teams }) => teams.flatMap(({ reasons }) => reasons.map(({ sentence }) => sentence)));
}

it('tells the reasons of the revision that is carried, and of no other', async () => {
  expect(await sentences({})).toEqual([why.sentence]);
  expect(await sentences({}, { ...row, revision: 2 })).toEqual([]);
});

it('names no earlier postmortem by a title that it has no more, or that nobody may read', async () => {
  expect(await sentences({ title: 'A customer lost data' })).toEqual([why.instead]);
  expect(await sentences({ restricted: true })).toEqual([why.instead]);
  expect(await sentences(undefined)).toEqual([why.instead]);
});
