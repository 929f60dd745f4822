import { describe, expect, it } from 'vitest';
import { onlyChosen, relevantContent } from '../../../core/content/relevant-content.ts';
import type { Relevance, ToldReason } from '../../../core/relevance/relevance.ts';

const runs = (service: string): ToldReason => ({
  reason: { kind: 'runs', service },
  key: `runs ${service}`,
  sentence: `You run ${service}.`,
});
const hadIt: ToldReason = {
  reason: { kind: 'had it before', mode: 'failover-failed', postmortem: 'earlier-one' },
  key: 'had-it-before failover-failed',
  sentence: 'You had this in “Earlier one”.',
  instead: 'You had a failover like this before.',
};
const of = (postmortem: string, teams: readonly [team: string, score: number, ...reasons: ToldReason[]][]): Relevance => ({
  postmortem,
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams: teams.map(([team, score, ...reasons]) => ({ team: `team:${team}`, name: team, score, reasons })),
  similar: [],
});
const told = (['a', 'b', 'c', 'd'] as const).map((id, n) => ({ id, severity: n === 3 ? ('sev1' as const) : ('sev3' as const) }));

describe('what matters to each team', () => {
  it('is at most three cards, the highest score first, then the gravest', () => {
    const relevance = [
      of('a', [['payments', 5, runs('cart')]]),
      of('b', [['payments', 9, runs('ledger')]]),
      of('c', [['payments', 4, runs('stock')]]),
      of('d', [['payments', 5, runs('till')]]),
    ];
    const [payments] = relevantContent(told, relevance);
    expect(payments?.cards.map(({ postmortem }) => postmortem)).toEqual(['b', 'd', 'a']);
  });

  it('is the same where rows lose early on what is not chosen', () => {
    const rows = told.map(({ id }, n) =>
      of(id, [
        ['payments', [5, 9, 4, 5][n] ?? 0, runs(id)],
        ['data', 3, runs(id)],
      ]),
    );
    const first = onlyChosen(told, rows.slice(0, 3));
    const kept = onlyChosen(told, [...first, ...rows.slice(3)]);
    expect(first.map(({ teams }) => teams.length)).toEqual([2, 2, 2]);
    expect(kept.map(({ teams }) => teams.map(({ name }) => name))).toEqual([
      ['payments', 'data'],
      ['payments', 'data'],
      [],
      ['payments', 'data'],
    ]);
    expect(relevantContent(told, kept)).toEqual(relevantContent(told, rows));
  });

  it('is sorted by team, so that the same teams have the same numbers', () => {
    const relevance = [
      of('a', [
        ['search', 5, runs('a')],
        ['data', 3, runs('b')],
      ]),
    ];
    expect(relevantContent(told, relevance).map(({ team }) => team)).toEqual(['team:data', 'team:search']);
  });

  it('is told by the strongest reason, which says what stands in its place without the other postmortem', () => {
    const [team] = relevantContent(told, [of('a', [['payments', 5, hadIt, runs('cart')]])]);
    expect(team?.cards).toEqual([
      { postmortem: 'a', key: hadIt.key, sentence: hadIt.sentence, names: { postmortem: 'earlier-one', instead: hadIt.instead } },
    ]);
  });

  it('leaves out what the edition does not carry', () => {
    expect(relevantContent(told, [of('elsewhere', [['payments', 5, runs('cart')]])])).toEqual([]);
  });
});
