import { describe, expect, it } from 'vitest';
import { weekBefore } from '../../../core/calendar/week.ts';
import { type DigestInput, digestContent } from '../../../core/content/digest-content.ts';
import type { OpenAction } from '../../../core/content/promised-content.ts';
import type { Severity } from '../../../core/postmortem/postmortem.ts';
import { aRendition } from '../../support/rendition.ts';
import { correctionsSample } from '../../support/samples/corrections.ts';

const now = new Date('2026-11-23T08:00:00Z');
const base: DigestInput = {
  organisation: { name: 'Northwind', zone: 'Europe/Berlin' },
  week: weekBefore(now, 'Europe/Berlin'),
  fresh: [],
  late: [],
  earlier: [],
  openActions: [],
  keptActions: [],
  now,
};
const anAction = (fields: Partial<OpenAction> = {}): OpenAction => ({
  title: 'Alarm on lag',
  promisedAt: '2026-03-21T10:00:00Z',
  postmortem: { id: 'stale-reads', title: 'Stale reads' },
  ...fields,
});
const cardOf = (fields: Record<string, unknown>) => digestContent({ ...base, fresh: [aRendition(fields)] }).sections[0]?.cards[0];

describe('a card', () => {
  it('tells services, team, when and reach in one line', () => {
    const card = cardOf({
      services: ['checkout', 'payments', 'cart', 'tax'],
      owningTeam: 'Payments',
      startedAt: '2026-11-19T12:52:00Z',
      mitigatedAt: '2026-11-19T13:33:00Z',
      customerImpact: { customersAffected: 120_000 },
    });
    expect(card?.meta).toBe('checkout, payments, cart, 1 more · Payments · 41 minutes on Thursday · 120,000 customers affected');
  });

  it('gives the date of what happened before the week', () => {
    expect(cardOf({ startedAt: '2026-11-03T07:00:00Z', resolvedAt: '2026-11-05T07:00:00Z' })?.meta).toBe('2 days from 3 November');
  });

  it.each([
    ['in the week', { startedAt: '2026-11-19', resolvedAt: '2026-11-19' }, 'on Thursday'],
    ['on its first day', { startedAt: '2026-11-16' }, 'on Monday'],
    ['on the day before it', { startedAt: '2026-11-15' }, 'on 15 November'],
    ['with a time at one end', { startedAt: '2026-11-19', mitigatedAt: '2026-11-19T12:00:00Z' }, 'on Thursday'],
    ['over several days', { startedAt: '2026-01-14', resolvedAt: '2026-01-19' }, '14–19 January'],
    ['and one time, over several days', { startedAt: '2026-01-14T23:30:00Z', resolvedAt: '2026-01-19' }, 'on 15 January'],
    ['out of order', { startedAt: '2026-11-19', resolvedAt: '2026-11-18' }, 'on Thursday'],
  ])('tells days as days: %s', (_, times, said) => {
    expect(cardOf(times)?.meta).toBe(said);
  });

  it('tells in its one line how many days it were', () => {
    expect(cardOf({ startedAt: '2026-01-14', resolvedAt: '2026-01-19' })?.line.meta).toBe('6 days');
    expect(cardOf({ startedAt: '2026-01-14', resolvedAt: '2026-01-14T12:00:00Z' })?.line.meta).toBe('');
  });

  it('believes no instants that are out of order', () => {
    expect(cardOf({ startedAt: '2026-11-19T12:52:00Z', resolvedAt: '2026-11-19T12:00:00Z' })?.meta).toBe('on Thursday');
  });

  it('tells who was affected in one sentence, and never as what happened', () => {
    const text = 'No ETA was shown for 20 minutes. 212 people complained.';

    expect(cardOf({ customerImpact: { text, regions: [] } })?.parts).toEqual([
      { label: 'Who was affected', text: 'No ETA was shown for 20 minutes.' },
    ]);
    expect(cardOf({ summary: 'A cache without a limit.', customerImpact: { text, regions: [] } })?.parts.map(({ label }) => label)).toEqual(
      ['What happened', 'Who was affected'],
    );
  });

  it('leaves out the parts that say nothing', () => {
    expect(cardOf({ rootCauses: ['A typo'] })?.parts).toEqual([{ label: 'Why', text: 'A typo.' }]);
  });

  it('tells promises before what is done, and nothing of what was declined', () => {
    const card = cardOf({
      actionItems: [
        { title: 'Done thing', status: 'done' },
        { title: 'Declined thing', status: 'declined' },
        { title: 'Open thing.', team: 'Identity', due: '2026-12-04' },
        { title: 'Second', owner: 'Ana' },
        { title: 'Third' },
      ],
    });
    expect(card?.parts).toEqual([
      { label: 'What will change', text: 'Open thing (Identity, 4 December). Second (Ana). Third. And 1 more.' },
    ]);
  });

  it('shows what nobody classified, and what may still change', () => {
    expect(cardOf({ severity: 'unclassified', status: 'preliminary' })).toMatchObject({ severityLabel: 'Unclassified', preliminary: true });
  });
});

