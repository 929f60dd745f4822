import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { monthBefore } from '../../../core/calendar/month.ts';
import { periodsUpTo } from '../../../core/calendar/recurring.ts';
import { type FiguredIncident, figuredRendition, figuresByPeriod, knownOfHowMany, trendOf } from '../../../core/content/period-figures.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { tries } from '../../support/hostile/fuzz.ts';
import { aPostmortem } from '../../support/rendition.ts';

const zone = 'Europe/Berlin';
/** September, October and November 2026. */
const months = periodsUpTo('month', monthBefore(new Date('2026-12-01T07:00:00Z'), zone), 3, zone);
const incident = (day: string, known: Partial<FiguredIncident> = {}): FiguredIncident => ({
  publishedAt: `2026-${day}T12:00:00Z`,
  ...known,
});
const figures = (...incidents: FiguredIncident[]) => figuresByPeriod(months, incidents);
const november = (...incidents: FiguredIncident[]) => figures(...incidents).at(-1);

describe('the figures of a period', () => {
  it('are customer minutes as a sum, and times as medians, each with of how many incidents it is known', () => {
    expect(
      november(
        incident('11-03', { customersAffected: 1000, minutesOfHarm: 41, minutesToDetect: 4, minutesToMitigate: 41 }),
        incident('11-04', { customersAffected: 20, minutesOfHarm: 60, minutesToDetect: 9 }),
        incident('11-05', { customersAffected: 7, minutesToDetect: 20 }),
        incident('11-06'),
      ),
    ).toMatchObject({
      customerMinutes: { value: 42_200, known: 2, of: 4 },
      minutesToDetect: { value: 9, known: 3, of: 4 },
      minutesToMitigate: { value: 41, known: 1, of: 4 },
    });
  });

  it('count an incident that affected nobody as no customer minutes, whatever its times', () => {
    expect(november(incident('11-03', { customersAffected: 0 }))).toMatchObject({ customerMinutes: { value: 0, known: 1, of: 1 } });
  });

  it('have no value where nothing is known of any incident', () => {
    expect(november(incident('11-03'))).toMatchObject({ customerMinutes: { known: 0, of: 1 }, minutesToDetect: { known: 0, of: 1 } });
    expect(november(incident('11-03'))).not.toHaveProperty('customerMinutes.value');
  });

  it('of a month without incidents are no customer minutes, and no times', () => {
    expect(november(incident('10-03'))).toMatchObject({
      customerMinutes: { value: 0, known: 0, of: 0 },
      minutesToDetect: { known: 0, of: 0 },
    });
    expect(november(incident('10-03'))).not.toHaveProperty('minutesToDetect.value');
  });

  it('are no data before the first postmortem, and are figures from its month on', () => {
    const hasData = (...incidents: FiguredIncident[]) => figures(...incidents).map((one) => !('hasNoData' in one));

    expect(hasData(incident('10-31'))).toEqual([false, true, true]);
    expect(hasData(incident('08-01'))).toEqual([true, true, true]);
    expect(hasData({ publishedAt: '2026-10-31T23:00:00Z' })).toEqual([false, false, true]);
    expect(hasData()).toEqual([false, false, false]);
    expect(hasData({ publishedAt: undefined })).toEqual([false, false, false]);
  });

  it('begin and end at midnight of the organisation', () => {
    const atMidnight = { publishedAt: '2026-10-31T23:00:00Z', customersAffected: 0 };
    expect(figures(incident('09-03'), atMidnight).map((one) => ('hasNoData' in one ? undefined : one.customerMinutes.of))).toEqual([
      1, 0, 1,
    ]);
  });

  it('never have more known than there are, nor depend on the order', () => {
    const known = fc.record({
      publishedAt: fc.constantFrom('2026-09-05T12:00:00Z', '2026-10-31T23:00:00Z', '2026-11-30T22:59:59Z'),
      customersAffected: fc.option(fc.nat(), { nil: undefined }),
      minutesOfHarm: fc.option(fc.nat(10_000), { nil: undefined }),
      minutesToDetect: fc.option(fc.nat(10_000), { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(known, { maxLength: 8 }), (incidents) => {
        const all = figures(...incidents);
        expect(figures(...incidents.toReversed())).toEqual(all);
        for (const one of all) {
          if ('hasNoData' in one) continue;
          for (const { value, known, of } of [one.customerMinutes, one.minutesToDetect]) {
            expect(known).toBeLessThanOrEqual(of);
            if (known > 0 || of > 0) expect(value !== undefined).toBe(known > 0);
          }
        }
      }),
      tries(),
    );
  });
});

describe('what a brief shows in full', () => {
  const pm = {
    severity: 'sev1',
    startedAt: '2026-11-02T09:00:00Z',
    detectedAt: '2026-11-02T09:04:30Z',
    resolvedAt: '2026-11-02T10:00:00Z',
    publishedAt: '2026-11-03T10:00:00Z',
  };
  const figured = (customerImpact?: object) => figuredRendition(leadershipRendition(aPostmortem({ ...pm, customerImpact })));

  it('counts as lists count it', () => {
    expect(figured({ customersAffected: 10, regions: [] })).toEqual({
      publishedAt: '2026-11-03T10:00:00Z',
      minutesToDetect: 4.5,
      minutesToMitigate: undefined,
      minutesOfHarm: 60,
      customersAffected: 10,
    });
  });

  it.each([
    ['it says that none were affected', { text: 'No customers were affected.', regions: [] }, 0],
    ['it says that nobody could see it', { externallyVisible: false, regions: [] }, 0],
    ['it says that they saw it', { externallyVisible: true, text: 'None', regions: [] }, undefined],
    ['it tells of them and counts none', { text: 'Some could not pay.', regions: [] }, undefined],
    ['it says nothing', undefined, undefined],
  ])('knows how many customers: %s', (_, customerImpact, known) => {
    expect(figured(customerImpact).customersAffected).toBe(known);
  });
});

describe('the trend of a figure', () => {
  const minutes = (day: string, minutesToDetect?: number) => incident(day, { minutesToDetect });
  const trend = (...incidents: FiguredIncident[]) => trendOf('minutesToDetect', figures(...incidents));

  it('is that of the month before, and by how much it changed', () => {
    expect(trend(minutes('10-03', 40), minutes('11-03', 25))).toEqual({ before: 40, percent: -37 });
    expect(trend(minutes('10-03', 0), minutes('11-03', 25))).toEqual({ before: 0 });
  });

  it('is not told where too little is known of one month, or nothing', () => {
    expect(trend(minutes('10-03', 40), minutes('10-04'), minutes('11-03', 25))).toEqual({ before: 40, percent: -37 });
    expect(trend(minutes('10-03', 40), minutes('10-04'), minutes('10-05'), minutes('11-03', 25))).toBeUndefined();
    expect(trend(minutes('10-03', 40), minutes('11-03', 25), minutes('11-04'), minutes('11-05'))).toBeUndefined();
    expect(trend(minutes('09-03', 40), minutes('11-03', 25))).toBeUndefined();
    expect(trend(minutes('11-03', 25))).toBeUndefined();
  });
});

it('says of how many incidents a figure is known, unless of all', () => {
  expect([
    knownOfHowMany({ value: 3, known: 9, of: 13 }),
    knownOfHowMany({ known: 0, of: 1 }),
    knownOfHowMany({ value: 3, known: 13, of: 13 }),
  ]).toEqual(['known of 9 of 13 incidents', 'known of 0 of 1 incident', undefined]);
});
