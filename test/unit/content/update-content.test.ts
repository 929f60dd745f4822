import { describe, expect, it } from 'vitest';
import { type ToldAgainInput, toldAgainContent } from '../../../core/content/update-content.ts';
import { severityLabels } from '../../../core/distribution/severity-label.ts';
import type { UpdateKind } from '../../../core/incident-update/update-to-tell.ts';
import type { Postmortem } from '../../../core/postmortem/postmortem.ts';
import { atFirst, changed, final, later, mitigated, small, takenBack, updateInput } from '../../support/samples/updates.ts';

const first = 'Sev-1: Checkout is down';
const resolved = changed(mitigated, { mitigatedAt: undefined, resolvedAt: '2026-11-19T13:50:00Z' });
const titled = changed(resolved, { title: 'Nobody could pay' });
const again = (kind: UpdateKind, before: Postmortem, now: Postmortem, more: Partial<ToldAgainInput> = {}) =>
  toldAgainContent(updateInput(kind, before, now, { ...later, ...more }));
const subject = (...args: Parameters<typeof again>) => again(...args).subject;
const facts = ({ changed: told }: ReturnType<typeof again>) => told?.rows.map(({ fact }) => fact);

describe('the subject', () => {
  it.each([
    ['its title and facts still hold', first, mitigated],
    ['it says who was affected, and that holds', 'Sev-1: Checkout is down, 98,000 customers affected', mitigated],
    ['it says when it ended, and that holds', 'Sev-1: Checkout is down, mitigated after 41 minutes', final],
  ])('answers the first mail while %s', (_, firstSubject, now) => {
    expect(subject('update', atFirst, now, { firstSubject })).toBe(`Re: ${firstSubject}`);
  });

  it.each([
    ['its title', first, titled],
    ['its number', 'Sev-1: Checkout is down, 40,000 customers affected', mitigated],
    ['its end', 'Sev-1: Checkout is down, mitigated after 41 minutes', resolved],
    ['the severity', first, changed(mitigated, { severity: 'sev2' })],
  ])('answers it no longer once it is wrong by %s', (_, firstSubject, now) => {
    expect(subject('update', atFirst, now, { firstSubject })).not.toContain('Re:');
  });

  it.each([
    ['Sev-1 update: Nobody could pay: resolved after 58 minutes', 'update', mitigated, titled],
    ['Sev-1 update: Checkout is down: resolved after 58 minutes, 98,000 customers affected', 'update', atFirst, resolved],
    ['Sev-1 update: Checkout is down: the cause is known', 'update', mitigated, changed(mitigated, { rootCauses: ['A new index.'] })],
    ['Sev-1 update: Checkout is down', 'update', mitigated, changed(mitigated, { summary: 'It was down.' })],
    ['Sev-1, final account: Checkout is down', 'update', mitigated, final],
    ['Now Sev-3: Checkout is down', 'lowered', mitigated, small],
    ['Now Sev-1: Checkout is down', 'update', small, mitigated],
    ['Now Sev-2: Checkout is down', 'update', atFirst, changed(final, { severity: 'sev2' })],
    ['Sev-1 stands again: Checkout is down', 'reinstated', mitigated, final],
  ] as const)('of its own: %s', (said, kind, before, now) => {
    expect(subject(kind, before, now)).toBe(said);
  });

  it('has the labels of the company', () => {
    const labels = { ...severityLabels, sev1: 'P0', sev3: 'P2' };
    expect(subject('update', mitigated, final, { labels })).toBe('P0, final account: Checkout is down');
    expect(subject('lowered', mitigated, small, { labels })).toBe('Now P2: Checkout is down');
    expect(again('lowered', mitigated, small, { labels }).lead).toContain('called it P0');
    expect(takenBack({}, { labels }).subject).toBe('Taken back: the P0 sent on 19 November, 14:02 Berlin');
  });

  it.each(['update', 'lowered', 'reinstated'] as const)('of a long title stays under 120 characters: %s', (kind) => {
    const long = changed(resolved, { title: 'long '.repeat(40) });
    expect(subject(kind, mitigated, long).length).toBeLessThanOrEqual(120);
  });
});

