import { expect, it } from 'vitest';
import { clockWarnings } from '../../../core/distribution/clock-warnings.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-01-15T12:00:00Z');
const warnings = (on: string, at: string) =>
  clockWarnings(aDistribution({ streams: { 'engineering-digest': { schedule: { every: 'week', on, at } } } }), now);

it('names both days on which the clocks meet a schedule, what happens, and what to do', () => {
  expect(warnings('sunday', '02:30')).toEqual([
    {
      field: 'streams.engineering-digest.schedule.at',
      problem:
        '02:30 in Europe/Berlin does not exist on 2026-03-29, when the clocks go forward (the edition leaves at 03:30 instead) and comes twice on 2026-10-25, when they go back (the edition leaves once)',
      remedy: 'Choose an hour that every day has once, such as "09:00".',
    },
  ]);
});

it.each([
  ['sunday', '09:00'],
  ['monday', '02:30'],
  ['sunday', '01:45'],
  ['sunday', '03:00'],
])('says nothing of %s at %s', (on, at) => {
  expect(warnings(on, at)).toEqual([]);
});

it('names one day where a schedule meets one', () => {
  const streams = { 'leadership-brief': { schedule: { every: 'month', on: 25, at: '02:00' } } };
  expect(clockWarnings(aDistribution({ streams }), now)).toMatchObject([
    { field: 'streams.leadership-brief.schedule.at', problem: expect.stringMatching(/^02:00 in Europe\/Berlin comes twice on 2026-10-25/) },
  ]);
});
