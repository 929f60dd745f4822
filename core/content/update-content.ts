import * as z from 'zod';
import { printDay, printDayOf, printMoment, printTime, printZone } from '../calendar/print.ts';
import { type SeverityLabels, severityLabels, spokenLabel } from '../distribution/severity-label.ts';
import type { UpdateToTell } from '../incident-update/update-to-tell.ts';
import { PostmortemId, Severity, severities } from '../postmortem/postmortem.ts';
import type { FactName } from '../rendition/facts.ts';
import { asSentence } from '../rendition/gist.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import { type Instant, type PlainDate, toInstant } from '../shared/instant.ts';
import { AlertContent, alertContent, endFact, reachFact, stillStands, withFacts } from './alert-content.ts';
import { Line } from './card-content.ts';
import { inSubject } from './digest-words.ts';
import { whoIsAffected } from './incident-time.ts';
import { shortened } from './prose.ts';
import { WhatChanged, whatChanged } from './what-changed.ts';

/** An incident that was told before: what changed, and where it stands now. */
export const ToldAgain = AlertContent.omit({ mandatory: true, topics: true }).extend({
  kind: z.literal('told again'),
  /** Why this mail comes, in short sentences. */
  lead: Line,
  changed: WhatChanged.optional(),
  /** The severity that readers choose by. Absent: the mail is for every reader. */
  chosenBy: Severity.optional(),
});
export type ToldAgain = z.infer<typeof ToldAgain>;

/** An account that was taken back. Names nothing of it. */
export const TakenBack = AlertContent.pick({ subject: true, preheader: true, organisation: true, period: true, headline: true }).extend({
  kind: z.literal('taken back'),
  said: z.array(Line),
  /** The postmortem that tells of the incident now. */
  mergedInto: z.strictObject({ postmortem: PostmortemId, said: Line }).optional(),
});
export type TakenBack = z.infer<typeof TakenBack>;

/**
 * A mail about an incident that readers were told of before. Parsing it sanitises every string
 * again.
 */
export const UpdateContent = z.discriminatedUnion('kind', [ToldAgain, TakenBack]);
export type UpdateContent = z.infer<typeof UpdateContent>;

interface Telling {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Absent: the default labels. */
  readonly labels?: SeverityLabels | undefined;
  readonly now: Date;
}

export interface ToldAgainInput extends Telling {
  readonly update: Pick<UpdateToTell, 'kind' | 'changes' | 'isFinal' | 'before' | 'first'>;
  readonly postmortem: LeadershipRendition;
  /** The subject of the first mail about the incident, if it is known. */
  readonly firstSubject?: string | undefined;
  /** As in an alert. */
  readonly reviewDueOn?: PlainDate | undefined;
}

/** Inboxes show fewer characters than this. */
const longestPreheader = 250;
const changesInPreheader = 3;

export function toldAgainContent(input: ToldAgainInput): ToldAgain {
  const { organisation, postmortem: pm, update, reviewDueOn, now, labels = severityLabels } = input;
  const { zone } = organisation;
  const { mandatory, topics, ...alert } = alertContent({ organisation, labels, postmortem: pm, mandatory: false, reviewDueOn, now });
  const news = newsOf(input);
  const changed = whatChanged({
    changes: update.changes.filter(({ fact }) => !isToldInLead(fact, input)),
    since: sinceWhen(input),
    // As the mail calls them under its own headings.
    titles: { impact: whoIsAffected(pm) },
    labels,
    zone,
    now,
  });
  const preheader = [news, ...inShort(changed), alert.standing, pm.whatHappened];
  return ToldAgain.parse({
    ...alert,
    kind: 'told again',
    subject: subjectOf(input),
    preheader: shortened(preheader.filter(Boolean).join(' '), longestPreheader),
    period: `${periodWords(input)} · ${printedNow(now, zone)}`,
    lead: [news, originOf(input)].filter(Boolean).join(' '),
    changed,
    chosenBy: update.kind === 'lowered' ? undefined : chosenBy(pm.severity, severityBefore(update)),
  });
}

type Update = ToldAgainInput['update'];

const severityBefore = ({ before }: Pick<Update, 'before'>): Severity | undefined =>
  severities.find((one) => one === before?.facts.severity);

/**
 * Hardest to leave out first. A reader can leave out neither a Sev-1 nor, by its severity, what is
 * unclassified.
 */
const byReach = ['sev1', 'unclassified', 'sev2', 'sev3', 'sev4'] as const satisfies readonly Severity[];
/**
 * Of the severities before and now the one that reaches more readers, so that a change cannot hide
 * itself.
 */
const chosenBy = (now: Severity, before: Severity = now): Severity => byReach.find((one) => one === now || one === before) ?? now;

/** Its severity is not the one that readers were told last. */
function hasOtherSeverity({ update, postmortem }: ToldAgainInput): boolean {
  const before = severityBefore(update);
  return update.kind !== 'reinstated' && before !== undefined && before !== postmortem.severity;
}

/** The main things in short sentences. */
function newsOf(input: ToldAgainInput): string {
  const { update, postmortem, labels = severityLabels } = input;
  const news = [
    update.kind === 'reinstated' && 'The account of this incident stands again.',
    (update.kind === 'lowered' || hasOtherSeverity(input)) && `This incident is ${spokenLabel(postmortem.severity, labels)} now.`,
    update.isFinal && 'This account is final now.',
  ];
  const isSilent = !news.some(Boolean) && update.changes.length === 0;
  return [...news, isSilent && 'The account of this incident was changed.'].filter(Boolean).join(' ');
}

