import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeOpen, promiseAt, readActionRow } from '../../../core/action/action.ts';
import { basisOf } from '../../../core/action/basis.ts';
import { statusOf } from '../../../core/action/status.ts';

const row = {
  aid: 'title#1',
  postmortem: 'pm-1',
  postmortemTitle: 'Out of disk',
  promisedAt: '2026-11-02T10:00:00Z',
  reportedAt: '2026-11-02T10:00:00Z',
  reported: { title: 'Lower the limit', owner: 'Payments', due: '2026-11-20', status: 'open' as const },
  events: [] as unknown[],
};
const on = (day: number) => `2026-11-${String(day).padStart(2, '0')}T09:00:00.000Z`;
const done = { kind: 'done', at: on(5), by: 'sid' };
const decided = (what: string, at: number, more = {}) => ({
  kind: 'decided',
  what,
  at: on(at),
  by: 'sid',
  as: 'VP Engineering',
  reason: 'Because.',
  basis: 'hash',
  effectiveAt: on(at + 1),
  ...more,
});
const status = (events: unknown[], day = 28, change: object = {}) => statusOf({ ...row, events, ...change }, new Date(on(day)));

describe('what became of an action', () => {
  it('is what the document says, as long as nobody did anything', () => {
    expect(status([])).toEqual({ status: 'open', due: '2026-11-20', dueIs: 'promised', owner: 'Payments' });
    const reported = { ...row.reported, status: 'done' as const };
    expect(status([], 28, { reported, reportedAt: on(9) })).toMatchObject({ status: 'done', closedAt: on(9) });
  });

  it('is done by a press, until it is reopened or the press is undone', () => {
    expect(status([done])).toMatchObject({ status: 'done', closedAt: on(5) });
    expect(status([done, { kind: 'reopened', at: on(6), by: 'sid', reason: 'It came back.' }])).not.toHaveProperty('closedAt');
    expect(status([done, { kind: 'undone', at: on(6), by: 'sid', event: on(5) }])).toMatchObject({ status: 'open' });
  });

  it('is what the later of the document and a press says', () => {
    expect(status([done], 28, { reportedAt: on(9) })).toMatchObject({ status: 'open' });
    const reported = { ...row.reported, status: 'done' as const };
    expect(status([done], 28, { reported, reportedAt: on(9) })).toMatchObject({ status: 'done', closedAt: on(5) });
  });

  it('is decided from the morning on which the decision takes effect', () => {
    const accepted = decided('accept the risk', 10);
    expect(status([accepted], 10)).toMatchObject({ status: 'open', pending: { what: 'accept the risk' } });
    expect(status([accepted], 11)).toMatchObject({ status: 'declined', closedAt: on(11), decision: { what: 'accept the risk' } });
    expect(status([accepted, decided('fund', 12)], 14)).toMatchObject({ status: 'open', decision: { what: 'fund' } });
    expect(status([done, accepted], 14)).toMatchObject({ status: 'done', closedAt: on(5) });
  });

  it.each([
    ['a press', { kind: 'done' }, { kind: 'reopened', reason: 'Not finished.' }],
    ['a tracker', { kind: 'imported', status: 'done', from: 'Jira' }, { kind: 'imported', status: 'in-progress', from: 'Jira' }],
  ])('has its accepted risk again when %s takes back that it was done', (_, one, other) => {
    const accepted = decided('accept the risk', 10, { effectiveAt: on(14) });
    const [closed, opened] = [one, other].map((event, n) => ({ ...event, at: on(12 + n), by: 'sid' }));
    expect(status([accepted, closed], 20)).toMatchObject({ status: 'done' });
    expect(status([accepted, closed, opened], 20)).toMatchObject({ status: 'declined', decision: { what: 'accept the risk' } });
    expect(status([accepted, closed, opened, decided('fund', 15)], 20)).toMatchObject({ status: 'open' });
    expect(status([accepted, closed, opened], 20, { reportedAt: on(11) })).not.toMatchObject({ status: 'declined' });
  });

  it('is due, and owned, as was said last', () => {
    expect(status([decided('defer', 10, { until: '2027-01-15' })])).toMatchObject({ due: '2027-01-15', dueIs: 'deferred', status: 'open' });
    const rescheduled = { kind: 'rescheduled', at: on(8), by: 'sid', due: '2026-12-24', reason: 'Parts are late.' };
    expect(status([rescheduled])).toMatchObject({ due: '2026-12-24', dueIs: 'promised' });
    expect(status([rescheduled], 28, { dueReportedAt: on(9) })).toMatchObject({ due: '2026-11-20' });
    const handed = { kind: 'handed over', at: on(8), by: 'sid', to: 'Search' };
    expect(status([handed])).toMatchObject({ owner: 'Search' });
    expect(status([handed], 28, { ownerReportedAt: on(9) })).toMatchObject({ owner: 'Payments' });
  });

  it('does not depend on the order in which events are stored', () => {
    const events = [
      done,
      { kind: 'reopened', at: on(6), by: 'sid', reason: 'It came back.' },
      decided('accept the risk', 10),
      decided('defer', 13, { until: '2027-01-15' }),
      { kind: 'imported', at: on(16), by: 'key', status: 'in-progress', from: 'tracker' },
      { kind: 'undone', at: on(17), by: 'sid', event: on(13) },
      { kind: 'handed over', at: on(18), by: 'sid', to: 'Search' },
    ];
    const expected = status(events);
    expect(expected).toMatchObject({ status: 'declined', owner: 'Search', decision: { what: 'accept the risk' } });
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (some) => {
        expect(status(some)).toEqual(expected);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('takes what it does not know for something that did not happen', () => {
    const unknown = [{ kind: 'escalated', at: on(7) }, decided('escalate', 10), null, 'done', { ...done, at: 'yesterday' }];
    expect(status(unknown)).toEqual(status([]));
  });
});

describe('a row of actions', () => {
  const { reported, reportedAt: _, events: _e, ...flat } = row;
  const now = new Date(on(28));

  it('is read as earlier releases wrote it', () => {
    const promise = { ...flat, ...reported };
    expect(promiseAt(readActionRow(promise), now)).toEqual(promise);
    for (const change of [
      { status: 'done', closedAt: on(9) },
      { withdrawn: true, closedAt: on(9) },
      { status: 'done', withdrawn: true, closedAt: on(9) },
    ] as const)
      expect(promiseAt(readActionRow({ ...promise, ...change }), now)).toEqual({ ...promise, ...change });
  });

  it('is read as later ones write it, and keeps what they know more', () => {
    const later = { ...row, reported: { ...reported, approvedBy: 'Ada' }, seenAt: 7, times: 'twice', perhaps: [], more: { of: 'it' } };
    const read = readActionRow({ ...later, events: [done, { kind: 'escalated' }] });

    expect(promiseAt(read, now)).toEqual({ ...flat, ...reported, status: 'done', closedAt: on(5) });
    expect(read).toMatchObject({ more: { of: 'it' }, events: [done, { kind: 'escalated' }], times: 1 });
  });

  it('counts as open as long as it may be opened by a decision to come', () => {
    const accepted = decided('accept the risk', 10, { basis: basisOf(readActionRow(row), now) });
    const open = (events: unknown[], day: number) => mayBeOpen(readActionRow({ ...row, events }), new Date(on(day)));
    expect([open([accepted], 10), open([accepted], 11), open([accepted, decided('fund', 12)], 12)]).toEqual([true, false, true]);
    const other = { ...row, reported: { ...row.reported, cost: 'Two weeks' }, events: [accepted] };
    expect(mayBeOpen(readActionRow(other), new Date(on(11)))).toBe(true);
    expect(mayBeOpen(readActionRow({ ...row, withdrawnAt: on(4) }), now)).toBe(false);
  });
});
