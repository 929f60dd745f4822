import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { basisOf } from '../../../core/action/basis.ts';
import { decidedAction, needsDecision } from '../../../core/action/decided.ts';
import type { Decision } from '../../../core/action/event.ts';

const zone = 'Europe/Berlin';
const now = new Date('2026-12-01T07:00:00Z');
const aRow = (fields: Record<string, unknown> = {}, reported: Record<string, unknown> = {}): ActionRow =>
  readActionRow({
    postmortem: 'checkout',
    postmortemTitle: 'Checkout down',
    aid: 'a',
    reported: { title: 'One retry budget', status: 'open', ...reported },
    reportedAt: '2026-11-01T10:00:00Z',
    promisedAt: '2026-11-01T10:00:00Z',
    ...fields,
  });
const decided = (change: Partial<Decision> = {}): Decision => ({
  at: '2026-11-10T10:00:00Z',
  by: 's',
  kind: 'decided',
  what: 'fund',
  reason: '',
  as: 'VP Engineering',
  basis: basisOf(aRow(), now),
  effectiveAt: '2026-11-11T07:00:00Z',
  ...change,
});
const standing = (decision: Partial<Decision>, fields: Record<string, unknown> = {}, reported: Record<string, unknown> = {}) => {
  const { events = [], ...others } = fields;
  return decidedAction(aRow({ ...others, events: [decided(decision), ...[events].flat()] }, reported), now, zone);
};

describe('a decision', () => {
  it('stands beside what it was decided on, with what takes effect later apart', () => {
    expect(standing({})).toMatchObject({ title: 'One retry budget', status: 'open', decision: { what: 'fund' } });
    const later = standing({ effectiveAt: '2026-12-01T07:00:01Z' });
    expect([later.decision, later.pending?.what]).toEqual([undefined, 'fund']);
  });

  it.each([
    ['was deferred until today', { what: 'defer', until: '2026-12-01' }, {}, {}, { why: 'deferred until then', since: '2026-12-01' }],
    ['is deferred until tomorrow', { what: 'defer', until: '2026-12-02' }, {}, {}, undefined],
    ['needed more, and nothing changed', { what: 'need more' }, {}, {}, undefined],
    [
      'needed more, and says what it costs now',
      { what: 'need more' },
      { seenAt: '2026-11-20T10:00:00Z' },
      { cost: 'two weeks' },
      { why: 'changed', since: '2026-11-20T10:00:00Z' },
    ],
    [
      'needed more, and its owner answered',
      { what: 'need more' },
      { events: [{ kind: 'answered', at: '2026-11-21T10:00:00Z', by: 's', text: 'two weeks' }] },
      {},
      { why: 'answered', since: '2026-11-21T10:00:00Z' },
    ],
    [
      'needed more once more after an answer',
      { what: 'need more', at: '2026-11-22T10:00:00Z' },
      { events: [{ kind: 'answered', at: '2026-11-21T10:00:00Z', by: 's', text: 'two weeks' }] },
      {},
      undefined,
    ],
    ['is a risk that was accepted', { what: 'accept the risk' }, {}, {}, undefined],
    [
      'is a risk that was accepted, and the document opened it again',
      { what: 'accept the risk' },
      { reportedAt: '2026-11-20T10:00:00Z' },
      {},
      { why: 'reopened', since: '2026-11-20T10:00:00Z' },
    ],
    [
      'is a risk that was accepted, and somebody said that it is open',
      { what: 'accept the risk' },
      { events: [{ kind: 'reopened', at: '2026-11-21T10:00:00Z', by: 'k', reason: 'again' }] },
      {},
      undefined,
    ],
    [
      'was funded, and costs more now',
      { what: 'fund' },
      { seenAt: '2026-11-20T10:00:00Z' },
      { cost: 'five years' },
      { why: 'changed', since: '2026-11-20T10:00:00Z' },
    ],
    [
      'is a risk that was accepted, and threatens more now',
      { what: 'accept the risk' },
      { seenAt: '2026-11-20T10:00:00Z' },
      { consequence: 'All is lost.' },
      { why: 'changed', since: '2026-11-20T10:00:00Z' },
    ],
    [
      'is a risk that was accepted, and dropped',
      { what: 'accept the risk' },
      { withdrawnAt: '2026-11-20T10:00:00Z' },
      { cost: 'x' },
      undefined,
    ],
    [
      'was funded, and is done',
      { what: 'fund' },
      { events: [{ kind: 'done', at: '2026-11-12T10:00:00Z', by: 'k' }] },
      { cost: 'x' },
      undefined,
    ],
    [
      'was funded, and handed over',
      { what: 'fund' },
      { events: [{ kind: 'handed over', at: '2026-11-12T10:00:00Z', by: 'k', to: 'Search' }] },
      {},
      undefined,
    ],
    [
      'is done, though it was deferred',
      { what: 'defer', until: '2026-11-20' },
      { reportedAt: '2026-11-19T10:00:00Z' },
      { status: 'done' },
      undefined,
    ],
  ] as const)('is asked for once more where the action %s', (_, decision, fields, reported, again) => {
    expect(standing(decision, fields, reported).again).toEqual(again);
  });

  it('is not asked for once more while the next one takes effect', () => {
    const next = decided({ at: '2026-11-30T10:00:00Z', effectiveAt: '2026-12-02T07:00:00Z' });
    expect(standing({ what: 'defer', until: '2026-11-20' }, { events: [next] }).again).toBeUndefined();
  });
});

it.each([
  [{ cost: 'two weeks' }, true],
  [{ consequence: 'logged out again' }, true],
  [{ priority: 'P0' }, true],
  [{ priority: ' prio-1 ' }, true],
  [{ priority: 'P2' }, false],
  [{ priority: '10' }, false],
  [{}, false],
])('%o needs a decision: %s', (said, needed) => {
  expect(needsDecision(said)).toBe(needed);
});