describe('the lead', () => {
  it.each([
    ['This mail updates the alert of Thursday 19 November at 14:02, Berlin time.', 'update', atFirst, mitigated],
    ['This account is final now. This mail updates the alert of Thursday 19 November at 14:02, Berlin time.', 'update', mitigated, final],
    [
      'This incident is Sev-3 now. The mail of Thursday 19 November at 15:21, Berlin time, called it Sev-1. This is the last mail about it, unless that changes.',
      'lowered',
      mitigated,
      small,
    ],
    [
      'This incident is Sev-2 now. This account is final now. The mail of Thursday 19 November at 15:21, Berlin time, called it Sev-1.',
      'update',
      mitigated,
      changed(final, { severity: 'sev2' }),
    ],
    ['This incident is Sev-1 now. The mail of Thursday 19 November at 15:21, Berlin time, called it Sev-3.', 'update', small, mitigated],
    [
      'The account of this incident stands again. It was taken back on Thursday 19 November at 15:21, Berlin time.',
      'reinstated',
      mitigated,
      mitigated,
    ],
  ] as const)('says why the mail comes: %s', (said, kind, before, now) => {
    expect(again(kind, before, now).lead).toBe(said);
  });

  it('says that something changed where old values may not be quoted', () => {
    const input = updateInput('update', mitigated, final);
    const told = toldAgainContent({ ...input, update: { ...input.update, changes: [], isFinal: false } });
    expect(told.lead).toMatch(/^The account of this incident was changed\. /);
    expect(told.changed).toBeUndefined();
  });

  it('tells what the table then leaves out', () => {
    expect(facts(again('lowered', mitigated, small))).not.toContain('Severity');
    expect(facts(again('update', small, mitigated))).not.toContain('Severity');
    expect(facts(again('update', mitigated, final))).not.toContain('Account');
    expect(facts(again('update', changed(final, { status: 'preliminary' }), final))).toBeUndefined();
    expect(facts(again('update', final, mitigated))).toContain('Account');
  });
});

it('names the mail before only where that is not the first', () => {
  expect(again('update', atFirst, mitigated).changed?.intro).toBe('Since the mail of Thursday 19 November at 15:21, Berlin time.');
  expect(toldAgainContent(updateInput('update', atFirst, mitigated)).changed?.intro).toBeUndefined();
});

it('shows the changes in the inbox, and ends each like a sentence', () => {
  expect(again('update', atFirst, mitigated).preheader).toMatch(
    /^Customers affected: 98,000 \(before: 40,000\)\. Regions: EU, UK \(before: EU\)\. What happened: Orders failed .* three times\. The incident /,
  );
  expect(again('update', mitigated, final).preheader).toMatch(/^This account is final now\. Customers affected: 120,000 /);
});

describe('readers who choose by severity', () => {
  const chosen = (kind: UpdateKind, before: Postmortem['severity'], now: Postmortem['severity']) =>
    again(kind, changed(mitigated, { severity: before }), changed(mitigated, { severity: now })).chosenBy;

  it('choose an update by the one that reaches more of them', () => {
    expect(chosen('update', 'sev2', 'sev3')).toBe('sev2');
    expect(chosen('update', 'sev3', 'sev1')).toBe('sev1');
    expect(chosen('update', 'unclassified', 'sev3')).toBe('unclassified');
    expect(chosen('update', 'sev3', 'sev3')).toBe('sev3');
  });

  it('all get what says that it is less severe', () => {
    expect(chosen('lowered', 'sev2', 'sev4')).toBeUndefined();
  });
});

describe('an account that was taken back', () => {
  it('tells when it was sent and nothing else', () => {
    const { said, ...rest } = takenBack();
    expect(rest).toEqual({
      kind: 'taken back',
      subject: 'Taken back: the Sev-1 sent on 19 November, 14:02 Berlin',
      preheader: said.join(' '),
      organisation: 'Northwind incident lessons',
      period: 'Taken back · Thursday 19 November, 17:05 Berlin',
      headline: 'The Sev-1 sent on Thursday 19 November at 14:02, Berlin time, was taken back.',
    });
    expect(said).toEqual(['What it said no longer stands. Please do not rely on it, and do not pass it on.']);
  });

  it('takes its updates with it', () => {
    const before = { facts: { severity: 'sev1' }, sentAt: later.sentAt };
    expect(takenBack({ before }).said[0]).toMatch(/^What it said, and the updates since, no longer stand\. /);
  });

  it('is called an alert where the last mail was about something smaller', () => {
    const before = { facts: { severity: 'sev3' }, sentAt: later.sentAt };
    expect(takenBack({ before }).subject).toBe('Taken back: the alert sent on 19 November, 14:02 Berlin');
  });

  it('adds the year to a mail of another year', () => {
    expect(takenBack({ first: { sentAt: '2025-12-30T09:00:00Z' } }).subject).toBe(
      'Taken back: the Sev-1 sent on 30 December 2025, 10:00 Berlin',
    );
  });

  it('names the postmortem that tells of the incident now, and not in its head', () => {
    const { mergedInto, ...head } = takenBack({ mergedInto: { id: 'b', title: 'Sessions were lost' } });
    expect(mergedInto).toEqual({ postmortem: 'b', said: 'The incident is told in “Sessions were lost” now.' });
    expect(JSON.stringify(head)).not.toContain('Sessions');
  });
});
