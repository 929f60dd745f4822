import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { statusOf } from '../../../core/action/status.ts';
import {
  type Choice,
  choiceFlaws,
  type Decider,
  decideOn,
  isDecidable,
  isUndecided,
  pressedOn,
  readChoice,
  type Shown,
  shownOf,
  undoOn,
} from '../../../core/review/decide.ts';

const press = '2026-11-26T10:00:00.000Z';
const effectiveAt = '2026-11-27T07:00:00.000Z';
const [now, later] = [new Date(press), new Date('2026-11-27T09:00:00.000Z')];
const vp = { sid: 'a'.repeat(32), as: 'VP Engineering' };
const cto = { sid: 'b'.repeat(32), as: 'CTO' };

const aRow = (change: object = {}, said: object = {}): ActionRow =>
  readActionRow({
    aid: 'title#1',
    postmortem: 'pm-1',
    postmortemTitle: 'Out of disk',
    promisedAt: '2026-11-02T10:00:00Z',
    reported: { title: 'Lower the limit', owner: 'Payments', status: 'open', cost: 'Two weeks', ...said },
    events: [],
    ...change,
  });
const fund = { what: 'fund', reason: '' } as const;
const accept = { what: 'accept the risk', reason: 'It is rare.' } as const;
interface Pressing {
  readonly shown?: Shown;
  readonly choice?: Choice;
  readonly by?: Decider;
  readonly at?: string;
  readonly when?: Date;
}
const decide = (row: ActionRow, { shown = shownOf(row, now), choice = fund, by = vp, at = press, when = now }: Pressing = {}) =>
  decideOn(row, { shown, choice, by, press: at, effectiveAt }, when);
/** The row after a change, as `pressAction` stores it. */
const stored = (row: ActionRow, change: ReturnType<typeof decide> | ReturnType<typeof undoOn>, at = press): ActionRow => {
  if (change.kind !== 'events') throw new Error(`nothing to store: ${JSON.stringify(change)}`);
  return {
    ...row,
    events: [...row.events, ...change.events.map((event, n) => ({ ...event, at: new Date(Date.parse(at) + n).toISOString() }))],
  };
};
const done = { kind: 'done', at: '2026-11-25T10:00:00.000Z', by: cto.sid };

describe('what was chosen', () => {
  const sent = (change: object) => readChoice({ what: '', until: '', reason: '', ...change }, '2026-11-27');

  it('is nothing, one of the four, or wrong in words', () => {
    expect(sent({ reason: 'Typed and not chosen.' })).toBeUndefined();
    expect(sent({ what: 'fund' })).toEqual({ what: 'fund', reason: '' });
    expect(sent({ what: 'accept the risk', reason: '  It is\r\nrare. ' })).toEqual({ what: 'accept the risk', reason: 'It is\nrare.' });
    expect(sent({ what: 'defer', until: '2027-01-01', reason: 'After the move.' })).toEqual({
      what: 'defer',
      until: '2027-01-01',
      reason: 'After the move.',
    });
    expect(sent({ what: 'need more', until: '2027-01-01', reason: 'What does it cost?' })).not.toHaveProperty('until');
  });

  it.each([
    ['unknown choice', { what: 'fire them', reason: 'Because.' }],
    ['no reason', { what: 'need more', reason: ' a ' }],
    ['no reason', { what: 'fund', reason: 'ok' }],
    ['no reason', { what: 'need more', reason: '\u200b\u200b\u200b\u202e' }],
    ['long reason', { what: 'fund', reason: 'x'.repeat(501) }],
    ['no day', { what: 'defer', reason: 'Because.' }],
    ['no day', { what: 'defer', reason: 'Because.', until: '2027-02-30' }],
    ['no day', { what: 'defer', reason: 'Because.', until: 'next week' }],
    ['early day', { what: 'defer', reason: 'Because.', until: '2026-11-25' }],
    ['early day', { what: 'defer', reason: 'Because.', until: '2026-11-27' }],
    ['late day', { what: 'defer', reason: 'Because.', until: '2030-01-01' }],
    ['late day', { what: 'defer', reason: 'Because.', until: '9999-12-31' }],
  ] as const)('is refused: %s', (flaw, change) => {
    expect(sent(change)).toEqual({ flaws: [flaw] });
    expect(choiceFlaws[flaw]).toMatch(/\.$/);
  });

  it('has every flaw named at once', () => {
    expect(sent({ what: 'defer' })).toEqual({ flaws: ['no reason', 'no day'] });
  });
});

