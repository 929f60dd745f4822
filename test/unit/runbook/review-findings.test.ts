import { expect, it } from 'vitest';
import { driftOf } from '../../../core/runbook/drift.ts';
import { aDistribution } from '../../support/distribution.ts';
import { quietFacts, wellKept } from '../../support/drift.ts';
import { aReview } from '../../support/reviews-in-memory.ts';

const reviewers = [{ address: 'vp@example.com', as: 'VP Engineering' }];
const escalateTo = [{ address: 'cto@example.com', as: 'CTO' }];
/** It is Monday 30 November 2026. */
const found = (facts: Parameters<typeof quietFacts>[0], reviews = { reviewers, escalateTo }) =>
  driftOf(aDistribution({ ...wellKept, reviews }), quietFacts(facts))
    .findings.filter(({ area }) => area === 'reviews')
    .map(({ kind, what, postmortems }) => [kind, what, postmortems?.join(' ')]);
const unheard = (address: string) => ({ named: 'reviewer' as const, post: 'a reviewer', state: 'suspended' as const, address });
const awaited = { state: 'awaiting postmortem', declaredAt: '2026-11-02T10:00:00Z', publishedAt: undefined };

it('tells of what waits for more than two weeks after its day, when reminders are over', () => {
  const reviews = [
    aReview({ postmortem: 'late', dueOn: '2026-11-16' }),
    aReview({ postmortem: 'due', dueOn: '2026-11-17' }),
    aReview({ ...awaited, postmortem: 'gone', dueOn: '2026-11-13' }),
    aReview({ ...awaited, postmortem: 'lost', dueOn: '2026-11-13' }),
    aReview({ ...awaited, postmortem: 'unseen', dueOn: '2026-11-13', hidden: true }),
    aReview({ postmortem: 'held', dueOn: '2026-11-13', hidden: true }),
    aReview({ ...awaited, postmortem: 'soon', dueOn: '2026-11-27' }),
  ];
  expect(found({ reviews })).toEqual([
    ['postmortems-missing', '2 postmortems are missing, 10 working days or longer after their day', 'gone lost'],
    ['reviews-overdue', '1 review is overdue by 10 working days or longer', 'late'],
  ]);
});

it('tells when no reviewer is left whom mail reaches, and not before', () => {
  const reviews = [aReview({ dueOn: '2026-12-04' })];
  expect(found({ reviews, unheard: [unheard('vp@example.com')] })).toEqual([]);
  expect(found({ reviews, unheard: [unheard('VP@example.com'), unheard('cto@example.com')] })).toEqual([
    ['reviews-without-reviewers', 'No mail reaches any reviewer whom the file names (VP Engineering and CTO)', 'pm-1'],
  ]);
});

it('tells of reviews that nobody whom the file names can sign', () => {
  const reviews = [aReview({ postmortem: 'own', dueOn: '2026-12-04' }), aReview({ postmortem: 'other', dueOn: '2026-12-04' })];
  expect(found({ reviews, unsigned: ['own'] })).toEqual([
    ['reviews-nobody-signs', '1 review can be signed by nobody whom the file names', 'own'],
  ]);
});

it('tells of what is left open once the file asks for no reviews', () => {
  expect(driftOf(aDistribution(wellKept), quietFacts({ reviews: [aReview()] })).findings.map(({ kind, what }) => [kind, what])).toEqual([
    ['reviews-left', '1 review is open, and the file has no reviews:'],
  ]);
  expect(driftOf(aDistribution(wellKept), quietFacts()).findings).toEqual([]);
});

it.each([
  ['none at all', [], undefined],
  ['those of both years', ['2026-12-25', '2027-01-01'], undefined],
  ['none of the year', ['2025-12-25', '2027-01-01'], '2026'],
  ['none of the next year', ['2026-12-25'], '2027'],
])('tells in November of a year without holidays: %s', (_, holidays, year) => {
  const organisation = { name: 'Example Ltd', zone: 'Europe/Berlin', domains: ['example.com'], holidays };
  const kinds = (file: object, now = '2026-11-01T08:00:00Z') =>
    driftOf(aDistribution({ ...wellKept, organisation, ...file }), quietFacts({ now }))
      .findings.filter(({ kind }) => kind === 'holidays-missing')
      .map(({ what }) => what);
  const told = year === undefined ? [] : [`The file names holidays, and none of ${year}`];
  expect([kinds({ reminders: { at: '08:00' } }), kinds({ reviews: { reviewers } }), kinds({})]).toEqual([told, told, []]);
  expect(kinds({ reminders: { at: '08:00' } }, '2026-10-31T08:00:00Z')).toEqual(year === '2026' ? told : []);
});

it.each([
  [
    1,
    [
      'reminded of it any more, and what the postmortem promises is',
      'reminded of it any more',
      '1 review waits',
      'decide on it or sign it off',
    ],
  ],
  [
    2,
    [
      'reminded of them any more, and what the postmortems promise is',
      'reminded of them any more',
      '2 reviews wait',
      'on them or sign them off',
    ],
  ],
] as const)('speaks of %i as a reader would', (n, said) => {
  const some = (fields: object) => Array.from({ length: n }, (_, k) => aReview({ postmortem: `pm-${k}`, dueOn: '2026-11-02', ...fields }));
  const why = (facts: Parameters<typeof quietFacts>[0], of = aDistribution({ ...wellKept, reviews: { reviewers } })) =>
    driftOf(of, quietFacts(facts))
      .findings.filter(({ area }) => area === 'reviews')
      .map((one) => one.why)
      .join();
  expect(why({ reviews: some({}) })).toContain(said[0]);
  expect(why({ reviews: some(awaited) })).toContain(said[1]);
  expect(why({ reviews: some({ dueOn: '2026-12-30' }), unheard: [unheard('vp@example.com')] })).toContain(said[2]);
  expect(why({ reviews: some({}) }, aDistribution(wellKept))).toContain(said[3]);
});
