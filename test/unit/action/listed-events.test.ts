import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listedEvents } from '../../../core/action/listed-events.ts';
import { statusOf } from '../../../core/action/status.ts';

const minute = (n: number) => new Date(Date.parse('2026-11-02T10:00:00Z') + n * 60_000).toISOString();
const facts = {
  promisedAt: minute(0),
  reportedAt: minute(0),
  reported: { owner: 'Payments', due: '2026-11-20', status: 'open' as const },
};
const decided = (at: number, what: string, effect: number, until?: string) => ({
  kind: 'decided',
  at: minute(at),
  by: 'sid',
  as: 'CTO',
  what,
  until,
  reason: 'Because.',
  basis: 'hash',
  effectiveAt: minute(effect),
});

/** What people may do at a minute. */
const happening = fc.oneof(
  fc.constant({ kind: 'done' }),
  fc.constant({ kind: 'reopened', reason: 'It came back.' }),
  fc.record({ kind: fc.constant('rescheduled'), due: fc.constantFrom('2026-12-01', '2026-12-24'), reason: fc.constant('Late.') }),
  fc.record({ kind: fc.constant('handed over'), to: fc.constantFrom('Search', 'Payments') }),
  fc.record({ kind: fc.constant('imported'), status: fc.constantFrom('open', 'done', 'declined'), from: fc.constant('tracker') }),
  fc.constant({ kind: 'answered', text: 'Two weeks.' }),
  fc.record({ kind: fc.constant('undone'), undoes: fc.nat(30) }),
  fc.record({
    kind: fc.constant('decided'),
    what: fc.constantFrom('fund', 'accept the risk', 'defer', 'need more'),
    after: fc.nat(12),
    day: fc.constantFrom('2027-01-15', '2027-02-01'),
  }),
  fc.constant({ kind: 'escalated' }),
);
const history = fc.array(happening, { maxLength: 12 }).map((some) =>
  some.map((one, n) => {
    const at = 1 + n * 2;
    if (one.kind === 'decided' && 'what' in one) return decided(at, one.what, at + one.after, one.what === 'defer' ? one.day : undefined);
    if ('undoes' in one) return { kind: 'undone', by: 'sid', at: minute(at), event: minute(1 + 2 * (one.undoes % 12)) };
    return { by: 'sid', at: minute(at), ...one };
  }),
);
const document = fc.record({
  reportedAt: fc.nat(26).map(minute),
  dueReportedAt: fc.option(fc.nat(26).map(minute), { nil: undefined }),
  ownerReportedAt: fc.option(fc.nat(26).map(minute), { nil: undefined }),
  reported: fc.record({
    status: fc.constantFrom('open', 'in-progress', 'done', 'declined'),
    due: fc.constantFrom('2026-11-20', undefined),
    owner: fc.constantFrom('Payments', undefined),
  }),
});

it('of a list gives the same status as the whole history, at every instant', () => {
  fc.assert(
    fc.property(document, history, (change, events) => {
      const row = { ...facts, ...change, events };
      const listed = { ...row, events: listedEvents(row) };
      for (let n = -1; n < 42; n += 1) expect(statusOf(listed, new Date(minute(n)))).toEqual(statusOf(row, new Date(minute(n))));
      expect(listedEvents(listed)).toEqual(listed.events);
    }),
    { numRuns: 30, seed: 1 },
  );
});

it('leaves out what was undone, said again or replaced, and keeps what it does not know', () => {
  const handed = (at: number, to: string) => ({ kind: 'handed over', by: 'sid', at: minute(at), to });
  const fund = decided(9, 'fund', 30);
  const events = [
    { kind: 'escalated', at: minute(1) },
    { kind: 'escalated', at: minute(2) },
    { kind: 'undone', by: 'sid', at: minute(3), event: minute(2) },
    handed(4, 'Search'),
    { kind: 'done', by: 'sid', at: minute(5) },
    { kind: 'undone', by: 'sid', at: minute(6), event: minute(5) },
    handed(7, 'Platform'),
    decided(8, 'accept the risk', 30),
    fund,
  ];
  expect(listedEvents({ ...facts, events })).toEqual([{ kind: 'escalated', at: minute(1) }, handed(7, 'Platform'), fund]);
});

it('keeps the last answer to a question', () => {
  const answered = (at: number) => ({ kind: 'answered', by: 'sid', at: minute(at), text: 'Two weeks.' });
  const asked = decided(4, 'need more', 8);
  const events = [decided(1, 'need more', 2), answered(3), asked, answered(5), answered(6)];
  const listed = listedEvents({ ...facts, events });
  expect(listed).toContainEqual(answered(6));
  expect(listed).not.toContainEqual(answered(5));
});
