import { monthBefore } from '../../../core/calendar/month.ts';
import { weekBefore } from '../../../core/calendar/week.ts';
import { alertContent } from '../../../core/content/alert-content.ts';
import { type DigestInput, digestContent } from '../../../core/content/digest-content.ts';
import type { OpenAction, ToldAction } from '../../../core/content/promised-content.ts';
import { publishedContent } from '../../../core/content/published-content.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import type { Postmortem, Severity } from '../../../core/postmortem/postmortem.ts';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { renderBrief } from '../../../emails/render-brief.ts';
import { renderAlert, renderDigest } from '../../../emails/render-edition.ts';
import { renderImpact, renderImpactWeek } from '../../../emails/render-impact.ts';
import { renderUpdate } from '../../../emails/render-update.ts';
import { briefSample, crowdedBriefSample, firstBriefSample, quietBriefSample } from './briefs.ts';
import { correctionsSample } from './corrections.ts';
import { impactSamples, impactWeekSamples } from './impact.ts';
import { certificate, checkout, invoices, search, sessions, statusPage } from './postmortems.ts';
import { relevanceSample } from './relevance.ts';
import { bare, endless, pictured, rightToLeft, roughAction } from './rough-postmortems.ts';
import { updateSamples } from './updates.ts';

const organisation = { name: 'Northwind', zone: 'Europe/Berlin' };
const now = new Date('2026-11-23T08:00:00Z');
const week = weekBefore(now, organisation.zone);
const renditions = (...postmortems: Postmortem[]) => postmortems.map(engineeringRendition);

export const openActions = [
  {
    title: 'Alarm on replication lag',
    team: 'Identity',
    promisedAt: '2026-03-21T10:00:00Z',
    postmortem: { id: 'stale-reads', title: 'Stale reads after failover' },
  },
  {
    title: 'Rotate certificates without a person',
    team: 'Platform',
    promisedAt: '2026-06-18T10:00:00Z',
    postmortem: { id: 'login-certificate', title: 'Login down: a certificate ran out' },
  },
  {
    title: 'Load test the import',
    owner: 'Tomasz Wolski',
    team: 'Billing',
    due: '2026-11-20',
    promisedAt: '2026-10-02T10:00:00Z',
    postmortem: { id: 'import-stalled', title: 'The nightly import stalled' },
  },
] satisfies OpenAction[];

const keptActions = [
  {
    title: 'Page whoever owns the queue when nothing was read for five minutes',
    team: 'Billing',
    promisedAt: '2026-09-04T10:00:00Z',
    postmortem: { id: 'import-stalled', title: 'The nightly import stalled' },
  },
  {
    title: 'One owner for each cron job',
    owner: 'Ana Ferreira',
    promisedAt: '2026-10-14T10:00:00Z',
    postmortem: { id: 'cron-without-owner', title: 'A cron job nobody owned' },
  },
] satisfies ToldAction[];

/** Incidents of the seven weeks before, oldest week first. Published on Wednesdays. */
const weeksBefore: readonly Severity[][] = [
  ['sev2', 'sev3', 'sev3'],
  ['sev3'],
  ['sev1', 'sev2', 'sev4'],
  ['sev2', 'sev2', 'sev3'],
  ['sev3', 'sev3'],
  ['sev2', 'sev3'],
  ['sev2', 'sev3', 'sev3', 'sev4'],
];
const earlier = weeksBefore.flatMap((severities, i) => {
  const publishedAt = `${new Date(Date.UTC(2026, 8, 30 + 7 * i, 12)).toISOString().slice(0, -5)}Z`;
  return severities.map((severity, n) => ({ severity, publishedAt, minutesToMitigate: 45 + 10 * n }));
});

export const digestInput = {
  organisation,
  week,
  fresh: renditions(checkout, sessions, search, invoices, statusPage),
  late: renditions(certificate),
  earlier,
  openActions,
  keptActions,
  now,
} satisfies DigestInput;

