import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../core/delivery/evidence.ts';
import { others, reachCounter, smallestGroup } from '../../../core/feedback/reach.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const at = '2026-11-23T08:00:00Z';
const delivered: Evidence = { accepted: at, delivered: at };
const opened: Evidence = { ...delivered, humanOpen: at, machineOpen: at };
const reachOf = (teams: Readonly<Record<string, number>>, evidence = delivered) => {
  const counter = reachCounter();
  for (const [team, size] of Object.entries(teams))
    for (let n = 0; n < size; n += 1) counter.add({ team: team === 'none' ? undefined : team, evidence });
  return counter.reach();
};
const shown = (teams: Readonly<Record<string, number>>) => Object.fromEntries(reachOf(teams).teams.map(({ team, mails }) => [team, mails]));

it('counts what became of mails, and each mail as opened by what it was most probably opened by', () => {
  expect(reachOf({ Payments: 6 }, opened)).toEqual({
    mails: 6,
    states: { delivered: 6 },
    opens: { 'likely human': 6, machine: 0, unknown: 0 },
    teams: [{ team: 'Payments', mails: 6, opens: { 'likely human': 6, machine: 0, unknown: 0 } }],
  });
});

describe('tells no group so small that it would tell who', () => {
  it('but small teams and people of none together', () => {
    expect(shown({ Payments: 9, Search: 2, Data: 2, none: 1 })).toEqual({ Payments: 9, [others]: 5 });
  });

  it('nor one that a subtraction would leave: the smallest team joins it', () => {
    expect(shown({ Payments: 9, Search: 6, Data: 2 })).toEqual({ Payments: 9, [others]: 8 });
    expect(shown({ Payments: 9, Data: 2 })).toEqual({ [others]: 11 });
  });

  it('nor opens at all where few got it', () => {
    expect(reachOf({ Payments: 4 }, opened)).toEqual({ mails: 4, states: { delivered: 4 }, teams: [] });
  });

  it('whatever the teams are', () => {
    const teams = fc.dictionary(fc.constantFrom('Payments', 'Search', 'Data', 'Edge', others, 'none'), fc.integer({ min: 1, max: 12 }));
    fc.assert(
      fc.property(teams, (sizes) => {
        const { mails, opens, teams: told } = reachOf(sizes);
        const sum = told.reduce((all, one) => all + one.mails, 0);
        expect(told.every((one) => one.mails >= smallestGroup)).toBe(true);
        expect(new Set(told.map(({ team }) => team)).size).toBe(told.length);
        expect([0, mails]).toContain(sum);
        expect(opens === undefined).toBe(mails < smallestGroup);
      }),
      tries(2),
    );
  });
});
