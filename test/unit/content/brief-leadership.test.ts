import { describe, expect, it } from 'vitest';
import type { DecidedAction } from '../../../core/action/decided.ts';
import type { Decision } from '../../../core/action/event.ts';
import { monthBefore } from '../../../core/calendar/month.ts';
import { weekBefore } from '../../../core/calendar/week.ts';
import { briefContent } from '../../../core/content/brief-content.ts';
import type { BriefInput, LeadershipAsked } from '../../../core/content/brief-figures.ts';
import type { WaitingReview } from '../../../core/content/brief-reviews-content.ts';

/** 1 December at 08:00 in Berlin: the brief of November. */
const now = new Date('2026-12-01T07:00:00Z');
const zone = 'Europe/Berlin';
const nothing: LeadershipAsked = { reviews: [], awaited: [], actions: [] };
const base: BriefInput = {
  organisation: { name: 'Northwind', zone },
  kind: 'month',
  period: monthBefore(now, zone),
  grave: [],
  late: [],
  lesser: [],
  earlier: [],
  promises: [],
  leadership: nothing,
  now,
};
const brief = (leadership: Partial<LeadershipAsked> = {}, input: Partial<BriefInput> = {}) =>
  briefContent({ ...base, ...input, leadership: { ...nothing, ...leadership } });
/** The list under this heading, or what is there. */
const list = (heading: string, leadership: Partial<LeadershipAsked>, input: Partial<BriefInput> = {}) =>
  brief(leadership, input).asks.find((one) => one.heading === heading);

const review = (change: Partial<WaitingReview> = {}): WaitingReview => ({
  postmortem: 'checkout',
  title: 'Checkout down',
  severity: 'sev1',
  preliminary: false,
  openedAt: '2026-11-12T10:00:00Z',
  dueOn: '2026-12-04',
  ...change,
});
const action = (change: Partial<DecidedAction> = {}): DecidedAction => ({
  aid: 'a',
  title: 'One retry budget across services',
  status: 'open',
  team: 'Payments',
  cost: '2 engineer-months',
  postmortem: 'checkout',
  postmortemTitle: 'Checkout down',
  promisedAt: '2026-11-12T10:00:00Z',
  ...change,
});
const decision = (change: Partial<Decision> = {}): Decision => ({
  at: '2026-10-12T10:00:00Z',
  by: 'sid-of-vera',
  kind: 'decided',
  what: 'fund',
  reason: 'Vera thinks so',
  as: 'VP Engineering',
  basis: 'b',
  effectiveAt: '2026-10-13T07:00:00Z',
  ...change,
});
const rows = (heading: string, leadership: Partial<LeadershipAsked>, input: Partial<BriefInput> = {}) =>
  list(heading, leadership, input)?.rows.map(({ title, meta, age }) => [title, ...meta, age]);

describe('what waits for review', () => {
  it('comes with severity, age and day', () => {
    const reviews = [
      review({ postmortem: 'b', title: 'Newest', openedAt: '2026-12-01T05:00:00Z', dueOn: '2026-12-08', severity: 'sev2' }),
      review({
        postmortem: 'a',
        title: 'Oldest',
        openedAt: '2026-11-02T10:00:00Z',
        dueOn: '2026-11-25',
        again: 'new action',
        preliminary: true,
      }),
      review({ postmortem: 'c', title: 'Due today', dueOn: '2026-12-01', again: 'raised' }),
    ];
    expect(list('Waiting for review', { reviews })?.intro).toBe('Three postmortems wait, the oldest for 29 days, one overdue.');
    expect(rows('Waiting for review', { reviews })).toEqual([
      [
        'Oldest',
        'Sev-1 · waits for 29 days · due 25 November',
        'Open again: an action was added. The account is preliminary.',
        '6 days late',
      ],
      ['Due today', 'Sev-1 · waits for 19 days', 'Open again: it is more severe now.', 'due today'],
      ['Newest', 'Sev-2 · waits since today', 'due 8 December'],
    ]);
  });

  it('comes by the day on which it is due, whatever waits longer', () => {
    const reviews = [review({ title: 'Sev-2', severity: 'sev2', openedAt: '2026-11-02T10:00:00Z', dueOn: '2026-12-14' }), review()];
    expect(rows('Waiting for review', { reviews })?.map(([title]) => title)).toEqual(['Checkout down', 'Sev-2']);
  });

  it('is eight, and the rest is counted', () => {
    const reviews = Array.from({ length: 40 }, (_, n) => review({ postmortem: `p-${n}` }));
    const waiting = list('Waiting for review', { reviews });
    expect([waiting?.rows.length, waiting?.more, waiting?.intro]).toEqual([
      8,
      'and 32 more',
      '40 postmortems wait, the oldest for 19 days.',
    ]);
  });

  it.each([
    [[review({ openedAt: '2026-12-01T05:00:00Z' })], 'One postmortem waits.'],
    [[review()], 'One postmortem waits, for 19 days.'],
  ])('is told in its number', (reviews, intro) => {
    expect(list('Waiting for review', { reviews })?.intro).toBe(intro);
  });
});

