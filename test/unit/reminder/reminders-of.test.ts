import { describe, expect, it } from 'vitest';
import { type ActionRow, readActionRow } from '../../../core/action/action.ts';
import type { WorkingCalendar } from '../../../core/calendar/working-days.ts';
import { mostEntries } from '../../../core/edition/reminders.ts';
import type { ListedPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { beginReminders, type ReminderFacts, type ReminderProgress, remindersOf } from '../../../core/reminder/reminders-of.ts';
import type { Review } from '../../../core/review/review.ts';

const calendar: WorkingCalendar = {
  zone: 'Europe/Berlin',
  workdays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  holidays: ['2026-12-25', '2027-01-01'],
};
const sid = (n: number) => n.toString(16).padStart(32, '0');
const [ada, lead, vp, cto, author] = [1, 2, 3, 4, 5].map(sid) as [string, string, string, string, string];

const anAction = (given: Record<string, unknown> = {}): ActionRow =>
  readActionRow({
    postmortem: 'stock-wrong',
    postmortemTitle: 'Stock was wrong',
    aid: 'title#1',
    reported: { title: 'Rotate certificates', owner: 'Ada', status: 'open', due: '2026-12-10' },
    reportedAt: '2026-11-20T10:00:00Z',
    promisedAt: '2026-11-20T10:00:00Z',
    firstSeenAt: '2026-11-20T10:00:00Z',
    seenAt: '2026-11-20T10:00:00Z',
    visible: true,
    ...given,
  });
const aReview = (given: Partial<Review> = {}) =>
  ({
    postmortem: 'stock-wrong',
    severity: 'sev2',
    hidden: false,
    services: [],
    authors: [],
    revision: 1,
    version: 1,
    state: 'in review',
    openedAt: '2026-11-26T10:00:00Z',
    dueOn: '2026-12-10',
    ...given,
  }) as Review;

const facts = (
  given: Partial<ReminderFacts> & { readonly paused?: readonly string[]; readonly gone?: readonly string[] },
): ReminderFacts => ({
  actions: [],
  reviews: [],
  published: [],
  calendar,
  whom: {
    ownersOf: () => [ada],
    leadsOf: () => [lead],
    authorsOf: () => [author],
    writersOf: () => [author],
    reviewers: [vp],
    escalateTo: [cto],
    standingOf: (person) => (given.gone?.includes(person) ? 'never' : given.paused?.includes(person) ? 'paused' : 'asked'),
  },
  morning: '08:00',
  ...given,
});

const since = '2026-11-02';
const told = (lastDay: string): ReminderProgress => ({ since, lastDay, waiting: {}, promised: {} });

/** Everything that is told from one day to another, with a run on each working day. */
function days(from: string, until: string, given: Parameters<typeof facts>[0], begin = told(from)): string[] {
  const said: string[] = [];
  let progress = begin;
  for (let at = Date.parse(from) + 86_400_000; at <= Date.parse(until); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const weekday = new Date(at).getUTCDay();
    if (weekday === 0 || weekday === 6 || calendar.holidays.includes(day)) continue;
    const run = remindersOf(progress, day, facts(given));
    progress = run.progress;
    for (const [person, { entries }] of run.mails)
      for (const { kind, as } of entries) said.push(`${day} ${Number.parseInt(person, 16)} ${kind} ${as}`);
  }
  return said;
}

describe('an action', () => {
  it('is asked about three working days before, on its day, five and ten after, then every thirty days', () => {
    expect(days('2026-12-01', '2027-03-05', { actions: [anAction()] })).toEqual([
      '2026-12-07 1 action owner',
      '2026-12-10 1 action owner',
      '2026-12-17 1 action owner',
      '2026-12-24 1 action owner',
      '2026-12-24 2 action lead',
      '2027-01-25 1 action owner',
      '2027-01-25 2 action lead',
      '2027-02-22 1 action owner',
      '2027-02-22 2 action lead',
    ]);
  });

  it.each([
    ['done', { reported: { title: 'A', status: 'done', due: '2026-12-10' } }],
    ['withdrawn', { withdrawnAt: '2026-12-01T10:00:00Z' }],
    ['restricted or history', { visible: false }],
    ['without a due day', { reported: { title: 'A', status: 'open' } }],
  ])('is not asked about if it is %s', (_, given) => {
    expect(days('2026-12-01', '2027-02-01', { actions: [anAction(given)] })).toEqual([]);
  });

  it('is told once where runs were missed', () => {
    const run = remindersOf(told('2026-12-04'), '2026-12-18', facts({ actions: [anAction()] }));
    expect([...run.mails]).toEqual([
      [ada, { entries: [{ kind: 'action', as: 'owner', postmortem: 'stock-wrong', aid: 'title#1' }], more: 0 }],
    ]);
    expect(remindersOf(run.progress, '2026-12-18', facts({ actions: [anAction()] })).mails.size).toBe(0);
  });

  it('of a holiday is told on the next working day', () => {
    const actions = [anAction({ reported: { title: 'A', status: 'open', due: '2026-12-25' } })];
    expect(days('2026-12-23', '2026-12-29', { actions })).toEqual(['2026-12-28 1 action owner']);
  });
});

describe('an action that comes close to its day', () => {
  const came = (firstSeenAt: string) => days('2026-12-04', '2026-12-16', { actions: [anAction({ firstSeenAt, promisedAt: firstSeenAt })] });
  const [step, day] = ['2026-12-07 1 action owner', '2026-12-10 1 action owner'];

  it.each([
    ['before the first step', '2026-12-04T10:00:00Z', [step, day]],
    ['before people are reminded on its first step', '2026-12-07T06:59:59Z', [step, day]],
    ['after that', '2026-12-07T07:00:00Z', [step, '2026-12-08 1 action owner', day]],
    ['on the day before', '2026-12-09T10:00:00Z', [step, day]],
    ['on its day', '2026-12-10T10:00:00Z', [step, day, '2026-12-11 1 action owner']],
    ['after it, before a weekend', '2026-12-11T10:00:00Z', [step, day, '2026-12-14 1 action owner']],
  ])('is told to its owner on the next working morning, once: %s', (_, at, told) => {
    // Steps that lay before it came are in the list, because the row is there on every day of it.
    expect(came(at)).toEqual(told);
  });
});

describe('who is not there', () => {
  it('waits for the end of a pause, and hears then of what lay in it', () => {
    const paused = { ...facts({ actions: [anAction()], paused: [ada] }) };
    const first = remindersOf(told('2026-12-04'), '2026-12-07', paused);
    expect(first.mails.size).toBe(0);
    const second = remindersOf(first.progress, '2026-12-08', paused);
    expect(second.progress.waiting).toEqual({ [ada]: '2026-12-04' });
    const third = remindersOf(second.progress, '2026-12-09', facts({ actions: [anAction()] }));
    expect([...third.mails.keys()]).toEqual([ada]);
    expect(third.progress.waiting).toEqual({});
    expect(remindersOf(third.progress, '2026-12-10', facts({ actions: [anAction()] })).mails.size).toBe(1);
  });

  it('gets nothing if no mail may reach them', () => {
    expect(days('2026-12-01', '2027-01-05', { actions: [anAction()], gone: [ada, lead] })).toEqual([]);
  });
});

describe('an archive', () => {
  const archived = (given: Record<string, unknown> = {}) =>
    anAction({
      reported: { title: 'A', status: 'open', due: '2026-11-20' },
      promisedAt: '2026-10-01T10:00:00Z',
      firstSeenAt: '2026-12-01T10:00:00Z',
      seenAt: '2026-12-01T10:00:00Z',
      ...given,
    });

  it('reminds nobody of what was overdue when it came', () => {
    expect(days('2026-12-01', '2027-03-01', { actions: [archived()] })).toEqual([]);
  });

  it('reminds of what is still ahead, and of what somebody took up', () => {
    expect(
      days('2026-12-01', '2026-12-12', { actions: [archived({ reported: { title: 'A', status: 'open', due: '2026-12-11' } })] }),
    ).toHaveLength(2);
    const events = [{ kind: 'rescheduled', at: '2026-12-02T10:00:00Z', by: ada, due: '2026-12-11', reason: 'later' }];
    expect(days('2026-12-02', '2026-12-12', { actions: [archived({ events })] })).toHaveLength(2);
  });

  it('is no fresh postmortem that promises something late', () => {
    const late = anAction({ reported: { title: 'A', status: 'open', due: '2026-11-19' } });
    expect(days('2026-11-20', '2026-11-30', { actions: [late] })).toEqual(['2026-11-23 1 action owner', '2026-11-26 1 action owner']);
  });
});

describe('an installation where reminders begin', () => {
  const old = { reported: { title: 'A', status: 'open', due: '2026-06-01' }, promisedAt: '2026-05-01T10:00:00Z', firstSeenAt: undefined };

  it('tells on the first day what is due or opened since the working day before', () => {
    const given = {
      actions: [anAction()],
      reviews: [aReview({ state: 'in review', openedAt: '2026-12-05T10:00:00Z', dueOn: '2026-12-31' })],
    };
    const first = (day: string) => [...remindersOf(beginReminders('2026-12-04'), day, facts(given)).mails.keys()];
    expect(first('2026-12-07')).toEqual([ada, vp]);
    expect([...remindersOf(beginReminders('2026-12-07'), '2026-12-07', facts(given)).mails.keys()]).toEqual([]);
  });

  it('leaves alone what was over and was not seen since', () => {
    const begun = beginReminders('2026-12-07');
    expect(days('2026-12-07', '2027-03-01', { actions: [anAction({ ...old, seenAt: '2026-05-01T10:00:00Z' })] }, begun)).toEqual([]);
    expect(days('2026-12-07', '2027-03-01', { actions: [anAction({ ...old, seenAt: '2026-12-08T10:00:00Z' })] }, begun)).not.toEqual([]);
    const reviews = [aReview({ state: 'in review', openedAt: '2026-11-10T10:00:00Z', dueOn: '2026-12-01' })];
    expect(days('2026-12-07', '2027-03-01', { reviews }, begun)).toEqual([]);
  });
});

describe('a review', () => {
  it('is told when it was opened, around its due day, and to others once it is long overdue', () => {
    expect(days('2026-11-26', '2027-02-01', { reviews: [aReview()] })).toEqual([
      '2026-11-27 3 review reviewer',
      '2026-12-09 3 review reviewer',
      '2026-12-10 3 review reviewer',
      '2026-12-14 3 review reviewer',
      '2026-12-17 3 review reviewer',
      '2026-12-17 4 review reviewer',
      '2026-12-24 3 review reviewer',
      '2026-12-24 4 review reviewer',
    ]);
  });

  it('is told on the next working day if it was opened after the run, also in the last days', () => {
    const reviews = [aReview({ state: 'in review', openedAt: '2026-12-04T22:30:00Z', dueOn: '2026-12-31' })];
    expect(days('2026-12-04', '2026-12-08', { reviews })).toEqual(['2026-12-07 3 review reviewer']);
  });

  it('goes to the next at once if nobody who reviews can be asked', () => {
    expect(days('2026-11-26', '2026-11-27', { reviews: [aReview()], paused: [vp] })).toEqual(['2026-11-27 4 review reviewer']);
  });

  it('is not told if it is hidden or over', () => {
    const over = aReview({ state: 'closed', at: '2026-12-01T10:00:00Z', why: 'downgraded' } as Partial<Review>);
    expect(days('2026-11-26', '2027-02-01', { reviews: [aReview({ hidden: true }), over] })).toEqual([]);
  });

  it('waits for its postmortem first', () => {
    const reviews = [aReview({ state: 'awaiting postmortem', declaredAt: '2026-12-01T10:00:00Z', dueOn: '2026-12-04' } as Partial<Review>)];
    expect(days('2026-12-01', '2027-02-01', { reviews })).toEqual([
      '2026-12-04 5 awaited author',
      '2026-12-08 5 awaited author',
      '2026-12-11 5 awaited author',
      '2026-12-18 3 awaited reviewer',
      '2026-12-18 5 awaited author',
    ]);
  });
});

describe('a decision', () => {
  const decided = (what: string, given: Record<string, unknown> = {}) => [
    {
      kind: 'decided',
      what,
      at: '2026-12-01T10:00:00Z',
      by: vp,
      as: 'VP Engineering',
      reason: 'so',
      basis: 'b',
      effectiveAt: '2026-12-02T07:00:00Z',
      ...given,
    },
  ];

  it.each(['fund', 'accept the risk', 'need more'])('is told to the owner on the day it takes effect: %s', (what) => {
    const actions = [anAction({ events: decided(what), reported: { title: 'A', status: 'open' } })];
    expect(days('2026-11-30', '2027-02-01', { actions })).toEqual(['2026-12-02 1 decision owner']);
  });

  it('is told on its day also where mails leave earlier than it takes effect', () => {
    const actions = [
      anAction({ events: decided('fund', { effectiveAt: '2026-12-02T16:00:00Z' }), reported: { title: 'A', status: 'open' } }),
    ];
    expect(days('2026-11-30', '2026-12-04', { actions })).toEqual(['2026-12-02 1 decision owner']);
  });

  it('that defers comes back to the reviewers on its day, and to the owner as any due day does', () => {
    const actions = [anAction({ events: decided('defer', { until: '2027-01-20' }) })];
    expect(days('2026-12-02', '2027-01-22', { actions })).toEqual([
      '2027-01-15 1 action owner',
      '2027-01-20 1 action owner',
      '2027-01-20 3 deferral reviewer',
    ]);
  });

  it('that asked for more comes back to the reviewers on the working day after the answer', () => {
    const answered = { kind: 'answered', at: '2026-12-04T10:00:00Z', by: ada, text: 'Two weeks.' };
    const reported = { title: 'A', status: 'open' };
    const told = (...events: object[]) => days('2026-12-02', '2026-12-31', { actions: [anAction({ events, reported })] });
    const [asked] = decided('need more');
    const [next] = decided('fund', { at: '2026-12-04T11:00:00Z', effectiveAt: '2026-12-07T07:00:00Z' });
    if (!asked || !next) throw new Error('no decision');
    expect(told(asked, answered)).toEqual(['2026-12-07 3 deferral reviewer']);
    expect(told(asked, answered, next)).toEqual(['2026-12-07 1 decision owner']);
  });

  it('that was undone is not told', () => {
    const events = [...decided('fund'), { kind: 'undone', at: '2026-12-01T11:00:00Z', by: vp, event: '2026-12-01T10:00:00Z' }];
    expect(days('2026-11-30', '2026-12-04', { actions: [anAction({ events })] })).toEqual([]);
  });
});

it('has one mail for a person, with what is most pressing first, and each thing once', () => {
  const actions = Array.from({ length: 130 }, (_, n) => anAction({ aid: `title#${n}` }));
  const whom = { ...facts({}).whom, ownersOf: () => [ada], leadsOf: () => [ada], reviewers: [ada] };
  const { mails } = remindersOf(told('2026-12-09'), '2026-12-24', facts({ actions, reviews: [aReview()], whom }));
  const mail = mails.get(ada);
  expect(mail?.entries).toHaveLength(mostEntries);
  expect(mail?.more).toBe(31);
  expect(mail?.entries.slice(0, 2).map(({ kind, as }) => `${kind} ${as}`)).toEqual(['review reviewer', 'action owner']);
});

describe('a thanks', () => {
  const published = (given: Partial<ListedPostmortem> = {}): ListedPostmortem[] => [
    {
      ...{ id: 'stock-wrong', revision: 1, title: 'Stock was wrong', severity: 'sev2', status: 'published', restricted: false },
      ...{ publishedAt: '2026-12-01T10:00:00Z', updatedAt: '2026-12-01T10:00:00Z', ...given },
    },
  ];
  const thanked = (given: Partial<ListedPostmortem>, until = '2027-03-01') => days('2026-12-01', until, { published: published(given) });

  it.each([
    ['on its day', '2026-12-01T10:00:00Z', ['2026-12-08 5 thanks author']],
    ['on Monday for a Saturday', '2026-12-05T10:00:00Z', ['2026-12-14 5 thanks author']],
    ['after holidays', '2026-12-18T10:00:00Z', ['2026-12-28 5 thanks author']],
    ['by the day in the organisation’s zone', '2026-12-01T23:30:00Z', ['2026-12-09 5 thanks author']],
    ['never if that day was over when reminders began', '2026-11-24T10:00:00Z', []],
    ['never for a date that no calendar has worked out', '1970-01-01T00:00:00Z', []],
  ])('is told once, a week after publication: %s', (_, publishedAt, said) => {
    expect(thanked({ publishedAt })).toEqual(said);
  });

  it.each([[{ restricted: true }], [{ status: 'draft' as const }], [{ status: 'retracted' as const }]])(
    'is not told of what is hidden: %o',
    (given) => {
      expect(thanked(given)).toEqual([]);
    },
  );

  it('comes on the next working day if a day had no run, and after a pause of a week not any more', () => {
    const run = (day: string, before = told('2026-12-07'), paused: readonly string[] = []) =>
      remindersOf(before, day, facts({ published: published(), paused }));
    expect(run('2026-12-09').mails.size).toBe(1);
    expect(run('2026-12-14').mails.size).toBe(1);
    expect(run('2026-12-15').mails.size).toBe(0);

    const pausing = run('2026-12-08', told('2026-12-07'), [author]).progress;
    expect(pausing.waiting).toEqual({ [author]: '2026-12-07' });
    expect(run('2026-12-10', pausing).mails.size).toBe(1);
    const long = run('2026-12-16', pausing, [author]);
    expect([long.mails.size, long.progress.waiting]).toEqual([0, {}]);
  });
});
