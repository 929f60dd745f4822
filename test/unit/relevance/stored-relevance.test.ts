import { describe, expect, it } from 'vitest';
import { namedBy, Reason, reasonKeyOf } from '../../../core/relevance/reason.ts';
import { type Relevance, StoredRelevance } from '../../../core/relevance/relevance.ts';
import { Similar } from '../../../core/relevance/similar.ts';
import { isMuted } from '../../../core/relevance/team-feedback.ts';

const runs = { kind: 'runs', service: 'sessions' } as const;
const hadIt = { kind: 'had it before', mode: 'failover-failed', postmortem: 'forty-three-seconds' } as const;
const row: Relevance = {
  postmortem: 'a-failover-that-did-not',
  revision: 2,
  at: '2026-11-20T09:00:00Z',
  catalog: 'abc',
  terms: ['redis-sentinel', 'failover-failed'],
  teams: [
    {
      team: 'team:identity',
      name: 'Identity',
      score: 9,
      reasons: [
        { reason: runs, key: reasonKeyOf(runs), sentence: 'You run sessions.' },
        { reason: hadIt, key: reasonKeyOf(hadIt), sentence: 'You had this before.', instead: 'You had a failover like this before.' },
      ],
    },
  ],
  similar: ['forty-three-seconds'],
};

describe('a stored relevance', () => {
  it('is read as it was written', () => {
    expect(StoredRelevance.parse(row)).toEqual(row);
  });
  it('is read without the reasons of a later release, and without teams that have no other', () => {
    const later = { reason: { kind: 'asked for it' }, key: 'asked', sentence: 'You asked for it.' };
    const [team] = row.teams;
    const written = {
      ...row,
      teams: [
        { ...team, reasons: [later, ...(team?.reasons ?? [])] },
        { ...team, team: 'team:data', reasons: [later] },
      ],
    };
    expect(StoredRelevance.parse(written).teams).toEqual(row.teams);
  });
  it('leaves out what it does not know', () => {
    expect(StoredRelevance.parse({ ...row, mood: 'good' })).toEqual(row);
  });
});

describe('a reason', () => {
  it('names an earlier postmortem only where it is about one', () => {
    expect(namedBy(hadIt)).toBe('forty-three-seconds');
    expect(namedBy(runs)).toBeUndefined();
  });
  it('has a key that another postmortem with the same reason has as well', () => {
    expect(reasonKeyOf({ ...hadIt, postmortem: 'another-one' })).toBe(reasonKeyOf(hadIt));
    expect(reasonKeyOf({ kind: 'same failure', service: 'a', technology: 'redis', mode: 'eviction' })).toBe('same-failure redis eviction');
    expect(reasonKeyOf({ kind: 'depends', service: 'cart', on: 'stock', path: ['cart', 'stock'] })).toBe('depends cart stock');
    expect(reasonKeyOf({ kind: 'shares', service: 'cart', resource: 'orders-db' })).toBe('shares cart orders-db');
    expect(reasonKeyOf({ kind: 'reads alike', postmortem: 'p', words: ['lag'] })).toBe('reads-alike p');
    const [one, other] = ['Renew it', 'Watch it'].map((action) => reasonKeyOf({ kind: 'promised', action }));
    expect(one).toMatch(/^promised [0-9a-f]{16}$/);
    expect(other).not.toBe(one);
  });
  it('is refused where the path of a dependency has a third step', () => {
    expect(Reason.safeParse({ kind: 'depends', service: 'a', on: 'd', path: ['a', 'b', 'c', 'd'] }).success).toBe(false);
  });
});

describe('feedback of a team', () => {
  it.each([
    ['one person', { useful: 0, notRelevant: 1, byLead: false }, false],
    ['two people', { useful: 0, notRelevant: 2, byLead: false }, true],
    ['one lead', { useful: 0, notRelevant: 1, byLead: true }, true],
    ['two people, and two who found it useful', { useful: 2, notRelevant: 2, byLead: false }, false],
    ['a lead, and one who found it useful', { useful: 1, notRelevant: 1, byLead: true }, false],
  ])('of %s', (_who, feedback, muted) => {
    expect(isMuted(feedback)).toBe(muted);
  });
});

describe('a similar incident', () => {
  it('counts as found where a later release wrote another state', () => {
    const stored = {
      postmortem: 'b',
      earlier: 'a',
      began: '2026-11-19T09:00:00Z',
      terms: [],
      promises: [],
      state: 'disputed',
      foundAt: '2026-11-20T09:00:00Z',
      version: 2,
    };
    expect(Similar.parse(stored).state).toBe('found');
  });
});