describe('a decision', () => {
  it('is stored with the office, what it was made on, and the morning from which it counts', () => {
    const row = aRow();
    const after = stored(row, decide(row, { choice: accept }));
    expect(after.events).toEqual([
      { kind: 'decided', by: vp.sid, as: vp.as, ...accept, basis: shownOf(row, now).basis, effectiveAt, press, at: press },
    ]);
    expect(statusOf(after, now)).toMatchObject({ status: 'open', pending: accept });
    expect(statusOf(after, later)).toMatchObject({ status: 'declined', decision: accept });
  });

  it('pressed again does nothing, also once it is in effect', () => {
    const row = aRow();
    const after = stored(row, decide(row));
    for (const when of [now, later]) {
      expect(decide(after, { shown: shownOf(row, now), when })).toEqual({ kind: 'nothing' });
      expect(decide(after, { when })).toEqual({ kind: 'nothing' });
    }
  });

  it('is refused where somebody else did something since the page was shown, with what they did', () => {
    const row = aRow();
    const after = stored(row, decide(row, { by: cto }));
    expect(decide(after, { shown: shownOf(row, now), choice: accept })).toMatchObject({
      kind: 'refused',
      why: { why: 'changed', text: false, since: [{ kind: 'decided', what: 'fund', as: 'CTO' }] },
    });
    expect(decide(aRow({ events: [done] }), { shown: shownOf(row, now) })).toMatchObject({
      kind: 'refused',
      why: { since: [{ kind: 'done' }] },
    });
  });

  it.each([{ title: 'Raise the limit' }, { owner: 'Search' }, { cost: 'Two months' }, { consequence: 'It fills up again.' }])(
    'is refused where the document says something else than the page: %j',
    (said) => {
      expect(decide(aRow({}, said), { shown: shownOf(aRow(), now) })).toEqual({
        kind: 'refused',
        why: { why: 'changed', text: true, since: [] },
      });
    },
  );

  it('holds although the day or the link of the action changed', () => {
    expect(decide(aRow({}, { due: '2026-12-24', link: 'https://example.com/1' }), { shown: shownOf(aRow(), now) }).kind).toBe('events');
  });

  it('is refused on what is done, withdrawn, or was declined by its author', () => {
    for (const row of [
      aRow({}, { status: 'done' }),
      aRow({ withdrawnAt: press }),
      aRow({}, { status: 'declined' }),
      aRow({ events: [done] }),
    ]) {
      expect(isDecidable(row, now)).toBe(false);
      expect(decide(row)).toEqual({ kind: 'refused', why: { why: 'over' } });
    }
  });

  it('can be replaced by another one, before it takes effect and after', () => {
    const row = aRow();
    const accepted = stored(row, decide(row, { choice: accept }));
    const changed = stored(accepted, decide(accepted, { by: cto, at: '2026-11-26T11:00:00.000Z' }), '2026-11-26T11:00:00.000Z');
    expect(statusOf(changed, now)).toMatchObject({ status: 'open', pending: { what: 'fund', as: 'CTO' } });
    expect(statusOf(changed, later)).toMatchObject({ status: 'open', decision: { what: 'fund' } });
    expect(isDecidable(accepted, later)).toBe(true);
    const funded = decideOn(
      accepted,
      { shown: shownOf(accepted, later), choice: fund, by: vp, press: later.toISOString(), effectiveAt: '2026-11-30T07:00:00.000Z' },
      later,
    );
    const after = stored(accepted, funded, later.toISOString());
    expect(statusOf(after, later)).toMatchObject({ status: 'declined', pending: fund });
    expect(statusOf(after, new Date('2026-11-30T07:00:00Z'))).toMatchObject({ status: 'open', decision: fund });
  });

  it('that was replaced before its morning never counts, also where the other one counts later', () => {
    const night = '2026-11-27T05:00:00.000Z';
    const row = aRow();
    const accepted = stored(row, decide(row, { choice: accept }));
    const other = decideOn(
      accepted,
      { shown: shownOf(accepted, new Date(night)), choice: fund, by: cto, press: night, effectiveAt: '2026-11-30T07:00:00.000Z' },
      new Date(night),
    );
    const after = stored(accepted, other, night);
    expect(statusOf(after, later)).toMatchObject({ status: 'open', pending: fund });
    const back = stored(after, undoOn(after, { by: cto.sid, press: night }, new Date(night)), '2026-11-27T06:00:00.000Z');
    expect(statusOf(back, later)).toMatchObject({ status: 'declined', decision: accept });
  });
});

describe('what waits for a decision', () => {
  it('is open and nobody decided on it', () => {
    const row = aRow();
    expect(isUndecided(row, now)).toBe(true);
    for (const other of [stored(row, decide(row)), aRow({}, { status: 'done' }), aRow({ withdrawnAt: press })])
      expect(isUndecided(other, now)).toBe(false);
  });
});

describe('taking back', () => {
  const row = aRow();
  const after = stored(row, decide(row, { choice: accept }));
  const mine = { by: vp.sid, press };

  it('is possible until the morning, and once', () => {
    const back = stored(after, undoOn(after, mine, now), '2026-11-26T12:00:00.000Z');
    expect(statusOf(back, later)).toEqual(statusOf(row, later));
    expect(pressedOn(back, mine, now)).toMatchObject([{ became: 'undone', decision: accept }]);
    expect(undoOn(back, mine, now)).toEqual({ kind: 'nothing' });
  });

  it('is refused once it is in effect, and changes nothing of others', () => {
    expect(undoOn(after, mine, later)).toEqual({ kind: 'refused', why: 'in effect' });
    expect(pressedOn(after, mine, later)).toMatchObject([{ became: 'in effect' }]);
    expect(undoOn(after, { by: cto.sid, press }, now)).toEqual({ kind: 'nothing' });
    expect(undoOn(after, { by: vp.sid, press: '2026-11-26T10:00:00.001Z' }, now)).toEqual({ kind: 'nothing' });
  });

  it('makes the form that was sent before it stale', () => {
    const back = stored(after, undoOn(after, mine, now), '2026-11-26T12:00:00.000Z');
    expect(decide(back, { shown: shownOf(row, now), choice: accept })).toMatchObject({
      kind: 'refused',
      why: { since: [{ kind: 'decided' }, { kind: 'undone' }] },
    });
  });
});