describe('the decisions asked', () => {
  const asked = (actions: readonly DecidedAction[], reviews = [review()]) => rows('Decisions asked', { actions, reviews });

  it('come with cost and consequence, owner and origin', () => {
    const actions = [
      action({ consequence: 'checkout fails again' }),
      action({ aid: 'b', cost: undefined, consequence: 'third logout', owner: 'Ana' }),
    ];
    expect(asked(actions)).toEqual([
      [
        'One retry budget across services',
        'cost: 2 engineer-months · if not done: checkout fails again',
        'Payments · from “Checkout down”',
        'waits 19 days',
      ],
      ['One retry budget across services', 'if not done: third logout', 'Ana · from “Checkout down”', 'waits 19 days'],
    ]);
  });

  it('count from when the action was promised, if that was after the review was opened', () => {
    const [[, , , age] = []] = asked([action({ promisedAt: '2026-11-29T10:00:00Z' })]) ?? [];
    expect(age).toBe('waits 2 days');
  });

  it.each([
    ['says neither cost nor consequence', action({ cost: undefined })],
    ['is of a postmortem that does not wait for review', action({ postmortem: 'other' })],
    ['is done', action({ status: 'done' })],
    ['was withdrawn', action({ withdrawn: true })],
    ['was decided on', action({ decision: decision() })],
    ['is decided on from tomorrow', action({ pending: decision({ effectiveAt: '2026-12-02T07:00:00Z' }) })],
    ['was deferred, and the next decision takes effect later', action({ decision: decision({ what: 'defer' }), pending: decision() })],
  ])('have none on an action that %s', (_, one) => {
    expect(asked([one])).toBeUndefined();
  });

  it.each([
    [
      { why: 'deferred until then', since: '2026-11-01' } as const,
      decision({ what: 'defer', until: '2026-11-01', at: '2026-06-12T10:00:00Z' }),
      'Payments · from “Checkout down” · deferred in June until 1 November',
      'waits 30 days',
    ],
    [
      { why: 'changed', since: '2026-11-30T10:00:00Z' } as const,
      decision({ what: 'need more' }),
      'Payments · from “Checkout down” · VP Engineering asked for more in October, and it changed since',
      'waits 1 day',
    ],
    [
      { why: 'answered', since: '2026-11-30T10:00:00Z' } as const,
      decision({ what: 'need more' }),
      'Payments · from “Checkout down” · VP Engineering asked for more in October, and it was answered',
      'waits 1 day',
    ],
    [
      { why: 'reopened', since: '2026-12-01T06:00:00Z' } as const,
      decision({ what: 'accept the risk' }),
      'Payments · from “Checkout down” · the risk was accepted in October, and it was opened again',
      'new today',
    ],
  ])('are asked once more, though nothing waits for review', (again, decided, meta, age) => {
    expect(asked([action({ decision: decided, again })], [])).toEqual([[action().title, 'cost: 2 engineer-months', meta, age]]);
  });

  it('are eight, the longest asked first', () => {
    const actions = Array.from({ length: 12 }, (_, n) =>
      action({ aid: `a-${n}`, title: `A ${n}`, promisedAt: `2026-11-${30 - n}T10:00:00Z` }),
    );
    const told = list('Decisions asked', { actions, reviews: [review({ openedAt: '2026-11-01T10:00:00Z' })] });
    expect([told?.rows[0]?.title, told?.rows.length, told?.more]).toEqual(['A 11', 8, 'and 4 more']);
  });
});

