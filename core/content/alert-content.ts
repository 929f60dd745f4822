import * as z from 'zod';
import { printDay, printDayInFull, printLength, printMoment, printShortLength, printTime, printZone } from '../calendar/print.ts';
import { type SeverityLabels, severityLabels } from '../distribution/severity-label.ts';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import { asGiven, hasTime, type Moment, type PlainDate } from '../shared/instant.ts';
import { CardContent, Labelled, Line, labelled, topicsOf, whatWillChange } from './card-content.ts';
import { type Stat, Stat as StatSchema } from './digest-content.ts';
import { inSubject, longestSubject } from './digest-words.ts';
import { endOf, type IncidentTimes, lengthOf, roughLengthOf, timeToDetect, timeToResolve, whoIsAffected } from './incident-time.ts';
import { named, printNumber, shortened } from './prose.ts';

/** An alert about one incident, as ready-made strings. Parsing it sanitises every string again. */
export const AlertContent = z.strictObject({
  postmortem: PostmortemId,
  subject: Line,
  preheader: Line,
  organisation: Line,
  period: Line,
  severity: Severity,
  severityLabel: Line,
  preliminary: z.boolean(),
  headline: Line,
  /** The state of the incident, in short sentences. */
  standing: Line,
  stats: z.array(StatSchema),
  parts: z.array(Labelled),
  /** When its review is due. Absent: it is not in review. */
  review: Line.optional(),
  topics: CardContent.shape.topics,
  /** Readers cannot leave. The footer says why and has no unsubscribe link. */
  mandatory: z.boolean(),
});
export type AlertContent = z.infer<typeof AlertContent>;

export interface AlertInput {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly postmortem: LeadershipRendition;
  readonly mandatory: boolean;
  /** The day on which leadership's review is due. Absent: it is not in review. */
  readonly reviewDueOn?: PlainDate | undefined;
  readonly now: Date;
}

export function alertContent(input: AlertInput): AlertContent {
  const { organisation, postmortem: pm, mandatory, reviewDueOn, now, labels = severityLabels } = input;
  const { zone } = organisation;
  const label = labels[pm.severity];
  return AlertContent.parse({
    postmortem: pm.id,
    subject: alertSubject(pm, label),
    preheader: `${standing(pm, now, zone)} ${pm.whatHappened ?? ''}`,
    organisation: `${organisation.name} incident lessons`,
    period: pm.publishedAt ? `${label} · ${published(asGiven(pm.publishedAt), zone)}` : label,
    severity: pm.severity,
    severityLabel: label,
    preliminary: pm.status === 'preliminary',
    headline: pm.title,
    standing: standing(pm, now, zone),
    stats: stats(pm, zone),
    parts: labelled([
      ['What happened', pm.whatHappened],
      [whoIsAffected(pm), pm.impact],
      ['Why', pm.why],
      ['What customers are told', pm.customersTold],
      ['What we do next', whatWillChange(pm.actionItems, { now, zone }, 4)],
    ]),
    ...(reviewDueOn !== undefined && {
      review: `Its review is due on ${printDayInFull(reviewDueOn, now, zone)}. Reviewers decide here, everybody else reads:`,
    }),
    topics: topicsOf(pm),
    mandatory,
  });
}

/** `Tuesday 17 November, 15:02 Berlin`, or only the day if the hour is not known. */
const published = (at: Moment, zone: string): string =>
  `${printDay(at, zone)}${hasTime(at) ? `, ${printTime(at, zone)} ${printZone(zone)}` : ''}`;

/**
 * `Sev-1: Checkout down, resolved after 41 minutes, 120,000 customers affected`. Adds as many facts
 * as fit and none that the title already has.
 */
const alertSubject = (pm: LeadershipRendition, label: string): string =>
  withFacts(`${label}: ${inSubject(pm.title)}`, [endFact(pm), reachFact(pm)]);

/**
 * Whether the subject of an earlier alert still says what stands: its title and each of its facts.
 */
export const stillStands = (subject: string, pm: LeadershipRendition, label: string): boolean =>
  [[endFact(pm), reachFact(pm)], [endFact(pm)], [reachFact(pm)], []].some(
    (facts) => subject === withFacts(`${label}: ${inSubject(pm.title)}`, facts),
  );

