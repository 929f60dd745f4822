import { describe, expect, it } from 'vitest';
import type { PromisedAction } from '../../../core/action/action.ts';
import { monthBefore } from '../../../core/calendar/month.ts';
import { weekBefore } from '../../../core/calendar/week.ts';
import { briefContent } from '../../../core/content/brief-content.ts';
import type { BriefInput } from '../../../core/content/brief-figures.ts';
import type { Severity } from '../../../core/postmortem/postmortem.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { aPostmortem } from '../../support/rendition.ts';
import { correctionsSample } from '../../support/samples/corrections.ts';

/** 1 December at 08:00 in Berlin: the brief of November. */
const now = new Date('2026-12-01T07:00:00Z');
const zone = 'Europe/Berlin';
const base: BriefInput = {
  organisation: { name: 'Northwind', zone },
  kind: 'month',
  period: monthBefore(now, zone),
  grave: [],
  late: [],
  lesser: [],
  earlier: [],
  promises: [],
  now,
};
const grave = (fields: Record<string, unknown> = {}) => leadershipRendition(aPostmortem({ severity: 'sev1', ...fields }));
const counted = (day: string, severity: Severity, n = 1, minutesToMitigate?: number) =>
  Array.from({ length: n }, (_, i) => ({ id: `${severity}-${day}-${i}`, severity, publishedAt: `${day}T12:00:00Z`, minutesToMitigate }));
const promise = (fields: Partial<PromisedAction> = {}): PromisedAction => ({
  aid: 'a',
  title: 'Alarm on lag',
  status: 'open',
  postmortem: 'stale-reads',
  postmortemTitle: 'Stale reads',
  promisedAt: '2026-08-21T10:00:00Z',
  ...fields,
});
const kept = (due: string, closedAt: string) => promise({ status: 'done', due, closedAt });
const headline = (input: Partial<BriefInput>) => briefContent({ ...base, ...input }).headline;
const figures = (input: Partial<BriefInput>) => briefContent({ ...base, ...input }).stats.map(({ value, label }) => `${value} ${label}`);

describe('the headline', () => {
  const october = counted('2026-10-10', 'sev3', 2);

  it.each([
    ['fewer than before', { lesser: counted('2026-11-10', 'sev3', 1), earlier: october }, 'One incident, down from two.'],
    ['more than before', { lesser: counted('2026-11-10', 'sev3', 3), earlier: october }, 'Three incidents, up from two.'],
    ['as many as before', { lesser: counted('2026-11-10', 'sev3', 2), earlier: october }, 'Two incidents, as many as in October.'],
    ['none', { earlier: october }, 'A quiet month.'],
    [
      'more than in a quiet month',
      { lesser: counted('2026-11-10', 'sev3'), earlier: counted('2026-08-10', 'sev3') },
      'One incident, up from none.',
    ],
    ['the first of all', { lesser: counted('2026-11-10', 'sev3', 3) }, 'Three incidents.'],
    ['some of them grave', { grave: [grave(), grave({ id: 'b', severity: 'sev2' })] }, 'Two incidents. One was Sev-1.'],
  ])('tells of incidents: %s', (_, input, said) => {
    expect(headline(input)).toBe(said);
  });

  it.each([
    ['Fewer', [kept('2026-11-10', '2026-11-12T10:00:00Z'), kept('2026-10-10', '2026-10-09T10:00:00Z')]],
    ['More', [kept('2026-11-10', '2026-11-09T10:00:00Z'), kept('2026-10-10', '2026-10-12T10:00:00Z')]],
  ])('tells %s promises by the share that was kept on time', (word, promises) => {
    expect(headline({ promises })).toBe(`A quiet month. ${word} promises kept on time.`);
  });

  it('compares no promises where none fell due before', () => {
    expect(headline({ promises: [kept('2026-11-10', '2026-11-12T10:00:00Z')] })).toBe('A quiet month.');
  });

  it('ends with what is overdue', () => {
    expect(headline({ promises: [promise({ due: '2026-10-22' }), promise({ due: '2026-11-30' }), promise({ due: '2026-12-01' })] })).toBe(
      'A quiet month. Two actions are overdue, the oldest by 40 days.',
    );
    expect(headline({ promises: [promise({ due: '2026-11-30' })] })).toBe('A quiet month. One action is 1 day overdue.');
  });

  it('is a subject of at most 120 characters', () => {
    const { subject } = briefContent({ ...base, grave: [grave()], earlier: october, promises: [promise({ due: '2026-10-22' })] });
    expect(subject).toBe('November 2026: one incident, down from two; it was Sev-1; one action overdue');
    expect(subject.length).toBeLessThanOrEqual(120);
  });
});

