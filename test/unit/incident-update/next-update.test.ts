import { describe, expect, it } from 'vitest';
import type { IncidentUpdates } from '../../../core/incident-update/incident-updates.ts';
import { mostUpdates, nextUpdate, type Standing, type Untold, type UpdateRules } from '../../../core/incident-update/next-update.ts';
import type { UpdateKind } from '../../../core/incident-update/update-to-tell.ts';
import type { Facts } from '../../../core/rendition/facts.ts';

const zero = Date.parse('2026-11-17T14:31:00Z');
/** `2:30` after the first mail. */
const at = (minutes: number, seconds = 0) => new Date(zero + minutes * 60_000 + seconds * 1000);
const instantAt = (minutes: number, seconds = 0) => at(minutes, seconds).toISOString().replace('.000Z', 'Z');
const days = (n: number) => n * 24 * 60;

const rules: UpdateRules = { withinDays: 14, updates: true, pace: { windowMs: 120_000, settlingMs: 60_000 } };
const facts: Facts = { title: 'Checkout down', severity: 'sev1', status: 'preliminary', impact: 'All customers' };

const tellable = (change: Partial<Extract<Standing, { is: 'tellable' }>> = {}): Standing => ({
  is: 'tellable',
  revision: 2,
  at: instantAt(1, 30),
  facts,
  deserves: true,
  isNews: true,
  ...change,
});
const changed = (change: Facts, more: Partial<Extract<Standing, { is: 'tellable' }>> = {}) =>
  tellable({ facts: { ...facts, ...change }, ...more });
const hidden: Standing = { is: 'hidden', revision: 2, at: instantAt(1, 30) };
const lowered = changed({ severity: 'sev3' }, { deserves: false });

const told = (...kinds: UpdateKind[]): IncidentUpdates => ({
  stream: 'sev1-alerts',
  incident: 'checkout',
  version: kinds.length,
  updates: kinds.map((kind, i) => ({
    n: i + 1,
    kind,
    revision: 1,
    facts: kind === 'withdrawn' ? { severity: 'sev1' } : facts,
    at: instantAt(0),
  })),
});
const none: ReadonlySet<number> = new Set();
const missing = (...missed: number[]): Untold => ({ missed: new Set(missed), unread: none, isCutShort: false });
const waiting = (since: string, urgentSince?: string): IncidentUpdates => ({
  ...told('first'),
  next: { state: 'waiting', since, dueAt: instantAt(99), ...(urgentSince && { urgentSince }) },
});

/** What is sent once everything is due. */
const kindAfter = (row: IncidentUpdates | undefined, standing: Standing, now = at(30), more: Partial<UpdateRules> = {}) => {
  const next = nextUpdate(row, standing, { ...rules, ...more }, now);
  return next && ('send' in next ? next.send : 'wait');
};
/** When it is due. */
const dueAfter = (row: IncidentUpdates, standing: Standing) => {
  const next = nextUpdate(row, standing, rules, at(0));
  return next && 'wait' in next ? next.wait.dueAt : next;
};

