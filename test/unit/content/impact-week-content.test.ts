import { expect, it } from 'vitest';
import { type ImpactWeekInput, impactWeekContent } from '../../../core/content/impact-week-content.ts';
import { correctionsSample } from '../../support/samples/corrections.ts';
import { impactWeekInput, impactWeekSamples } from '../../support/samples/impact.ts';

const week = (more: Partial<ImpactWeekInput> = {}) => impactWeekContent({ ...impactWeekInput, ...more });
const [first, open, third] = impactWeekInput.fresh;

it('tells of open incidents first, with their next news, then of those that are over, then of late ones', () => {
  const { sections, named } = impactWeekSamples['impact of a week'];

  expect(sections.map(({ name, heading }) => [name, heading])).toEqual([
    ['open', 'Still open'],
    ['fresh', 'Over'],
    ['late', 'Published late'],
  ]);
  expect(sections[0]?.cards[0]?.parts.map(({ label }) => label)).toEqual(['What customers saw', 'When', 'Say', 'Next news']);
  expect(sections[1]?.cards.map(({ severity }) => severity)).toEqual(['sev1', 'sev3']);
  expect(named?.postmortems).toHaveLength(4);
});

it('needs no heading for a week in which all is over', () => {
  expect(week({ fresh: first ? [first] : [], late: [] }).sections).toMatchObject([{ name: 'fresh', cards: [{}] }]);
  expect(week({ fresh: first ? [first] : [], late: [] }).sections[0]).not.toHaveProperty('heading');
});

it.each([
  [
    'several',
    impactWeekInput.fresh,
    'Customer impact of the week: Retries turned a slow database into 41 minutes without checkout, and two more incidents',
    'Customers felt three incidents, one of them Sev-1: Retries turned a slow database into 41 minutes without checkout.',
  ],
  [
    'one',
    [third],
    'Customer impact of the week: Invoices went out twice to 212 customers',
    'Customers felt one incident, Sev-3: Invoices went out twice to 212 customers.',
  ],
  [
    'none but late ones',
    [],
    'Customer impact of the week: Login down: a certificate ran out',
    'Nothing new; one incident published late: Login down: a certificate ran out.',
  ],
])('puts the news of a week with %s into subject and headline', (_, fresh, subject, headline) => {
  expect(week({ fresh: fresh.flatMap((pm) => pm ?? []) })).toMatchObject({ subject, headline });
});

it('says that a week was quiet', () => {
  expect(impactWeekSamples['impact of a quiet week']).toMatchObject({
    subject: 'Customer impact: a quiet week',
    notice: 'No postmortem of the week of 16–22 November 2026 tells of customers who felt something, and none was published late.',
    stats: [],
    sections: [],
  });
});

it('says of each earlier summary how much of it was taken back', () => {
  expect(impactWeekSamples['impact of a week, some taken back']).toMatchObject({
    preheader: expect.stringContaining('Do not use what we said about three incidents.'),
    takenBack: {
      said: 'What the summary of 16 November said about one incident and the summary of 9 November said about two incidents was taken back. Say nothing of it any more. Their pages no longer open. Ask #incident-desk.',
    },
  });
});

it('counts in a quiet week what it says of earlier ones, until it is withheld', () => {
  const quiet = { fresh: [], late: [], corrections: correctionsSample };
  expect(week(quiet)).toMatchObject({
    subject: 'Customer impact: no new incidents, five corrections',
    headline: 'No new incidents, five corrections.',
    named: { postmortems: correctionsSample?.entries.map(({ postmortem }) => postmortem) },
  });
  expect(week({ ...quiet, takenBack: ['2026-11-16T08:00:00Z'] })).toMatchObject({
    subject: 'Customer impact: no new incidents, five corrections, one incident taken back',
  });
});

it('does not say of an incident without times that it is still open, unless news of it is to come', () => {
  const unknown = { startedAt: undefined, detectedAt: undefined, mitigatedAt: undefined, resolvedAt: undefined };
  const [undated] = impactWeekInput.fresh.map((pm) => ({ ...pm, ...unknown, nextNewsAt: undefined }));
  if (!undated) throw new Error('there is no sample');
  const told = week({ fresh: [undated], late: [] });
  expect(told.sections.map(({ heading }) => heading)).toEqual(['No times given']);
  expect(told.stats.map(({ label }) => label)).toEqual(['incident', 'customers affected']);
  const expected = week({ fresh: [{ ...undated, nextNewsAt: '2026-12-01T10:00:00Z' }], late: [] });
  expect(expected.sections.map(({ heading }) => heading)).toEqual(['Still open']);
});

it('names the first of several that are as severe as the latest of them', () => {
  const alike = impactWeekInput.fresh.map((pm) => ({ ...pm, severity: 'sev2' as const }));
  expect(week({ fresh: alike }).headline).toMatch(/^Customers felt three incidents, all Sev-2, the latest: Retries /);
});

it('says that more was published than fits, and names no number of it', () => {
  expect(week({ isCrowded: true }).notice).toMatch(/^More was published than fits into one mail\./);
});

it('gives figures only where there are two', () => {
  expect(week().stats).toEqual([
    { value: '3', label: 'incidents' },
    { value: '1', label: 'still open' },
    { value: '120,000', label: 'customers in the largest' },
    { value: '24 h', label: 'the longest' },
  ]);
  expect(week({ fresh: open ? [{ ...open, startedAt: undefined, mitigatedAt: '2026-11-17T10:00:00Z' }] : [] }).stats).toEqual([]);
});
