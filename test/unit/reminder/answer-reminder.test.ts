import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { actionKeyOf } from '../../../core/action/action-key.ts';
import { statusOf } from '../../../core/action/status.ts';
import type { AuditLine } from '../../../core/audit/audit.ts';
import type { ReminderEntry } from '../../../core/edition/reminders.ts';
import { type Answer, answerReminder, askedActions, daysToChoose, readAnswer } from '../../../core/reminder/answer-reminder.ts';
import { aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const askedAt = '2026-11-23T07:00:00Z';
const at = '2026-11-23T10:00:00Z';
const now = () => new Date(at);
const sid = aSid(1);
const distribution = aDistribution({
  teams: [{ name: 'Payments', leads: ['pia@example.com'] }, { name: 'Search', deputies: ['sam@example.com'] }, { name: 'Network' }],
});

const aRow = (change: object = {}): ActionRow =>
  readActionRow({
    ...{
      postmortem: 'pm-1',
      postmortemTitle: 'Out of disk',
      aid: 'title#1',
      promisedAt: '2026-11-02T10:00:00Z',
      visible: true,
      version: 1,
    },
    ...{ reportedAt: '2026-11-02T10:00:00Z' },
    ...{ reported: { title: 'Lower the limit', owner: 'Rosa Lind', status: 'open', due: '2026-11-23' }, ...change },
  });
const entry = (change: Partial<ReminderEntry> = {}): ReminderEntry => ({
  ...{ kind: 'action', as: 'owner', postmortem: 'pm-1', aid: 'title#1' },
  ...change,
});

/** The rows of a postmortem in memory. `meanwhile` runs once before a row is put. */
function aLedger(row: ActionRow, meanwhile?: (row: ActionRow) => ActionRow) {
  const kept = { row, other: meanwhile, now: now() };
  const lines: AuditLine[] = [];
  const deps = {
    actions: {
      read: async () => kept.row,
      put: async (next: ActionRow) => {
        if (kept.other) {
          kept.row = { ...kept.other(kept.row), version: kept.row.version + 1 };
          kept.other = undefined;
        }
        if (next.version !== kept.row.version) return false;
        kept.row = { ...next, version: next.version + 1 };
        return true;
      },
    },
    audit: { record: async (line: AuditLine) => void lines.push(line) },
    now: () => kept.now,
  };
  const press = (answer: Answer, one = entry()) => answerReminder({ entry: one, row }, answer, { sid, askedAt, rules: distribution }, deps);
  return {
    press,
    lines,
    at: (moment: string) => {
      kept.now = new Date(moment);
    },
    row: () => kept.row,
    is: () => statusOf(kept.row, kept.now),
  };
}

describe('what a mail asked about', () => {
  const listed = (rows: readonly ActionRow[], ...entries: ReminderEntry[]) =>
    askedActions(entries, rows, askedAt).map(({ row, notTheirs }) => [row.aid, notTheirs]);

  it('is shown as it is now, each once, and what nobody may be told of is not', () => {
    const rows = [aRow(), aRow({ aid: 'title#2' }), aRow({ aid: 'title#3', visible: false })];
    const entries = ['title#2', 'title#1', 'title#3', 'title#4', 'title#2'].map((aid) => entry({ aid }));
    expect(listed(rows, ...entries, { kind: 'review', as: 'reviewer', postmortem: 'pm-1' })).toEqual([
      ['title#2', undefined],
      ['title#1', undefined],
    ]);
  });

  it('is not answered for by a reviewer, unless they own it as well', () => {
    const asReviewer = entry({ kind: 'deferral', as: 'reviewer' });
    expect(listed([aRow()], asReviewer)).toEqual([['title#1', 'reviewer']]);
    expect(listed([aRow()], asReviewer, entry())).toEqual([['title#1', undefined]]);
    expect(listed([aRow()], entry(), asReviewer)).toEqual([['title#1', undefined]]);
  });

  const handed = { at, by: aSid(2), kind: 'handed over', to: 'Search' };
  it.each<[string, object, string | undefined]>([
    ['belongs to another once the document says so', { ownerReportedAt: at }, 'moved'],
    ['or somebody handed it over', { events: [handed] }, 'moved'],
    ['unless that was taken back', { events: [handed, { at, by: aSid(2), kind: 'undone', event: at }] }, undefined],
    ['or was before the mail', { ownerReportedAt: '2026-11-20T00:00:00Z', events: [{ ...handed, at: '2026-11-20T00:00:00Z' }] }, undefined],
    ['is over once the document dropped it', { withdrawnAt: at }, 'withdrawn'],
  ])('%s', (_, change, expected) => {
    expect(listed([aRow(change)], entry())).toEqual([['title#1', expected]]);
  });
});

describe('an answer', () => {
  it('is stored with its line in the audit log, and the second time nothing is', async () => {
    const { press, lines, is, row } = aLedger(aRow());
    expect(await press({ kind: 'done' })).toMatchObject({ kind: 'stored' });
    expect(is()).toMatchObject({ status: 'done', closedAt: at });
    expect(await press({ kind: 'done' })).toMatchObject({ kind: 'nothing' });
    expect(row().events).toHaveLength(1);
    expect(lines).toEqual([
      { at, who: 'reader', act: 'action done', facts: { subscriber: sid, postmortem: 'pm-1', action: actionKeyOf({ aid: 'title#1' }) } },
    ]);
  });

  it('moves the day, hands over and reopens; the log has the day and the team, and no reason', async () => {
    const { press, lines, is } = aLedger(aRow());
    await press({ kind: 'rescheduled', due: '2026-12-04', reason: 'parts are late' });
    expect(is()).toMatchObject({ due: '2026-12-04' });
    await press({ kind: 'done' });
    await press({ kind: 'reopened', reason: 'it came back' });
    await press({ kind: 'handed over', to: 'Search' });
    expect(is()).toMatchObject({ status: 'open', owner: 'Search' });
    expect(lines.map(({ act, facts: { due, to } }) => [act, due ?? to])).toEqual([
      ['action rescheduled', '2026-12-04'],
      ['action done', undefined],
      ['action reopened', undefined],
      ['action handed over', 'Search'],
    ]);
    expect(JSON.stringify(lines)).not.toContain('late');
  });

  it('is nothing any more once it was handed over; pressing the same again is no error', async () => {
    const { press } = aLedger(aRow());
    await press({ kind: 'handed over', to: 'Search' });
    expect(await press({ kind: 'handed over', to: 'Search' })).toMatchObject({ kind: 'nothing' });
    expect(await press({ kind: 'done' })).toMatchObject({ kind: 'refused', why: 'moved' });
  });

  it('is refused by what is so when it is stored, not when the page was shown', async () => {
    const moved = aLedger(aRow(), (row) => readActionRow({ ...row, ownerReportedAt: at }));
    expect(await moved.press({ kind: 'done' })).toMatchObject({ kind: 'refused', why: 'moved' });
    const hidden = aLedger(aRow(), (row) => readActionRow({ ...row, visible: false }));
    expect(await hidden.press({ kind: 'done' })).toMatchObject({ kind: 'refused', why: 'hidden' });
    expect([moved, hidden].flatMap(({ lines, row }) => [lines.length, row().events.length])).toEqual([0, 0, 0, 0]);
  });
});

describe('what leadership asked', () => {
  const asks = {
    ...{ at: '2026-11-20T10:00:00Z', by: aSid(9), kind: 'decided', what: 'need more', reason: 'How long?', as: 'VP Engineering' },
    ...{ basis: 'b', effectiveAt: '2026-11-23T07:00:00Z' },
  };
  const answer = { kind: 'answered', text: 'Two weeks.' } as const;

  it.each([
    ['in effect', asks],
    ['that takes effect later, of which a mail told already', { ...asks, effectiveAt: '2026-11-23T11:00:00Z' }],
  ])('is answered once, a question %s; the log does not repeat the answer', async (_, event) => {
    const { press, row, lines } = aLedger(aRow({ events: [event] }));
    expect((await press(answer)).kind).toBe('stored');
    expect((await press(answer)).kind).toBe('nothing');
    expect(row().events.slice(1)).toEqual([{ at, by: sid, ...answer }]);
    expect(statusOf(row(), new Date('2026-11-24T07:00:00Z')).answer).toMatchObject(answer);
    expect([lines.map(({ act }) => act), JSON.stringify(lines)]).toEqual([['action answered'], expect.not.stringContaining('weeks')]);
  });

  it.each([
    ['nobody asked', {}, 'not asked'],
    ['it was funded', { events: [{ ...asks, what: 'fund' }] }, 'not asked'],
    ['it is done', { events: [asks, { at: '2026-11-23T08:00:00Z', by: 'k', kind: 'done' }] }, 'not asked'],
    ['the document dropped it', { events: [asks], withdrawnAt: at }, 'withdrawn'],
    ['it is somebody else’s', { events: [asks], ownerReportedAt: at }, 'moved'],
  ])('takes no answer where %s', async (_, change, why) => {
    expect(await aLedger(aRow(change)).press(answer)).toMatchObject({ kind: 'refused', why });
  });
});

describe('a hand-over', () => {
  const handed = async (row = aRow()) => {
    const ledger = aLedger(row);
    await ledger.press({ kind: 'handed over', to: 'Search' });
    return ledger;
  };
  const back = { kind: 'taken back' } as const;

  it('is taken back by whoever made it, until the next working morning', async () => {
    const ledger = await handed();
    ledger.at('2026-11-24T06:59:59Z');
    expect((await ledger.press(back)).kind).toBe('stored');
    expect(ledger.is()).toMatchObject({ owner: 'Rosa Lind' });
    expect((await ledger.press({ kind: 'done' })).kind).toBe('stored');
    expect(ledger.lines.map(({ act }) => act)).toEqual(['action handed over', 'action taken back', 'action done']);
  });

  it('stays afterwards, and once somebody else did something', async () => {
    const late = await handed();
    late.at('2026-11-24T07:00:00Z');
    expect(await late.press(back)).toMatchObject({ kind: 'refused', why: 'too late' });
    const { row } = await handed();
    const others: object[] = [
      { events: [...row().events, { at: '2026-11-23T11:00:00Z', by: aSid(2), kind: 'rescheduled', due: '2026-12-01', reason: 'why' }] },
      { ownerReportedAt: '2026-11-23T11:00:00Z' },
      { events: [{ at, by: aSid(2), kind: 'handed over', to: 'Search' }] },
    ];
    for (const other of others)
      expect(await aLedger(readActionRow({ ...row(), ...other })).press(back)).toMatchObject({ kind: 'refused', why: 'too late' });
    expect(await aLedger(aRow()).press(back)).toMatchObject({ kind: 'refused', why: 'too late' });
  });
});

describe('a form', () => {
  const sent = { kind: 'rescheduled', due: '2026-12-04', reason: 'parts are late', to: '', text: '' };
  const read = (change: object) => readAnswer({ ...sent, ...change }, distribution, now());

  it('is read as one answer', () => {
    expect(read({})).toEqual({ kind: 'rescheduled', due: '2026-12-04', reason: 'parts are late' });
    expect(read({ kind: 'done' })).toEqual({ kind: 'done' });
    expect(read({ kind: 'reopened', reason: ' it came back ' })).toEqual({ kind: 'reopened', reason: 'it came back' });
    expect(read({ kind: 'handed over', to: 'Search' })).toEqual({ kind: 'handed over', to: 'Search' });
    expect(read({ kind: 'answered', text: ' Two weeks,\r\nby two people. ' })).toEqual({
      kind: 'answered',
      text: 'Two weeks,\nby two people.',
    });
    expect(read({ kind: 'taken back' })).toEqual({ kind: 'taken back' });
    expect(read({ kind: 'imported' })).toBeUndefined();
  });

  it.each<[object, readonly string[]]>([
    [{ due: '' }, ['due']],
    [{ due: '2026-02-30' }, ['due']],
    [{ due: '2026-11-23' }, ['due']],
    [{ due: '2027-11-25' }, ['due']],
    [{ due: 'soon', reason: '' }, ['due', 'reason']],
    [{ reason: 'ask rosa@example.com' }, ['reason']],
    [{ reason: 'x'.repeat(301) }, ['reason']],
    [{ kind: 'reopened', reason: '' }, ['reason']],
    [{ kind: 'handed over', to: 'Facilities' }, ['to']],
    [{ kind: 'handed over', to: '' }, ['to']],
    // Nobody there would hear of it.
    [{ kind: 'handed over', to: 'Network' }, ['to']],
    [{ kind: 'answered', text: ' . ' }, ['text']],
    [{ kind: 'answered', text: '\u200b\u2066\0\u200b' }, ['text']],
    [{ kind: 'answered', text: 'x'.repeat(501) }, ['text']],
  ])('%j is refused by its field', (change, flaws) => {
    expect(read(change)).toEqual({ flaws });
  });

  it('may name a day from tomorrow on, where the organisation is', () => {
    expect(daysToChoose(new Date('2026-11-23T23:30:00Z'), 'Europe/Berlin')).toEqual({ first: '2026-11-25', last: '2027-11-25' });
  });
});
