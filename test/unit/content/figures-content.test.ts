import { describe, expect, it } from 'vitest';
import { monthBefore } from '../../../core/calendar/month.ts';
import { periodsUpTo } from '../../../core/calendar/recurring.ts';
import { briefContent } from '../../../core/content/brief-content.ts';
import type { BriefInput } from '../../../core/content/brief-figures.ts';
import { customerMinutesStat, figuresContent } from '../../../core/content/figures-content.ts';
import { type FiguredIncident, figuresByPeriod } from '../../../core/content/period-figures.ts';

const zone = 'Europe/Berlin';
const now = new Date('2026-12-01T07:00:00Z');
const november = monthBefore(now, zone);
const incident = (month: string, change: Partial<FiguredIncident> = {}): FiguredIncident => ({
  publishedAt: `2026-${month}-10T10:00:00Z`,
  customersAffected: 100,
  minutesOfHarm: 30,
  minutesToDetect: 4,
  minutesToMitigate: 41,
  ...change,
});
const unknown = { customersAffected: undefined, minutesOfHarm: undefined, minutesToDetect: undefined, minutesToMitigate: undefined };
const figures = (...incidents: readonly FiguredIncident[]) => figuresByPeriod(periodsUpTo('month', november, 4, zone), incidents);
const table = (...incidents: readonly FiguredIncident[]) =>
  figuresContent('month', figures(...incidents))?.rows.map(({ period, cells }) => [
    period,
    ...cells.map(({ value, known }) => (known === undefined ? value : `${value} (${known})`)),
  ]);
const stat = (...incidents: readonly FiguredIncident[]) => customerMinutesStat(figures(...incidents), 'in October')?.label;

describe('the figures of periods', () => {
  it('say of how many incidents they are known, and begin with the first postmortem', () => {
    expect(
      table(
        incident('09'),
        incident('11'),
        incident('11', unknown),
        incident('11', { customersAffected: 49_000, minutesToDetect: undefined }),
      ),
    ).toEqual([
      ['Sep', '3,000', '4 min', '41 min'],
      ['Oct', '0', '–', '–'],
      ['Nov', '1.5 M (2 of 3)', '4 min (1 of 3)', '41 min (2 of 3)'],
    ]);
  });

  it('say of none that they are not known', () => {
    expect(table(incident('10'), incident('11'), incident('09', unknown))?.[0]).toEqual(['Sep', 'not known', 'not known', 'not known']);
  });

  it('say what they are, and explain the numbers beside them where there are any', () => {
    expect(figuresContent('month', figures(incident('10'), incident('11')))?.intro).toBe(
      'Incidents count when their postmortem is published. Times are medians.',
    );
    expect(figuresContent('month', figures(incident('10'), incident('11'), incident('11', unknown)))?.intro).toContain(
      'of how many incidents',
    );
  });

  it.each([
    ['in the first month ever', [incident('11')]],
    ['where nothing is known', [incident('10', unknown), incident('11', unknown)]],
  ])('are no table %s', (_, incidents) => {
    expect(table(...incidents)).toBeUndefined();
  });
});

describe('the customer minutes', () => {
  it.each([
    ['down', [incident('10'), incident('11', { customersAffected: 62 })], 'customer minutes lost, down 38 %'],
    ['up', [incident('10'), incident('11', { customersAffected: 250 })], 'customer minutes lost, up 150 %'],
    ['as many as before', [incident('10'), incident('11')], 'customer minutes lost, as in October'],
    ['none before', [incident('10', { customersAffected: 0 }), incident('11')], 'customer minutes lost, 0 in October'],
    ['with nothing before', [incident('11')], 'customer minutes lost'],
    [
      'of too few to compare',
      [incident('10'), incident('11'), incident('11', unknown), incident('11', unknown)],
      'customer minutes lost, known of 1 of 3 incidents',
    ],
    ['not known', [incident('10'), incident('11', unknown)], undefined],
    ['of a month without incidents', [incident('10')], undefined],
  ])('are told with their trend: %s', (_, incidents, label) => {
    expect(stat(...incidents)).toBe(label);
  });
});

describe('a brief', () => {
  const base: BriefInput = {
    organisation: { name: 'Northwind', zone },
    kind: 'month',
    period: november,
    grave: [],
    late: [],
    lesser: [{ ...incident('11'), id: 'a', severity: 'sev3' }],
    earlier: [{ ...incident('10', { customersAffected: 200 }), severity: 'sev3' }],
    promises: [],
    now,
  };

  it('counts the customer minutes of what it only counts too, in place of the time to mitigate', () => {
    const { stats, figures: told } = briefContent(base);
    expect(stats.map(({ value, label }) => `${value} ${label}`)).toEqual([
      '1 incident, 1 in October',
      '0 Sev-1 or Sev-2, 0 in October',
      '3,000 customer minutes lost, down 50 %',
    ]);
    expect(told?.rows.at(-1)).toEqual({ period: 'Nov', cells: [{ value: '3,000' }, { value: '4 min' }, { value: '41 min' }] });
  });

  it('charts no zeros before the first postmortem', () => {
    const { chart } = briefContent(base);
    expect(chart?.told).toBe(
      'Incidents a month, last seven months: May no data, Jun no data, Jul no data, Aug no data, Sep no data, Oct 1, Nov 1.',
    );
    expect(chart?.bars[0]?.total).toBe('–');
  });
});
