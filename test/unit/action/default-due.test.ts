import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import { datedStatusOf } from '../../../core/action/default-due.ts';
import { statusOf } from '../../../core/action/status.ts';
import { beginReminders, remindersOf } from '../../../core/reminder/reminders-of.ts';

const rules = { zone: 'Europe/Berlin', dueAfter: { sev1: 15, sev2: 30 } };
const now = new Date('2026-12-01T10:00:00Z');
const row = (given: Record<string, unknown> = {}, reported: Record<string, unknown> = {}): ActionRow =>
  readActionRow({
    postmortem: 'stock-wrong',
    postmortemTitle: 'Stock was wrong',
    aid: 'title#1',
    severity: 'sev1',
    reported: { title: 'Rotate certificates', status: 'open', ...reported },
    reportedAt: '2026-11-20T10:00:00Z',
    // The 21st in Berlin.
    promisedAt: '2026-11-20T23:30:00Z',
    visible: true,
    ...given,
  });
const due = (given?: Record<string, unknown>, reported?: Record<string, unknown>) => {
  const { due: on, dueIs } = datedStatusOf(row(given, reported), now, rules);
  return [on, dueIs];
};
const by = { by: 'a'.repeat(32), reason: 'We have to' };
const funded = (effectiveAt: string) => ({
  ...by,
  at: '2026-11-25T10:00:00Z',
  kind: 'decided',
  what: 'fund',
  as: 'CTO',
  basis: 'x',
  effectiveAt,
});

describe('an action without a day', () => {
  it('counts as due so many days after it was promised, by severity and by the day of the organisation', () => {
    expect([due(), due({ severity: 'sev2' })]).toEqual([
      ['2026-12-06', 'default'],
      ['2026-12-21', 'default'],
    ]);
  });

  it.each([
    ['its severity has none', { severity: 'sev3' }],
    ['its row is of an earlier release', { severity: undefined }],
    ['nobody was told of it', { visible: false }],
    ['the document dropped it', { withdrawnAt: '2026-11-21T10:00:00Z' }],
  ])('has none if %s', (_, given) => {
    expect(due(given)).toEqual([undefined, undefined]);
  });

  it('has none without rules, nor once it is done', () => {
    expect(datedStatusOf(row(), now, undefined)).toEqual(statusOf(row(), now));
    expect(due({}, { status: 'done' })).toEqual([undefined, undefined]);
  });

  it('has the days from when it was funded, or opened again', () => {
    expect(due({ events: [funded('2026-11-26T07:00:00Z')] })).toEqual(['2026-12-11', 'default']);
    expect(due({ events: [funded('2026-12-02T07:00:00Z')] })).toEqual(['2026-12-06', 'default']);
    expect(due({ events: [{ ...by, at: '2026-11-30T10:00:00Z', kind: 'reopened' }] })).toEqual(['2026-12-15', 'default']);
  });

  it('keeps the day that somebody gave it', () => {
    expect(due({}, { due: '2027-03-01' })).toEqual(['2027-03-01', 'promised']);
    expect(due({ events: [{ ...by, at: '2026-11-30T10:00:00Z', kind: 'rescheduled', due: '2027-02-01' }] })).toEqual([
      '2027-02-01',
      'promised',
    ]);
  });

  it('is reminded of, where the file has such days', () => {
    const ada = 'a'.repeat(32);
    const whom = {
      ownersOf: () => [ada],
      leadsOf: () => [],
      authorsOf: () => [],
      writersOf: () => [],
      reviewers: [],
      escalateTo: [],
      standingOf: () => 'asked' as const,
    };
    const calendar = { zone: 'Europe/Berlin', workdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const, holidays: [] };
    const mails = (defaultDue?: typeof rules) =>
      remindersOf(beginReminders('2026-12-06'), '2026-12-07', {
        actions: [row()],
        reviews: [],
        published: [],
        calendar,
        whom,
        defaultDue,
        morning: '08:00',
      }).mails.size;

    // The first working day after the 6th, a Sunday.
    expect([mails(rules), mails()]).toEqual([1, 0]);
  });
});
