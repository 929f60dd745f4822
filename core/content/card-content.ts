import * as z from 'zod';
import type { Period } from '../calendar/period.ts';
import { daysLate, printPlainDate, printShortLength } from '../calendar/print.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import { excerpt } from '../postmortem/plain-text.ts';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import type { EngineeringRendition } from '../rendition/engineering-rendition.ts';
import { firstSentence } from '../shared/text.ts';
import { Topic, topicOf } from '../subscriber/topic.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import { technologiesOf } from '../taxonomy/terms-of.ts';
import { printWhen, roughLengthOf, whoIsAffected } from './incident-time.ts';
import { listed, printed, printNumber, shortened } from './prose.ts';

/** One line of harmless text. Parsing content sanitises it. */
export const Line = z.string().transform(printed);
export const Labelled = z.strictObject({ label: Line, text: Line });
export type Labelled = z.infer<typeof Labelled>;

/** One postmortem as ready-made strings: the full card and its one-line form. */
export const CardContent = z.strictObject({
  postmortem: PostmortemId,
  severity: Severity,
  severityLabel: Line,
  preliminary: z.boolean(),
  title: Line,
  meta: Line,
  parts: z.array(Labelled),
  line: z.strictObject({ text: Line, meta: Line }),
  /** The same failure before, in one sentence. It names an earlier postmortem. */
  before: z.strictObject({ says: Line, postmortem: PostmortemId }).optional(),
  /**
   * The topics that readers can choose it by, each with its display name. Absent: readers cannot
   * choose by topic.
   */
  topics: z.array(z.strictObject({ topic: Topic, name: Line })).optional(),
});
export type CardContent = z.infer<typeof CardContent>;
/** What a card's one-line form shows. */
/** `hasPage`: false if its readers cannot open it. */
export type LineContent = Pick<CardContent, 'postmortem' | 'severity' | 'severityLabel' | 'preliminary' | 'title' | 'line'> & {
  readonly hasPage?: boolean;
};

/** What dates are printed relative to. */
export interface Telling {
  /** Undefined if the edition covers more than a week. Days are then printed as dates. */
  readonly week: Period | undefined;
  readonly now: Date;
  readonly zone: string;
  readonly labels: SeverityLabels;
  /** What decides which tags are technologies. Absent: none is known to be one. */
  readonly taxonomy?: Taxonomy | undefined;
}

export function cardContent(pm: EngineeringRendition, telling: Telling): CardContent {
  const length = roughLengthOf(pm);
  return CardContent.parse({
    postmortem: pm.id,
    severity: pm.severity,
    severityLabel: telling.labels[pm.severity],
    preliminary: pm.status === 'preliminary',
    title: pm.title,
    meta: dotted([
      listed(pm.services, 3),
      pm.owningTeam,
      printWhen(pm, telling.week, telling.now, telling.zone),
      pm.customersAffected
        ? `${printNumber(pm.customersAffected)} ${pm.customersAffected === 1 ? 'customer' : 'customers'} affected`
        : undefined,
    ]),
    parts: labelled([
      ['What happened', pm.gist.whatHappened],
      [whoIsAffected(pm), pm.gist.impact && shortened(firstSentence(pm.gist.impact), 200)],
      ['Why', pm.gist.why],
      ['What we learnt', pm.gist.learnt],
      ['What will change', whatWillChange(pm.actionItems, telling, 3)],
    ]),
    line: {
      text: shortened(firstSentence(pm.gist.whatHappened ?? pm.gist.impact ?? ''), 140),
      meta: dotted([pm.services[0] ?? pm.owningTeam, length === undefined ? undefined : printShortLength(length)]),
    },
    topics: topicsOf(pm, telling.taxonomy),
  });
}

/** Leaves out parts without text. */
export const labelled = (parts: readonly (readonly [string, string | undefined])[]): Labelled[] =>
  parts.flatMap(([label, text]) => (text ? [{ label, text }] : []));

export const dotted = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

type Promised = Pick<EngineeringRendition['actionItems'][number], 'title' | 'owner' | 'team' | 'due' | 'status'>;

/**
 * `Alarm on lag (Identity, 4 December). Switch in the runbook (done). And 2 more.` Declined actions
 * do not count as promises.
 */
export function whatWillChange(actions: readonly Promised[], telling: Pick<Telling, 'now' | 'zone'>, most: number): string | undefined {
  const kept = keptPromises(actions);
  if (kept.length === 0) return undefined;
  const told = kept.slice(0, most).map((action) => promiseIn(action, telling));
  const rest = kept.length - told.length;
  return [...told, ...(rest > 0 ? [`And ${rest} more.`] : [])].join(' ');
}

/** Open ones first. */
export const keptPromises = <T extends Promised>(actions: readonly T[]): T[] =>
  actions.filter(({ status }) => status !== 'declined').toSorted((a, b) => Number(a.status === 'done') - Number(b.status === 'done'));

/** `Alarm on lag (Identity, 4 December).` */
export function promiseIn(action: Promised, { now, zone }: Pick<Telling, 'now' | 'zone'>): string {
  const isOverdue = action.due !== undefined && daysLate(action.due, now, zone) > 0;
  const due = action.due && `${isOverdue ? 'overdue since ' : ''}${printPlainDate(action.due, now, zone)}`;
  const facts = action.status === 'done' ? ['done'] : [action.team ?? action.owner, due];
  const aside = facts.filter(Boolean).join(', ');
  const said = `${excerpt(action.title, 160).replace(/[.;]+$/, '')}${aside && ` (${aside})`}`;
  return said.endsWith('…') ? said : `${said}.`;
}

/** What readers choose a card by. */
export interface About {
  readonly services: readonly string[];
  readonly owningTeam?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/**
 * The topics that readers can choose a card by, each with its name: services first, then the team,
 * then the technologies that its tags mean. Each tag is a topic as well, technology or not, because
 * readers followed them before there was a taxonomy.
 */
export function topicsOf({ services, owningTeam, tags = [] }: About, taxonomy?: Taxonomy): { topic: Topic; name: string }[] {
  const technologies = taxonomy ? technologiesOf(tags, taxonomy) : [];
  const named = [
    ...services.map((name) => ({ topic: topicOf('service', name), name })),
    ...(owningTeam ? [{ topic: topicOf('team', owningTeam), name: owningTeam }] : []),
    ...technologies.map(({ id, label }) => ({ topic: topicOf('tech', id), name: label })),
    ...tags.map((name) => ({ topic: topicOf('tech', name), name })),
  ];
  const byTopic = new Map<Topic, string>();
  for (const { topic, name } of named) if (topic !== undefined && !byTopic.has(topic)) byTopic.set(topic, name);
  return [...byTopic].map(([topic, name]) => ({ topic, name }));
}
