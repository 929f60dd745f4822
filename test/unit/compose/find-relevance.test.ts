import { expect, it } from 'vitest';
import { findRelevance } from '../../../core/compose/find-relevance.ts';
import { withDraft } from '../../../core/compose/with-draft.ts';
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

it('reads what is named at once, without documents', async () => {
  const { deps, stored, publish } = aComposing();
  publish({ id: 'now' });
  const asked: (readonly string[])[] = [];
  const postmortems: typeof deps.postmortems = {
    ...deps.postmortems,
    read: async () => expect.fail('no document is read'),
    async listedOf(ids) {
      asked.push(ids);
      return new Map();
    },
  };
  const team = (name: string, postmortem: string) => ({
    ...{ team: `team:${name}`, name, score: 7 },
    reasons: [{ ...why, reason: { ...why.reason, postmortem } }],
  });
  const found = { ...row, teams: [team('a', 'first'), team('b', 'second'), team('c', 'first')] };
  await findRelevance([...stored.values()], { postmortems, relevance: async () => new Map([['now', found]]) });
  expect(asked).toEqual([['first', 'second']]);
});

it('names no other postmortem to somebody who may see a draft alone', async () => {
  const { deps, stored, publish } = aComposing();
  publish({ id: 'now' });
  publish({ id: 'earlier', title: 'Acme lost its data' });
  const draft = stored.get('now') ?? expect.unreachable();
  const told = async (alone: boolean) => {
    const seen = withDraft(draft, { ...deps, relevance: async () => new Map([['now', row]]) }, { alone });
    return (await findRelevance([draft], seen)).flatMap(({ teams }) => teams.map(({ reasons: [first] }) => first?.sentence));
  };
  expect([await told(false), await told(true)]).toEqual([[why.sentence], [why.instead]]);
});

it('reads a few rows at a time, and keeps of each team no more than is told to it', async () => {
  const { deps, stored, publish } = aComposing();
  for (let n = 0; n < 20; n += 1) publish({ id: `p${n}`, severity: 'sev3' });
  const asked: number[] = [];
  const runs = { kind: 'runs' as const, service: 'cart' };
  const rowOf = (id: string): Relevance => ({
    ...row,
    postmortem: id,
    teams: [
      { team: 'team:payments', name: 'Payments', score: Number(id.slice(1)), reasons: [{ reason: runs, key: 'runs cart', sentence: id }] },
    ],
  });
  const relevance = async (ids: readonly string[]) => {
    asked.push(ids.length);
    return new Map(ids.map((id) => [id, rowOf(id)]));
  };
  const rows = await findRelevance([...stored.values()], { ...deps, relevance });
  expect(rows.map(({ postmortem }) => postmortem)).toEqual([...stored.keys()]);
  expect(rows.flatMap(({ teams }) => teams.map(({ score }) => score)).toSorted()).toEqual([17, 18, 19]);
  expect([Math.max(...asked), asked.reduce((sum, one) => sum + one, 0)]).toEqual([8, 20]);
});