describe('the figures', () => {
  const values = (input: Partial<DigestInput>) => digestContent({ ...base, ...input }).stats.map(({ value, label }) => `${value} ${label}`);
  const lasting = (minutes: number, service: string) =>
    aRendition({
      services: [service],
      startedAt: '2026-11-19T12:00:00Z',
      mitigatedAt: new Date(Date.UTC(2026, 10, 19, 12, minutes)).toISOString().replace('.000', ''),
    });

  it('are those that the data carries', () => {
    expect(
      values({ fresh: [lasting(10, 'a'), lasting(41, 'b'), lasting(20, 'c')], openActions: [anAction(), anAction({ due: '2026-11-20' })] }),
    ).toEqual(['3 incidents', '41 min longest, b', '20 min to mitigate, median', '2 actions open, 1 overdue']);
  });

  it.each([
    ['12 min faster', 32],
    ['8 min slower', 12],
  ])('tell that mitigating was %s than in the four weeks before', (difference, minutesToMitigate) => {
    const earlier = ['2026-11-11', '2026-10-20'].map((day) => ({
      severity: 'sev3' as const,
      publishedAt: `${day}T12:00:00Z`,
      minutesToMitigate,
    }));
    const longAgo = { ...earlier[0], severity: 'sev3' as const, publishedAt: '2026-10-07T12:00:00Z', minutesToMitigate: 9000 };
    expect(values({ fresh: [lasting(10, 'a'), lasting(30, 'b')], earlier: [...earlier, longAgo] })).toContain(
      `20 min to mitigate, ${difference} than usual`,
    );
  });

  it('call a mitigation usual that took as long as usual', () => {
    const earlier = ['2026-11-11', '2026-11-04'].map((day) => ({
      severity: 'sev3' as const,
      publishedAt: `${day}T12:00:00Z`,
      minutesToMitigate: 20,
    }));
    expect(values({ fresh: [lasting(10, 'a'), lasting(30, 'b')], earlier })).toContain('20 min to mitigate, as usual');
  });

  it('have no median of one', () => {
    expect(values({ fresh: [lasting(41, 'b')] })).toEqual(['1 incident', '41 min longest, b']);
  });

  it('are none where there would be one', () => {
    expect(values({ fresh: [aRendition()] })).toEqual([]);
    expect(values({ openActions: [anAction()] })).toEqual([]);
  });
});