describe('what is told next', () => {
  it.each([
    [31, 'update'],
    [29, undefined],
  ])('is no update where all that is new is news announced for minute %i, at minute 30', (minute, kind) => {
    expect(kindAfter(told('first'), changed({ nextNewsAt: instantAt(minute) }))).toBe(kind);
  });

  const again = changed({ title: 'Checkout and search down' });
  const standings = { 'as told': tellable(), differs: again, lowered, hidden };
  const table: [UpdateKind[], Record<keyof typeof standings, UpdateKind | undefined>][] = [
    [[], { 'as told': 'first', differs: 'first', lowered: undefined, hidden: undefined }],
    [['first'], { 'as told': undefined, differs: 'update', lowered: 'lowered', hidden: 'withdrawn' }],
    [['first', 'update'], { 'as told': undefined, differs: 'update', lowered: 'lowered', hidden: 'withdrawn' }],
    [['first', 'lowered'], { 'as told': 'update', differs: 'update', lowered: undefined, hidden: 'withdrawn' }],
    [['first', 'withdrawn'], { 'as told': 'reinstated', differs: 'reinstated', lowered: undefined, hidden: undefined }],
    [['first', 'withdrawn', 'reinstated'], { 'as told': undefined, differs: 'update', lowered: 'lowered', hidden: 'withdrawn' }],
  ];
  it.each(table)('after %j follows from how it stands', (kinds, expected) => {
    const row = kinds.length > 0 ? told(...kinds) : undefined;
    const found = Object.fromEntries(Object.entries(standings).map(([name, standing]) => [name, kindAfter(row, standing)]));

    expect(found).toEqual(expected);
  });

  it('is no first mail where the postmortem is history', () => {
    expect(kindAfter(undefined, tellable({ isNews: false }))).toBeUndefined();
  });

  it('is the first mail at once, and once more where that one reached nobody', () => {
    expect(nextUpdate(undefined, tellable(), rules, at(0))).toEqual({ send: 'first' });
    expect(nextUpdate(told('first'), tellable(), rules, at(0), missing(1))).toEqual({ send: 'first' });
  });

  it('is measured by the mail that readers have, where the last one reached nobody', () => {
    const row = told('first', 'update');
    const second = { n: 2, kind: 'update', revision: 2, facts: { ...facts, title: 'Search down' }, at: instantAt(0) } as const;
    const missed = { ...row, updates: [row.updates[0] ?? second, second] };

    expect(nextUpdate(missed, tellable(), rules, at(30), missing(2))).toBeUndefined();
  });

  describe('where nobody has the last mail, which may still leave or was recalled', () => {
    const unread = (row: IncidentUpdates, standing: Standing, now = at(30)) =>
      nextUpdate(row, standing, rules, now, { missed: none, unread: new Set([row.updates.length]), isCutShort: false });

    it('is nothing while the incident stands as that one says', () => {
      expect(unread(told('first'), tellable())).toBeUndefined();
    });

    it.each([
      [told('first'), again, { send: 'first' }],
      [told('first'), hidden, { end: 1 }],
      [told('first'), lowered, { end: 1 }],
      [told('first', 'withdrawn'), tellable(), { end: 2 }],
      [told('first', 'withdrawn'), again, { send: 'update' }],
      [told('first', 'update'), hidden, { send: 'withdrawn' }],
      [told('first', 'lowered'), tellable(), { end: 2 }],
    ])('is measured by the mails before it, once it settled', (row, standing, expected) => {
      expect(unread(row, standing)).toEqual(expected);
      expect(unread(row, standing, at(1, 40))).toHaveProperty('wait');
    });
  });

  it.each([
    ['withdrawn', hidden, 'withdrawn'],
    ['lowered', lowered, 'lowered'],
    ['update', tellable(), 'update'],
  ] as const)('is told again where a mail (%s) was cut short by one that nobody has', (kind, standing, send) => {
    const next = (isCutShort: boolean) =>
      nextUpdate(told('first', kind, 'reinstated'), standing, rules, at(30), { ...missing(3), isCutShort });

    expect([next(true), next(false)]).toEqual([{ send }, undefined]);
  });

  it('takes the last of the mails for withdrawing alone', () => {
    const most = told(...Array.from({ length: mostUpdates - 1 }, (): UpdateKind => 'update'));

    expect([again, lowered, hidden].map((standing) => kindAfter(most, standing))).toEqual([undefined, undefined, 'withdrawn']);
    expect(kindAfter({ ...most, updates: [...most.updates, ...told('update').updates] }, hidden)).toBeUndefined();
  });

  it('comes while the first mail is news, and what no longer stands as told up to thirty days after the last', () => {
    const standing = [again, lowered, hidden];
    const onDay = (day: number) => standing.map((one) => kindAfter(told('first'), one, at(days(day))));

    expect(onDay(14)).toEqual(['update', 'lowered', 'withdrawn']);
    expect(onDay(14.1)).toEqual([undefined, 'lowered', 'withdrawn']);
    expect(onDay(30)).toEqual([undefined, 'lowered', 'withdrawn']);
    expect(onDay(30.1)).toEqual([undefined, undefined, undefined]);
  });

  it('is only that it no longer stands as told, where the file wants no updates', () => {
    const wanted = [again, lowered, hidden].map((one) => kindAfter(told('first'), one, at(30), { updates: false }));

    expect(wanted).toEqual([undefined, 'lowered', 'withdrawn']);
    expect(kindAfter(told('first', 'withdrawn'), tellable(), at(30), { updates: false })).toBeUndefined();
  });
});

describe('when it is due', () => {
  const differs = (minutes: number, seconds = 0) => changed({ impact: 'Some customers' }, { at: instantAt(minutes, seconds) });

  it('settles a minute after the last change, two minutes after the first mail at the earliest', () => {
    expect(dueAfter(told('first'), differs(0, 10))).toBe(instantAt(2));
    expect(dueAfter(told('first'), differs(1, 30))).toBe(instantAt(2, 30));
  });

  it('waits no more than five minutes for further changes', () => {
    expect(dueAfter(waiting(instantAt(2)), differs(6, 45))).toBe(instantAt(7));
  });

  it('comes after 2, 4, 8, 16, 32 and then every 60 minutes', () => {
    const after = (mails: number) => dueAfter(told(...Array.from({ length: mails }, (): UpdateKind => 'update')), differs(0));

    expect([1, 2, 3, 4, 5, 6, 7].map(after)).toEqual([2, 4, 8, 16, 32, 60, 60].map((minutes) => instantAt(minutes)));
  });

  it.each([
    ['withdrawn', told('first'), hidden],
    ['lowered', told('first'), lowered],
    ['reinstated', told('first', 'withdrawn'), tellable()],
  ] as const)('is a minute where it is %s, whatever came before', (_kind, row, standing) => {
    expect(dueAfter(row, { ...standing, at: instantAt(0, 10) })).toBe(instantAt(1, 10));
  });

  it('waits no more than two minutes to withdraw it', () => {
    const row = waiting(instantAt(0), instantAt(3));

    expect(dueAfter(row, { ...hidden, at: instantAt(4, 30) })).toBe(instantAt(5));
  });

  it('gives who restricts by mistake a minute, however long an update waited', () => {
    expect(dueAfter(waiting(instantAt(0)), { ...hidden, at: instantAt(40) })).toBe(instantAt(41));
  });

  it('forgets what waited once the account stands as it was told', () => {
    expect(nextUpdate(waiting(instantAt(0)), tellable(), rules, at(1))).toBeUndefined();
  });
});