describe('what earlier decisions led to', () => {
  const heading = 'What earlier decisions led to';
  const led = (...actions: readonly DecidedAction[]) => rows(heading, { actions })?.map(([, ...rest]) => rest);

  it.each([
    [action({ decision: decision(), due: '2026-11-20' }), 'Funded by VP Engineering on 12 October', '11 days late'],
    [action({ decision: decision(), due: '2026-12-20' }), 'Funded by VP Engineering on 12 October', 'due in 19 days'],
    [action({ decision: decision() }), 'Funded by VP Engineering on 12 October', 'open, no day'],
    [action({ decision: decision(), status: 'done', closedAt: '2026-11-03T10:00:00Z' }), 'Funded by VP Engineering on 12 October', 'done'],
    [
      action({ decision: decision({ what: 'accept the risk' }), status: 'declined', closedAt: '2026-11-13T07:00:00Z' }),
      'Risk accepted by VP Engineering on 12 October',
      'accepted',
    ],
    [
      action({ decision: decision({ what: 'defer', until: '2027-03-01' }) }),
      'Deferred by VP Engineering on 12 October',
      'until 1 March 2027',
    ],
    [action({ decision: decision({ what: 'need more' }) }), 'More was asked by VP Engineering on 12 October', 'no answer yet'],
    [
      action({ decision: decision({ what: 'need more' }), unasked: true }),
      'More was asked by VP Engineering on 12 October',
      'nobody to ask',
    ],
    [
      action({ decision: decision(), status: 'declined', closedAt: '2026-11-13T07:00:00Z' }),
      'Funded by VP Engineering on 12 October',
      'declined',
    ],
  ])('names the office that decided, and what came of it', (one, taken, standing) => {
    expect(led(one)).toEqual([[`${taken} · Payments · from “Checkout down”`, standing]]);
  });

  it.each([
    ['ended before the period', action({ decision: decision(), status: 'done', closedAt: '2026-10-30T10:00:00Z' })],
    ['takes effect later', action({ pending: decision() })],
    ['is asked again', action({ decision: decision({ what: 'defer' }), again: { why: 'deferred until then', since: '2026-11-01' } })],
    ['lost its action', action({ decision: decision(), withdrawn: true, withdrawnAt: '2026-11-20T10:00:00Z' })],
    ['was never made', action()],
  ])('leaves out what %s', (_, one) => {
    expect(led(one)).toBeUndefined();
  });

  it('counts what became of them, what is late first', () => {
    const actions = [
      action({ aid: 'a', title: 'Kept', decision: decision(), status: 'done', closedAt: '2026-11-03T10:00:00Z' }),
      action({ aid: 'b', title: 'Late', decision: decision(), due: '2026-11-20' }),
      action({ aid: 'c', title: 'Also kept', decision: decision(), status: 'done', closedAt: '2026-11-04T10:00:00Z' }),
      action({ aid: 'd', title: 'Off', decision: decision({ what: 'defer', until: '2027-01-01' }) }),
    ];
    expect(list(heading, { actions })?.intro).toBe('One is late, two are done and one is deferred.');
    expect(rows(heading, { actions })?.map(([title]) => title)).toEqual(['Late', 'Kept', 'Also kept', 'Off']);
  });

  it('never names who decided, nor why', () => {
    expect(JSON.stringify(brief({ actions: [action({ decision: decision() })] }))).not.toMatch(/sid-of-vera|Vera/);
  });
});

describe('a decision that lost its action', () => {
  const lost = (change: Partial<DecidedAction> = {}) =>
    action({ withdrawn: true, withdrawnAt: '2026-11-20T10:00:00Z', decision: decision(), ...change });

  it('is told, in effect or not, with what was decided', () => {
    const actions = [lost(), lost({ aid: 'b', decision: undefined, pending: decision({ what: 'accept the risk' }) })];
    expect(rows('Two decisions lost their action', { actions })).toEqual([
      [action().title, 'Funded by VP Engineering on 12 October · from “Checkout down”', ''],
      [action().title, 'Risk accepted by VP Engineering on 12 October · from “Checkout down”', ''],
    ]);
    expect(list('One decision lost its action', { actions: [lost()] })?.intro).toBe(
      'The postmortem no longer has the action. A reviewer can say which one it is now.',
    );
  });

  it.each([
    ['nothing was decided', lost({ decision: undefined })],
    ['it was done', lost({ status: 'done' })],
    ['it was dropped long ago', lost({ withdrawnAt: '2026-10-30T10:00:00Z' })],
  ])('is none where %s', (_, one) => {
    expect(brief({ actions: [one] }).asks).toEqual([]);
  });

  it('is told for thirty days in a weekly brief too', () => {
    const weekly = { kind: 'week' as const, period: weekBefore(now, zone) };
    expect(brief({ actions: [lost({ withdrawnAt: '2026-11-02T10:00:00Z' })] }, weekly).asks).toHaveLength(1);
  });
});