describe('the weeks before', () => {
  const inWeek = (day: string, n: number, severity: Severity = 'sev3') =>
    Array.from({ length: n }, () => ({ severity, publishedAt: `2026-${day}T12:00:00Z` }));
  const earlier = [...inWeek('11-11', 2, 'sev1'), ...inWeek('11-04', 4), ...inWeek('10-28', 1), ...inWeek('10-21', 5)];

  it('say what is usual', () => {
    expect(digestContent({ ...base, fresh: [aRendition()], earlier }).stats).toEqual([
      { value: '1', label: 'incident, 3 in a usual week' },
    ]);
  });

  it('say in a quiet week what is usual', () => {
    expect(digestContent({ ...base, earlier }).notice).toMatch(/nothing was published late\. A usual week has three incidents\.$/);
  });

  it('compare nothing where only one had any', () => {
    const { stats, notice } = digestContent({ ...base, earlier: inWeek('11-11', 3) });
    expect([stats, notice]).toEqual([[], expect.stringMatching(/nothing was published late\.$/)]);
  });

  it('are told with the week itself, severity by severity', () => {
    const { chart } = digestContent({ ...base, fresh: [aRendition({ severity: 'sev1' }), aRendition({ severity: 'sev4' })], earlier });
    expect(chart?.told).toBe(
      'Incidents a week, last eight weeks: W40 0, W41 0, W42 0, W43 5, W44 1, W45 4, W46 2 (2 Sev-1), W47 2 (1 Sev-1).',
    );
    expect(chart?.bars.at(-1)).toEqual({ label: 'W47', total: '2', counts: { sev1: 1, sev2: 0, rest: 1 } });
  });

  it('do not count the week itself twice', () => {
    const { chart } = digestContent({ ...base, fresh: [aRendition()], earlier: [...earlier, ...inWeek('11-18', 7)] });
    expect(chart?.bars.at(-1)?.total).toBe('1');
  });

  it('are no chart of one bar', () => {
    expect(digestContent({ ...base, fresh: [aRendition()] }).chart).toBeUndefined();
  });

  it('do not call less severe what nobody classified', () => {
    const rest = (severity: Severity) =>
      digestContent({ ...base, earlier: [...earlier, ...inWeek('11-04', 1, severity)] }).chart?.legend.at(-1);
    expect([rest('sev4')?.label, rest('unclassified')?.label]).toEqual(['Sev-3 and below', 'Sev-3 and below, or unclassified']);
  });
});

describe('what is still promised', () => {
  const promised = (openActions: OpenAction[]) => digestContent({ ...base, openActions }).promised;

  it('comes oldest first, with age, owner and origin', () => {
    const content = promised([
      anAction({ title: 'Newer', promisedAt: '2026-11-22T10:00:00Z', owner: 'Ana' }),
      anAction({ team: 'Identity' }),
    ]);
    expect(content?.actions.map(({ title, meta, age }) => [title, meta, age])).toEqual([
      ['Alarm on lag', 'Identity · from “Stale reads”, March', 'promised 247 days ago'],
      ['Newer', 'Ana · from “Stale reads”, November', 'promised 1 day ago'],
    ]);
    expect(content?.intro).toBe('Two actions are open. The oldest:');
  });

  it('begins with what is overdue, the oldest first', () => {
    const late = (title: string, promisedAt: string) => anAction({ title, promisedAt, due: '2026-11-20' });
    const content = promised([anAction(), late('Late', '2026-11-02T10:00:00Z'), late('Longer', '2026-11-01T10:00:00Z')]);
    expect(content?.actions.map(({ title }) => title)).toEqual(['Longer', 'Late', 'Alarm on lag']);
    expect(content?.intro).toBe('Three actions are open, two overdue. Overdue first:');
  });

  it('says how late and that nobody owns it', () => {
    const content = promised([anAction({ due: '2026-11-20' })]);
    expect(content?.actions[0]).toMatchObject({
      age: '3 days late',
      late: true,
      meta: 'no owner · due 20 November · from “Stale reads”, March',
    });
    expect(content?.intro).toBe('One action is open, one overdue.');
  });

  it.each([
    ['2026-11-24', 'due in 1 day'],
    ['2026-12-10', 'due in 17 days'],
    ['2026-11-23', 'due today'],
    ['2026-11-22', '1 day late'],
  ])('says when it is due, and never another number beside it: %s', (due, age) => {
    expect(promised([anAction({ due })])?.actions[0]?.age).toBe(age);
  });

  it('shows eight and counts the rest', () => {
    const content = promised(Array.from({ length: 14 }, () => anAction()));
    expect([content?.actions.length, content?.more]).toEqual([8, 'and 6 more']);
  });

  it('is left out where nothing is open and nothing was kept lately', () => {
    expect(promised([])).toBeUndefined();
  });

  it('ends with what was kept this week, the oldest first, at most four', () => {
    const keptActions = Array.from({ length: 6 }, (_, n) => anAction({ title: `Kept ${n}`, promisedAt: `2026-0${n + 2}-01T10:00:00Z` }));
    const { promised } = digestContent({ ...base, openActions: [anAction()], keptActions: keptActions.toReversed() });
    expect(promised?.kept).toMatchObject({ intro: 'Six promises were kept this week:', more: 'and 2 more' });
    expect(promised?.kept?.actions.map(({ title }) => title)).toEqual(['Kept 0', 'Kept 1', 'Kept 2', 'Kept 3']);
    expect(promised?.kept?.actions[0]?.meta).toBe('from “Stale reads”, February');
  });

  it('is told of a quiet week in which the last promise was kept', () => {
    expect(digestContent({ ...base, keptActions: [anAction()] }).promised).toMatchObject({
      heading: 'Promised and kept',
      intro: 'All promised actions are closed.',
      kept: { intro: 'One promise was kept this week:' },
    });
  });
});