describe('the figures', () => {
  it('stand beside those of the month before', () => {
    expect(
      figures({
        grave: [
          grave({ startedAt: '2026-11-19T12:00:00Z', mitigatedAt: '2026-11-19T12:30:00Z' }),
          grave({ id: 'b', startedAt: '2026-11-19T12:00:00Z', mitigatedAt: '2026-11-19T12:50:00Z' }),
        ],
        lesser: counted('2026-11-10', 'sev3', 1, 40),
        earlier: [...counted('2026-10-10', 'sev2', 1, 50), ...counted('2026-10-10', 'sev4', 3, 60)],
        promises: [
          kept('2026-11-10', '2026-11-10T22:59:59Z'),
          kept('2026-11-10', '2026-11-10T23:00:00Z'),
          promise({ due: '2026-11-30' }),
          kept('2026-10-31', '2026-10-01T10:00:00Z'),
          kept('2026-12-01', '2026-11-20T10:00:00Z'),
        ],
      }),
    ).toEqual([
      '3 incidents, 4 in October',
      '2 Sev-1 or Sev-2, 1 in October',
      '40 min to mitigate, median, 1 h in October',
      '33 % of 3 promises kept on time, 100 % of 1 in October',
    ]);
  });

  it('compare nothing with a time before the first postmortem', () => {
    expect(figures({ lesser: counted('2026-11-10', 'sev3') })).toEqual(['1 incident', '0 Sev-1 or Sev-2']);
  });

  it('count no promise as broken before its day has passed', () => {
    const running = { promises: [promise({ due: '2026-11-20' }), promise({ due: '2026-11-09' })], now: new Date('2026-11-10T12:00:00Z') };
    expect(figures(running)[0]).toBe('0 % of 1 promise kept on time');
  });

  it('do not count what was declined or withdrawn as broken', () => {
    const promises = [promise({ due: '2026-11-10', status: 'declined' }), promise({ due: '2026-11-10', withdrawn: true })];
    expect(figures({ promises })).toEqual([]);
  });

  it('leave out what was done, its day past, before anybody was told of it', () => {
    const done = { ...kept('2026-11-10', '2026-11-12T10:00:00Z'), promisedAt: '2026-11-12T10:00:00Z' };
    expect(figures({ promises: [done] })).toEqual([]);
    expect(figures({ promises: [done, kept('2026-11-11', '2026-11-10T10:00:00Z')] })[0]).toBe(
      '100 % of 1 promise kept on time, without 1 done before it was told of',
    );
    expect(figures({ promises: [{ ...done, due: '2026-11-20' }] })[0]).toBe('100 % of 1 promise kept on time');
  });

  it('of a week stand beside the week before', () => {
    const weekly = { kind: 'week' as const, period: weekBefore(now, zone) };
    const content = briefContent({ ...base, ...weekly, lesser: counted('2026-11-25', 'sev3', 2), earlier: counted('2026-11-18', 'sev3') });
    expect(content.stats[0]).toEqual({ value: '2', label: 'incidents, 1 the week before' });
    expect(content.chart?.bars.map(({ label }) => label)).toEqual(['W41', 'W42', 'W43', 'W44', 'W45', 'W46', 'W47', 'W48']);
    expect(content.period).toBe('Leadership brief · 23–29 November 2026');
  });

  it('are charted over seven months', () => {
    const { chart } = briefContent({ ...base, grave: [grave()], earlier: counted('2026-05-10', 'sev2', 2) });
    expect(chart?.told).toBe('Incidents a month, last seven months: May 2 (2 Sev-2), Jun 0, Jul 0, Aug 0, Sep 0, Oct 0, Nov 1 (1 Sev-1).');
  });
});