/** Whether the lead tells it with its old value, so that the table need not. */
const isToldInLead = (fact: FactName, input: ToldAgainInput): boolean =>
  (fact === 'severity' && hasOtherSeverity(input)) || (fact === 'status' && input.update.isFinal);

/** When readers got the old values, where the lead does not say it. */
function sinceWhen(input: ToldAgainInput): Instant | undefined {
  const { before, first } = input.update;
  return hasOtherSeverity(input) || before?.sentAt === first?.sentAt ? undefined : before?.sentAt;
}

/** What the mail follows on. */
function originOf(input: ToldAgainInput): string | undefined {
  const { organisation, update, labels = severityLabels, now } = input;
  const { kind, before, first } = update;
  const at = (sentAt: Instant) => printMoment(sentAt, now, organisation.zone);
  if (kind === 'reinstated') return before && `It was taken back on ${at(before.sentAt)}.`;
  const severity = severityBefore(update);
  const called = before && severity && hasOtherSeverity(input);
  const origin = called
    ? `The mail of ${at(before.sentAt)}, called it ${spokenLabel(severity, labels)}.`
    : first && `This mail updates the alert of ${at(first.sentAt)}.`;
  return [origin, kind === 'lowered' && 'This is the last mail about it, unless that changes.'].filter(Boolean).join(' ');
}

function subjectOf(input: ToldAgainInput): string {
  const { update, postmortem: pm, firstSubject, labels = severityLabels } = input;
  const label = labels[pm.severity];
  const title = inSubject(pm.title);
  if (update.kind === 'lowered' || hasOtherSeverity(input)) return withFacts(`Now ${label}: ${title}`);
  if (update.kind === 'reinstated') return withFacts(`${label} stands again: ${title}`);
  if (firstSubject !== undefined && stillStands(firstSubject, pm, label)) return `Re: ${firstSubject}`;
  if (update.isFinal) return withFacts(`${label}, final account: ${title}`);
  return withFacts(`${label} update: ${title}`, factsChanged(input), ': ');
}

/** What the subject of an update tells of its changes. */
function factsChanged({ update, postmortem: pm }: ToldAgainInput): (string | undefined)[] {
  const changed = new Set(update.changes.map(({ fact }) => fact));
  const isNew = update.changes.some(({ fact, before }) => fact === 'why' && before === undefined);
  return [
    endNames.some((fact) => changed.has(fact)) ? endFact(pm) : undefined,
    changed.has('customersAffected') ? reachFact(pm) : undefined,
    isNew ? 'the cause is known' : undefined,
  ];
}
const endNames = ['startedAt', 'mitigatedAt', 'resolvedAt'] as const satisfies readonly FactName[];

/**
 * `Customers affected: 98,000 (before: 120,000).` Without the old value where that is a long text.
 */
const inShort = (changed: WhatChanged | undefined): string[] =>
  (changed?.rows ?? []).slice(0, changesInPreheader).map(({ fact, before, after, silent }) => {
    const isShort = !silent && before.length + after.length <= longestPair;
    return isShort ? `${fact}: ${after} (before: ${before}).` : asSentence(`${fact}: ${after}`);
  });
const longestPair = 60;

function periodWords({ update, postmortem, labels = severityLabels }: ToldAgainInput): string {
  const label = labels[postmortem.severity];
  if (update.kind !== 'update') return label;
  return update.isFinal ? `${label}, final account` : `${label} update`;
}

const printedNow = (now: Date, zone: string): string =>
  `${printDay(toInstant(now), zone)}, ${printTime(toInstant(now), zone)} ${printZone(zone)}`;

export interface TakenBackInput extends Telling {
  /** The severities that the stream tells of. */
  readonly told: readonly Severity[];
  readonly update: Pick<UpdateToTell, 'before' | 'first' | 'mergedInto'>;
}

/** Says that an account was taken back, and when it was sent. Tells nothing of what it said. */
export function takenBackContent({ organisation, update, told, now, labels = severityLabels }: TakenBackInput): TakenBack {
  const { name, zone } = organisation;
  const { before, first = before, mergedInto } = update;
  const severity = severityBefore(update);
  // A mail that said that the incident was less severe than the stream tells of was still about an
  // alert.
  const what = severity && severity !== 'unclassified' && told.includes(severity) ? labels[severity] : 'alert';
  const hadUpdates = before !== undefined && before.sentAt !== first?.sentAt;
  const said = [
    `What it said${hadUpdates ? ', and the updates since,' : ''} no longer ${hadUpdates ? 'stand' : 'stands'}. Please do not rely on it, and do not pass it on.`,
  ];
  return TakenBack.parse({
    kind: 'taken back',
    subject: `Taken back: the ${what}${first ? ` sent on ${printDayOf(first.sentAt, now, zone)}, ${printTime(first.sentAt, zone)} ${printZone(zone)}` : ''}`,
    preheader: said.join(' '),
    organisation: `${name} incident lessons`,
    period: `Taken back · ${printedNow(now, zone)}`,
    headline: `The ${what}${first ? ` sent on ${printMoment(first.sentAt, now, zone)},` : ''} was taken back.`,
    said,
    ...(mergedInto && { mergedInto: { postmortem: mergedInto.id, said: `The incident is told in “${mergedInto.title}” now.` } }),
  });
}