it('calls severities as the organisation does, everywhere', () => {
  const labels = { sev1: 'Critical', sev2: 'Major', sev3: 'Minor', sev4: 'Trivial', unclassified: 'Unsorted' };
  const earlier = [{ severity: 'sev2' as const, publishedAt: '2026-11-11T12:00:00Z' }];
  const said = JSON.stringify(digestContent({ ...base, labels, fresh: [aRendition({ severity: 'sev1' }), aRendition()], earlier }));
  for (const words of ['one of them Critical', 'W46 1 (1 Major)', 'Minor and below', '"severityLabel":"Critical"'])
    expect(said).toContain(words);
  expect(said).not.toMatch(/Sev-\d/);
  expect(JSON.stringify(digestContent({ ...base, labels, fresh: [aRendition({ severity: 'unclassified' })] }))).toContain(
    'One incident, Unsorted:',
  );
});

it('a quiet week is a short notice', () => {
  expect(digestContent(base)).toMatchObject({
    subject: 'A quiet week: no new postmortems',
    notice: 'Nothing was published in the week of 16–22 November 2026, and nothing was published late.',
    sections: [],
    stats: [],
  });
});

it('a quiet week counts its corrections, until one of them is withheld', () => {
  expect(digestContent({ ...base, corrections: correctionsSample })).toMatchObject({
    subject: 'No new postmortems, five corrections',
    headline: 'No new postmortems, five corrections.',
    named: { postmortems: correctionsSample?.entries.map(({ postmortem }) => postmortem), subject: expect.not.stringContaining('five') },
  });
});

it('late ones have a section of their own', () => {
  const { sections } = digestContent({ ...base, fresh: [aRendition()], late: [aRendition({ id: 'late' })] });
  expect(sections.map(({ heading }) => heading)).toEqual([undefined, 'Published late']);
});

it('says what stands in place of the news once some of it is withheld: no title, no count, no severity', () => {
  const secret = aRendition({ id: 'secret', title: 'Secret', severity: 'sev1' });
  const { named, preheader } = digestContent({ ...base, fresh: [aRendition(), secret] });
  expect(named?.postmortems.toSorted()).toEqual(['a-postmortem', 'secret']);
  for (const said of [named?.subject, named?.headline, preheader]) expect(said).not.toMatch(/Secret|Sev-1|two|one/i);
});

it('prints no control character, whatever a producer sent', () => {
  const content = digestContent({
    ...base,
    fresh: [aRendition({ title: 'a\u0002read\u0003b', services: ['x\r\ny'] })],
    openActions: [anAction({ title: '\u0002why\u0003', owner: 'o\u202e' })],
  });
  expect(JSON.stringify(content)).not.toMatch(/\\u000[23]|\\r|\\n|\u202e/);
});
