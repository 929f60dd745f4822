import { describe, expect, it } from 'vitest';
import type { DecidedUpdate } from '../../../core/incident-update/incident-updates.ts';
import { whatIsTold } from '../../../core/incident-update/what-is-told.ts';
import type { Facts } from '../../../core/rendition/facts.ts';

const facts: Facts = { title: 'Checkout down', severity: 'sev1', status: 'preliminary', impact: 'All customers' };
const first: DecidedUpdate = { n: 1, kind: 'first', revision: 1, facts, at: '2026-11-17T14:31:00Z' };
const final: DecidedUpdate = {
  n: 2,
  kind: 'update',
  revision: 2,
  facts: { ...facts, status: 'published', impact: 'Some customers' },
  at: '2026-11-17T14:34:00Z',
};
const none: ReadonlySet<number> = new Set();
const told = (update: DecidedUpdate, more: { hiddenIn?: number; updates?: DecidedUpdate[]; missed?: ReadonlySet<number> } = {}) =>
  whatIsTold(update, { updates: [first, update], missed: none, hiddenIn: 0, ...more });

describe('what an update says of the mails before it', () => {
  it('is old beside new, when both left, and whether the account is final now', () => {
    expect(told(final)).toEqual({
      n: 2,
      kind: 'update',
      isFinal: true,
      changes: [
        { fact: 'status', before: 'preliminary', after: 'published' },
        { fact: 'impact', before: 'All customers', after: 'Some customers' },
      ],
      before: { facts, sentAt: first.at },
      first: { sentAt: first.at },
    });
  });

  it('is nothing for the first, and for the one after a first that reached nobody', () => {
    const silent = { n: 1, kind: 'first', isFinal: false, changes: [] };
    expect(whatIsTold(first, { updates: [first], missed: none, hiddenIn: 0 })).toEqual(silent);
    expect(told({ ...final, kind: 'first' }, { missed: new Set([1]) })).toEqual({ ...silent, n: 2 });
  });

  it('quotes nothing of a revision that may have been hidden to be cleaned', () => {
    const cleaned = { ...final, revision: 3 };

    expect(told(cleaned, { hiddenIn: 2 })).toMatchObject({ isFinal: true, changes: [], before: { facts: { severity: 'sev1' } } });
    expect(told(cleaned, { hiddenIn: 1 }).changes).toEqual([]);
    expect(told(cleaned, { hiddenIn: 0 }).changes).toHaveLength(2);
  });

  it.each([
    ['withdrawn', false],
    ['reinstated', true],
  ] as const)('is its severity where it is %s, and whether the account is final now: %s', (kind, isFinal) => {
    expect(told({ ...final, kind })).toMatchObject({ isFinal, changes: [], before: { facts: { severity: 'sev1' } } });
  });

  it('is nothing where an update was decided, and nobody has any mail before it', () => {
    expect(told(final, { missed: new Set([1]) })).toEqual({ n: 2, kind: 'first', isFinal: false, changes: [] });
  });

  it('is that an account is final which was preliminary before it was taken back', () => {
    const back: DecidedUpdate = { n: 2, kind: 'withdrawn', revision: 2, facts: { severity: 'sev1' }, at: '2026-11-17T14:33:00Z' };
    const again: DecidedUpdate = { ...final, n: 3, kind: 'reinstated', revision: 3 };

    expect(told(again, { updates: [first, back, again] })).toMatchObject({ isFinal: true, before: { sentAt: back.at } });
  });

  it('is measured by the last mail that reached anybody', () => {
    const third = { ...final, n: 3 };
    const { before, first: begun } = told(third, { updates: [first, final, third], missed: new Set([2]) });

    expect([before?.sentAt, begun?.sentAt]).toEqual([first.at, first.at]);
  });
});