export const digestSample = digestContent(digestInput);
/** The same week for teams to which some of it matters. */
export const relevantSample = digestContent({ ...digestInput, relevance: relevanceSample });
/** The same for monthly readers: October, whose incidents weekly readers got week by week. */
export const monthSample = digestContent({
  ...digestInput,
  kind: 'month',
  week: monthBefore(now, organisation.zone),
  fresh: renditions(checkout, sessions, search).map((pm, n) => ({ ...pm, publishedAt: `2026-10-${String(20 - n)}T12:00:00Z` })),
  late: [],
});
export const publishedSample = publishedContent({ organisation, postmortem: engineeringRendition(sessions), now });
export const quietWeekSample = digestContent({ ...digestInput, fresh: [], late: [] });
/** The same with what happened a year ago. */
export const memorySample = digestContent({
  ...digestInput,
  fresh: [],
  late: [],
  memory: {
    why: 'a year ago',
    told: renditions(certificate).map((pm) => ({ ...pm, startedAt: '2025-11-18T06:00:00Z', resolvedAt: '2025-11-18T07:10:00Z' })),
  },
});
/** The first digest of a January. */
export const newYearSample = digestContent({
  ...digestInput,
  week: weekBefore(new Date('2027-01-04T08:00:00Z'), organisation.zone),
  fresh: [],
  late: [],
  now: new Date('2027-01-04T08:00:00Z'),
});
export const correctedQuietWeekSample = digestContent({ ...digestInput, fresh: [], late: [], corrections: correctionsSample });
/** The same week with what earlier ones said wrongly. */
export const correctedWeekSample = digestContent({
  ...digestInput,
  fresh: renditions(statusPage),
  late: [],
  corrections: correctionsSample,
});
/**
 * What people really write: no summary, no owner, titles and words without end, other scripts,
 * pictures.
 */
export const roughSample = digestContent({
  ...digestInput,
  fresh: renditions(endless, rightToLeft, pictured, bare),
  late: [],
  openActions: [...openActions, roughAction],
});
export const alertSample = alertContent({
  organisation,
  postmortem: leadershipRendition(checkout),
  mandatory: true,
  reviewDueOn: '2026-11-27',
  now,
});
export const optionalAlertSample = alertContent({ organisation, postmortem: leadershipRendition(sessions), mandatory: false, now });

const renderedBy = <Name extends string, Content>(
  render: (content: Content) => EditionFragments,
  contents: Readonly<Record<Name, Content>>,
): Readonly<Record<Name, EditionFragments>> =>
  Object.fromEntries(Object.entries<Content>(contents).map(([name, content]) => [name, render(content)])) as Record<Name, EditionFragments>;

/** Every kind of mail with good sample data, for tests and for viewing. */
export const samples = {
  digest: renderDigest(digestSample),
  'relevant-week': renderDigest(relevantSample),
  month: renderDigest(monthSample),
  published: renderDigest(publishedSample),
  'quiet-week': renderDigest(quietWeekSample),
  'memory-week': renderDigest(memorySample),
  'new-year': renderDigest(newYearSample),
  'rough-week': renderDigest(roughSample),
  'corrected-week': renderDigest(correctedWeekSample),
  'corrected-quiet-week': renderDigest(correctedQuietWeekSample),
  alert: renderAlert(alertSample),
  'optional-alert': renderAlert(optionalAlertSample),
  brief: renderBrief(briefSample),
  'quiet-brief': renderBrief(quietBriefSample),
  'corrected-brief': renderBrief({ ...briefSample, corrections: correctionsSample }),
  'first-brief': renderBrief(firstBriefSample),
  'crowded-brief': renderBrief(crowdedBriefSample),
  ...renderedBy(renderUpdate, updateSamples),
  ...renderedBy(renderImpact, impactSamples),
  ...renderedBy(renderImpactWeek, impactWeekSamples),
} satisfies Record<string, EditionFragments>;