describe('a grave incident', () => {
  const told = (fields: Record<string, unknown>) => briefContent({ ...base, grave: [grave(fields)] }).sections[0]?.cards[0];
  const stands = (fields: Record<string, unknown>) => told(fields)?.parts[0]?.text;
  const started = { startedAt: '2026-11-19T12:00:00Z' };

  it.each([
    [
      'both ends',
      { ...started, mitigatedAt: '2026-11-19T12:41:00Z', resolvedAt: '2026-11-19T13:00:00Z' },
      'Mitigated after 41 minutes, resolved after 1 hour.',
    ],
    ['a resolution alone', { ...started, resolvedAt: '2026-11-21T12:00:00Z' }, 'Resolved after 2 days.'],
    ['no end', started, 'It began on 19 November. No end is given yet.'],
    ['no start', { mitigatedAt: '2026-11-19T12:41:00Z' }, 'Mitigated on 19 November.'],
    ['nothing', {}, 'No start and no end are given.'],
  ])('says where it stands: %s', (_, fields, said) => {
    expect(stands(fields)).toBe(`${said} No actions are promised.`);
  });

  it.each([
    [['open', 'in-progress', 'done', 'declined'], 'Two of three actions are open, one overdue.'],
    [['open', 'done'], 'One of two actions is open, one overdue.'],
    [['done', 'done'], 'All two actions are done.'],
    [['done'], 'Its one action is done.'],
    [['open'], 'Its one action is overdue.'],
    [['declined'], 'No actions are promised.'],
  ])('says what became of its promises: %s', (statuses, said) => {
    const actionItems = statuses.map((status, n) => ({ title: `A ${n}`, status, ...(status === 'open' && { due: '2026-11-30' }) }));
    expect(stands({ ...started, actionItems })).toContain(said);
  });

  it('says what became of its promises by what people did, and not by its document alone', () => {
    const actionItems = [{ title: 'A', due: '2026-11-30' }, { title: 'B', due: '2026-11-30' }, { title: 'C' }];
    const pm = grave({ ...started, actionItems });
    const own = (aid: string, fields: Partial<PromisedAction>) => promise({ postmortem: pm.id, aid, ...fields });
    const promises = [
      own('a', { status: 'done' }),
      own('b', { status: 'declined' }),
      own('c', {}),
      own('d', { withdrawn: true }),
      promise(),
    ];
    const card = (some: PromisedAction[]) => briefContent({ ...base, grave: [pm], promises: some }).sections[0]?.cards[0];
    expect(card(promises)?.parts[0]?.text).toContain('One of two actions is open.');
    expect(card(promises)?.line.text).toContain('One of two actions is open.');
    expect(card([promise()])?.parts[0]?.text).toContain('Three of three actions are open, two overdue.');
  });

  it('is marked while its account is preliminary', () => {
    expect(told({ status: 'preliminary' })).toMatchObject({ preliminary: true });
    expect(stands({ status: 'preliminary' })).toContain('This account is preliminary.');
  });

  it('says in a sentence who was affected, and its day by date', () => {
    const card = told({
      ...started,
      customerImpact: { text: 'No order could be paid for. It was bad.', customersAffected: 2, regions: ['EU', 'UK'] },
    });
    expect(card?.parts[1]).toEqual({ label: 'Who is affected', text: 'No order could be paid for.' });
    expect(card?.meta).toBe('on 19 November · 2 customers affected in EU and UK');
  });

  it('tells only what leaders may see: no author, no technical depth', () => {
    const secret = {
      authors: ['Secret Author'],
      timeline: [{ event: 'Secret step' }],
      sections: [{ heading: 'Query plan', body: 'Secret plan' }],
    };
    const content = briefContent({ ...base, grave: [grave({ summary: 'It broke.', ...secret })] });
    expect(JSON.stringify(content)).not.toContain('Secret');
  });
});

describe('the less severe', () => {
  it('are counted beside the grave ones', () => {
    const lesser = [...counted('2026-11-10', 'sev3', 2), ...counted('2026-11-10', 'unclassified')];
    expect(briefContent({ ...base, grave: [grave()], lesser }).notice).toBe('Not listed below: two Sev-3 and one not yet classified.');
    expect(briefContent({ ...base, lesser }).notice).toBe('None was Sev-1 or Sev-2: two Sev-3 and one not yet classified.');
  });

  it('are none in a quiet month, and the month before is told', () => {
    expect(briefContent({ ...base, earlier: counted('2026-10-10', 'sev3') })).toMatchObject({
      subject: 'November 2026: a quiet month',
      notice: 'Nothing was published in November 2026. There was one incident in October.',
      sections: [],
    });
  });
});

it('a quiet month counts its corrections, until one of them is withheld', () => {
  expect(briefContent({ ...base, corrections: correctionsSample })).toMatchObject({
    subject: 'November 2026: no new incidents, five corrections',
    headline: 'No new incidents, five corrections.',
    named: { postmortems: correctionsSample?.entries.map(({ postmortem }) => postmortem) },
  });
});