/** A subject with as many of the facts as fit. `before`: what stands before the first of them. */
export const withFacts = (start: string, facts: readonly (string | undefined)[] = [], before = ', '): string =>
  facts.reduce<{ subject: string; before: string }>(
    ({ subject, before: mark }, fact) =>
      fact && subject.length + mark.length + fact.length <= longestSubject
        ? { subject: `${subject}${mark}${fact}`, before: ', ' }
        : { subject, before: mark },
    { subject: shortened(start, longestSubject), before },
  ).subject;

/** `resolved after 41 minutes`, without a length that the title has. */
export function endFact(pm: IncidentTimes & Pick<LeadershipRendition, 'title'>): string | undefined {
  const length = lengthOf(pm);
  const told = length === undefined ? undefined : printLength(length);
  // The length is measured to the mitigation if there is one, so the word has to match.
  const ended = pm.mitigatedAt ? 'mitigated' : pm.resolvedAt && 'resolved';
  return ended && (told && !pm.title.includes(told) ? `${ended} after ${told}` : ended);
}

/** `1,200 customers affected`, unless the title says it. */
export const reachFact = ({ customersAffected, title }: Pick<LeadershipRendition, 'customersAffected' | 'title'>): string | undefined =>
  customersAffected && !title.includes(printNumber(customersAffected)) ? `${printNumber(customersAffected)} customers affected` : undefined;

function standing(pm: LeadershipRendition, now: Date, zone: string): string {
  const ended = pm.resolvedAt ? 'resolved' : pm.mitigatedAt && 'mitigated';
  const state = ended ? `The incident${ofDay(pm, now, zone)} is ${ended}.` : goingOn(pm, now, zone);
  const cause = pm.causeKnown ? 'The cause is known.' : 'The cause is not known yet.';
  return [state, cause, pm.status === 'preliminary' && 'This account is preliminary.'].filter(Boolean).join(' ');
}

/** Names the day if no figure does, because no length is known. */
const ofDay = (pm: LeadershipRendition, now: Date, zone: string): string =>
  pm.startedAt && roughLengthOf(pm) === undefined ? ` of ${printDayInFull(pm.startedAt, now, zone)}` : '';

const goingOn = ({ startedAt }: LeadershipRendition, now: Date, zone: string): string | undefined =>
  startedAt && `It began on ${printMoment(startedAt, now, zone)}. No end is given yet.`;

function stats(pm: LeadershipRendition, zone: string): Stat[] {
  const figures: Stat[] = [];
  const [length, end, noticed, resolved] = [roughLengthOf(pm), endOf(pm), timeToDetect(pm), timeToResolve(pm)];
  if (length !== undefined && pm.startedAt && end) {
    figures.push({
      value: printShortLength(length),
      label: `until ${pm.mitigatedAt ? 'mitigated' : 'resolved'}, ${span(pm.startedAt, end, zone)}`,
    });
  }
  if (pm.customersAffected) {
    const where = pm.regions.length > 0 ? `, ${named(pm.regions, 3)}` : '';
    figures.push({
      value: printNumber(pm.customersAffected),
      label: `${pm.customersAffected === 1 ? 'customer' : 'customers'} affected${where}`,
    });
  }
  if (noticed !== undefined) figures.push({ value: printShortLength(noticed), label: 'until we noticed' });
  if (pm.mitigatedAt && resolved !== undefined) figures.push({ value: printShortLength(resolved), label: 'until resolved' });
  return figures;
}

/**
 * `Tuesday 17 November, 13:52 to 14:33 Berlin time`. With the date, because the mail may come days
 * later. Only with the days if a time of day is not known.
 */
function span(from: Moment, to: Moment, zone: string): string {
  const [start, end] = [printDay(from, zone), printDay(to, zone)];
  if (!hasTime(from) || !hasTime(to)) return `${start} to ${end}`;
  const until = start === end ? printTime(to, zone) : `${end}, ${printTime(to, zone)}`;
  return `${start}, ${printTime(from, zone)} to ${until} ${printZone(zone)} time`;
}