it('tells of incidents without a postmortem by severity, day and id alone', () => {
  const awaited = [
    { postmortem: 'inc-2', severity: 'sev2', declaredAt: '2026-11-29T10:00:00Z', dueOn: '2026-12-04' },
    { postmortem: 'inc-1', severity: 'sev1', declaredAt: '2026-11-20T10:00:00Z', dueOn: '2026-11-25' },
  ] as const;
  const content = brief({ awaited });
  expect(content.asks).toEqual([]);
  expect(content.awaited).toMatchObject({
    intro: 'Two incidents have no postmortem yet.',
    leads: 'nowhere',
    rows: [
      { title: 'Sev-1, told of on 20 November', meta: ['inc-1'], age: '6 days late', late: true },
      { title: 'Sev-2, told of on 29 November', meta: ['inc-2'], age: 'due in 3 days', late: false },
    ],
  });
});

describe('the headline', () => {
  const actions = [action(), action({ aid: 'b', promisedAt: '2026-11-29T10:00:00Z' })];

  it('ends with the decisions that wait, or else the reviews', () => {
    expect(brief({ reviews: [review()], actions }).headline).toBe('A quiet month. Two decisions wait, the oldest for 19 days.');
    expect(brief({ reviews: [review()] }).headline).toBe('A quiet month. One review waits, for 19 days.');
    expect(brief({ reviews: [review()], actions }).subject).toBe('November 2026: a quiet month; two decisions wait');
  });

  it('stands for no more than all postmortems that it counts', () => {
    const reviews = [review(), review({ postmortem: 'other' })];
    expect(brief({ reviews, actions }).named?.postmortems).toEqual(['checkout']);
    expect(brief({ reviews }).named?.postmortems).toEqual(['checkout', 'other']);
  });

  it('says the worst before a trend', () => {
    const late = { ...action({ due: '2026-10-22', cost: undefined }), title: 'Late' };
    const earlier = [{ severity: 'sev3' as const, publishedAt: '2026-10-10T12:00:00Z' }];
    const lesser = [{ id: 'x', severity: 'sev1' as const, publishedAt: '2026-11-10T12:00:00Z' }];
    const kept = { ...action({ status: 'done', due: '2026-10-10', closedAt: '2026-10-09T10:00:00Z', promisedAt: '2026-09-01T10:00:00Z' }) };
    const missed = {
      ...action({ status: 'done', due: '2026-11-10', closedAt: '2026-11-12T10:00:00Z', promisedAt: '2026-09-01T10:00:00Z' }),
    };
    const promises = [late, kept, missed];
    const said = (reviews: readonly WaitingReview[]) => brief({ reviews, actions }, { earlier, lesser, promises }).headline;
    const first = 'One incident, as many as in October. It was Sev-1. ';
    const last = 'Two decisions wait, the oldest for 19 days.';
    expect(said([review()])).toBe(`${first}One action is 40 days overdue. Fewer promises kept on time. ${last}`);
    const overdue = review({ postmortem: 'late', dueOn: '2026-11-06' });
    expect(said([review(), overdue])).toBe(`${first}One review is 25 days overdue. One action is 40 days overdue. ${last}`);
  });

  it('loses its words once what it says is overdue is withheld', () => {
    const overdue = review({ postmortem: 'late', dueOn: '2026-11-06' });
    expect(brief({ reviews: [review(), overdue], actions }).named?.postmortems).toContain('late');
  });

  it('counts the postmortems that are awaited past their day, and names none', () => {
    const one = { postmortem: 'inc-1', severity: 'sev1', declaredAt: '2026-11-02T10:00:00Z', dueOn: '2026-11-05' } as const;
    const soon = { ...one, postmortem: 'inc-0', declaredAt: '2026-11-01T10:00:00Z', dueOn: '2026-12-04' };
    const content = brief({ awaited: [soon, one] });
    expect([content.headline, content.subject, content.named?.postmortems]).toEqual([
      'A quiet month. One awaited postmortem is 26 days overdue.',
      'November 2026: a quiet month; one awaited postmortem overdue',
      ['inc-1'],
    ]);
    const reviews = [review({ dueOn: '2026-11-06' }), review({ postmortem: 'other', dueOn: '2026-11-30' })];
    expect(brief({ awaited: [one], reviews }).headline).toBe(
      'A quiet month. Two reviews and one awaited postmortem are overdue, the oldest by 26 days.',
    );
  });

  it('stands for no draft that its list does not show, because only the list says that they are drafts', () => {
    const awaited = Array.from({ length: 12 }, (_, n) => ({
      ...{ postmortem: `inc-${n}`, severity: 'sev1' as const, dueOn: '2026-11-30' },
      declaredAt: `2026-11-${22 - n}T10:00:00Z`,
    }));
    const content = brief({ awaited });
    expect(content.headline).toBe('A quiet month. Twelve awaited postmortems are overdue, the oldest by 1 day.');
    const listed = content.awaited?.rows.map(({ postmortem }) => postmortem);
    expect(content.named?.postmortems.toSorted()).toEqual(listed?.toSorted());
  });

  it('does not say that a review waits that it calls overdue', () => {
    expect(brief({ reviews: [review({ dueOn: '2026-11-06' })] }).headline).toBe('A quiet month. One review is 25 days overdue.');
  });
});