describe('overdue actions', () => {
  it('come with owner, lateness and origin, those late longest first', () => {
    const promises = [
      promise({ title: 'Late', due: '2026-11-29', team: 'Search' }),
      promise({ title: 'Latest', due: '2026-10-22', owner: 'Ana' }),
    ];
    const { overdue } = briefContent({ ...base, promises: [...promises, promise({ due: '2027-01-01' }), promise()] });
    expect(overdue?.intro).toBe('Two actions are overdue, longest overdue first.');
    expect(overdue?.actions.map(({ title, meta, age }) => [title, meta, age])).toEqual([
      ['Latest', 'Ana · due 22 October · from “Stale reads”, August', '40 days late'],
      ['Late', 'Search · due 29 November · from “Stale reads”, August', '2 days late'],
    ]);
  });

  it('are five, and the rest is counted', () => {
    const { overdue } = briefContent({ ...base, promises: Array.from({ length: 20 }, () => promise({ due: '2026-10-22' })) });
    expect([overdue?.actions.length, overdue?.more]).toEqual([5, 'and 15 more, which authors and operators see at /home/actions']);
  });
});

describe('promises by the month they were made', () => {
  it('say what became of each, and forget what was withdrawn', () => {
    const { promises } = briefContent({
      ...base,
      promises: [
        promise({ status: 'done' }),
        promise({ status: 'declined' }),
        promise({ due: '2026-11-30' }),
        promise({ due: '2027-01-01' }),
        promise({ withdrawn: true }),
        promise({ promisedAt: '2026-10-31T23:00:00Z' }),
        promise({ promisedAt: '2026-12-01T06:00:00Z' }),
        promise({ promisedAt: '2026-05-31T12:00:00Z' }),
      ],
    });
    expect(promises?.rows).toEqual([
      { month: 'Aug', numbers: ['4', '1', '1', '2', '1'] },
      { month: 'Nov', numbers: ['1', '0', '0', '1', '0'] },
    ]);
  });

  it('name the year where it is another one', () => {
    const january = { now: new Date('2027-02-01T07:00:00Z'), period: monthBefore(new Date('2027-02-01T07:00:00Z'), zone) };
    const { promises } = briefContent({ ...base, ...january, promises: [promise(), promise({ promisedAt: '2027-01-10T10:00:00Z' })] });
    expect(promises?.rows.map(({ month }) => month)).toEqual(['Aug 2026', 'Jan']);
  });

  it('are no table where none was made', () => {
    expect(briefContent(base).promises).toBeUndefined();
  });
});

it('calls severities as the organisation does, everywhere', () => {
  const labels = { sev1: 'Critical', sev2: 'Major', sev3: 'Minor', sev4: 'Trivial', unclassified: 'Unsorted' };
  const lesser = [...counted('2026-11-10', 'sev3', 2), ...counted('2026-11-10', 'unclassified')];
  const said = JSON.stringify(briefContent({ ...base, labels, grave: [grave()], lesser, earlier: counted('2026-10-10', 'sev2', 3) }));
  for (const words of [
    'One was Critical',
    'Critical and Major',
    'Critical or Major',
    'two Minor and one Unsorted',
    'Minor and below',
    '"severityLabel":"Critical"',
  ])
    expect(said).toContain(words);
  expect(said).not.toMatch(/Sev-\d|not yet classified/);
});

it('says what stands in place of the news once something behind it is withheld, whatever it was', () => {
  const content = briefContent({
    ...base,
    grave: [grave({ id: 'told' })],
    late: [grave({ id: 'late' })],
    lesser: [{ id: 'lesser', severity: 'sev3', publishedAt: '2026-11-10T12:00:00Z' }],
    promises: [
      promise({ postmortem: 'overdue', due: '2026-10-01' }),
      { ...kept('2026-11-10', '2026-11-10T10:00:00Z'), postmortem: 'kept' },
    ],
  });
  expect(content.named).toEqual({
    postmortems: ['told', 'late', 'lesser', 'kept', 'overdue'],
    subject: 'Leadership brief, November 2026',
    headline: 'Leadership brief of November 2026.',
  });
});

it('prints no control character, whatever a producer sent', () => {
  const content = briefContent({
    ...base,
    grave: [grave({ title: 'a\u0002read\u0003b', services: ['x\r\ny'], customerImpact: { text: 'a\u0002b' } })],
    promises: [promise({ title: '\u0002why\u0003', owner: 'o\u202e', due: '2026-10-01' })],
  });
  expect(JSON.stringify(content)).not.toMatch(/\\u000[23]|\\r|\\n|\u202e/);
});