describe('a brief that asks for nothing', () => {
  it('says so, in the first month too', () => {
    expect(brief()).toMatchObject({
      asks: [],
      notice: 'Nothing was published in November 2026. This brief asks for no review and no decision.',
    });
    const lesser = [{ id: 'x', severity: 'sev3' as const, publishedAt: '2026-11-10T12:00:00Z' }];
    expect(brief({}, { lesser }).notice).toBe('None was Sev-1 or Sev-2: one Sev-3. This brief asks for no review and no decision.');
  });

  it('says nothing of reviews where nobody reviews', () => {
    const content = briefContent({ ...base, leadership: undefined });
    expect(content).toMatchObject({ asks: [], notice: 'Nothing was published in November 2026.' });
    expect(content.preheader).toBe('Where each serious incident stands, and which actions are overdue.');
  });
});

it('prints no control character, whatever a producer sent', () => {
  const hostile = 'a\u0002decide\u0003b\r\nc\u202e';
  const content = brief({
    reviews: [review({ title: hostile })],
    actions: [
      action({ title: hostile, cost: hostile, consequence: hostile, owner: hostile, postmortemTitle: hostile }),
      action({ aid: 'b', decision: decision({ as: hostile }) }),
    ],
  });
  expect(content.asks).toHaveLength(3);
  expect(JSON.stringify(content)).not.toMatch(/\\u000[23]|\\r|\\n|\u202e/);
});

describe('what a sign-off left undecided', () => {
  const signed = [{ postmortem: 'checkout', as: 'CTO', at: '2026-11-20T10:00:00Z' }];
  const heading = 'Signed without a decision';

  it('is told once, in the period of the sign-off, and asked by no brief', () => {
    const actions = [action(), action({ aid: 'b', title: 'Rotate the key', cost: undefined, priority: 'P1', owner: 'Storefront' })];
    expect(list(heading, { signed, actions })?.intro).toBe(
      'Two actions were left undecided. They can still be decided. No brief asks again.',
    );
    expect(rows(heading, { signed, actions })).toEqual([
      [
        'One retry budget across services',
        'cost: 2 engineer-months',
        'CTO signed on 20 November · Payments · from “Checkout down”',
        'undecided',
      ],
      ['Rotate the key', 'urgent (P1)', 'CTO signed on 20 November · Storefront · from “Checkout down”', 'undecided'],
    ]);
    expect(brief({ signed, actions }).asks.map((one) => one.heading)).toEqual([heading]);
    expect(list(heading, { signed: signed.map((one) => ({ ...one, at: '2026-10-31T10:00:00Z' })), actions })).toBeUndefined();
  });

  it.each([
    ['what nobody was asked', { cost: undefined }],
    ['what was decided since', { decision: decision() }],
    ['what will be decided tomorrow', { pending: decision() }],
    ['what is done', { status: 'done' as const }],
  ])('is not %s', (_, change) => {
    expect(list(heading, { signed, actions: [action(change)] })).toBeUndefined();
  });
});

it('says once for how long links decide, below the first list that has them', () => {
  const reviews = [review()];
  const notes = brief({ reviews, actions: [action()] }).asks.map(({ heading, note }) => [heading, note]);
  expect(notes).toEqual([
    ['Waiting for review', 'Reviewers decide by these links for seven days. After that, a link offers to mail its owner a new one.'],
    ['Decisions asked', undefined],
  ]);
});
