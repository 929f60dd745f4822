import { Temporal } from 'temporal-polyfill';
import { type ActionRow, isOpen, promiseAt } from '../action/action.ts';
import { asksDecision, decidedAction } from '../action/decided.ts';
import { type DefaultDueRules, datedStatusOf } from '../action/default-due.ts';
import { localDay, midnight } from '../calendar/period.ts';
import type { RemindedOf } from '../content/reminded.ts';
import { remindersContent } from '../content/reminders-content.ts';
import type { Thanks } from '../content/thanks-words.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { defaultDueOf, reviewRulesOf } from '../distribution/review-rules.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { isPast } from '../edition/edition-state.ts';
import type { ReminderEntry } from '../edition/reminders.ts';
import { remindersLeaveUntil, serviceEditionId, type WantedServiceMail } from '../edition/service-mail.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant, PlainDate } from '../shared/instant.ts';
import { findThanks } from './find-thanks.ts';
import type { ComposeDeps, Composed } from './ports.ts';

type Deps = Pick<ComposeDeps, 'postmortems' | 'actionRows' | 'reviews' | 'relevance' | 'readership' | 'renderReminders' | 'now'>;

/**
 * Composes what is asked of one person on a day, by the rows as they are now: what was done,
 * decided, withdrawn or restricted since the run is left out. Undefined if nothing is left, or if
 * the day is over: the next mail asks it.
 */
export async function composeReminders(wanted: WantedServiceMail, distribution: Distribution, deps: Deps): Promise<Composed | undefined> {
  const { entries = [], more = 0, office } = wanted.reminders ?? {};
  const day = dayFrom(wanted.about);
  const now = deps.now();
  const { zone } = distribution.organisation;
  if (isPast({ leavesUntil: remindersLeaveUntil(wanted.about, zone) }, now.getTime())) return undefined;
  // A decision counts on its day, also where reminders leave before it takes effect.
  const asOf = new Date(Math.max(now.getTime(), Date.parse(midnight(Temporal.PlainDate.from(day).add({ days: 1 }), zone)) - 1));
  const about = [...Map.groupBy(entries, ({ postmortem }) => postmortem)];
  const counting = { asOf, day, defaultDue: defaultDueOf(distribution), zone };
  const found = new Map(await fewAtATime(about, async ([id, of]) => [id, await readFacts(id, of, counting, deps)] as const, 10));
  const items = entries.flatMap((entry) => itemOf(entry, found.get(entry.postmortem), counting) ?? []);
  const content = remindersContent({
    organisation: distribution.organisation,
    labels: labelsOf(distribution),
    day,
    now,
    items,
    more,
    office,
    standsInFor: office === undefined ? [] : askedBefore(office, distribution),
  });
  if (!content) return undefined;
  const fragments = deps.renderReminders(content, distribution.brand);
  return { id: serviceEditionId(wanted), stream: 'service', carried: [], fragments, subject: fragments.subject };
}

/** The offices that are asked before this one. None: it is one of them. */
function askedBefore(office: string, distribution: Distribution): string[] {
  const offices = new Set(reviewRulesOf(distribution)?.reviewers.map(({ as }) => as));
  return offices.has(office) ? [] : [...offices];
}

/** `20261204` as a day. */
const dayFrom = (about: string): PlainDate => Temporal.PlainDate.from(about).toString();

interface Facts {
  /** Undefined: it may not be told. */
  readonly title: string | undefined;
  readonly publishedAt: Instant | undefined;
  readonly thanks: Thanks | undefined;
  readonly rows: readonly ActionRow[];
  readonly review: Awaited<ReturnType<ComposeDeps['reviews']['read']>>;
}

async function readFacts(id: PostmortemId, entries: readonly ReminderEntry[], counting: Counting, deps: Deps): Promise<Facts> {
  const { postmortems, actionRows, reviews } = deps;
  const asks = (...kinds: readonly ReminderEntry['kind'][]) => entries.some(({ kind }) => kinds.includes(kind));
  const isTitled = asks('review', 'action', 'decision', 'deferral', 'thanks');
  const [current, rows, review] = await Promise.all([
    isTitled ? postmortems.read(id) : undefined,
    isTitled ? actionRows(id) : [],
    asks('awaited', 'review') ? reviews.read(id) : undefined,
  ]);
  const stored = current && isTellable(current.postmortem) ? current : undefined;
  const thanks = stored && asks('thanks') ? await findThanks(stored, rows, counting, deps) : undefined;
  const { title, publishedAt } = stored?.postmortem ?? {};
  return { title, publishedAt, thanks, rows, review };
}

interface Counting {
  readonly asOf: Date;
  readonly day: PlainDate;
  readonly defaultDue: DefaultDueRules | undefined;
  readonly zone: string;
}

function itemOf(entry: ReminderEntry, facts: Facts | undefined, counting: Counting): RemindedOf | undefined {
  const { asOf, zone } = counting;
  if (!facts) return undefined;
  const { title, review, rows, thanks, publishedAt } = facts;
  if (entry.kind === 'awaited') {
    if (!review || review === 'unknown' || review.hidden || review.state !== 'awaiting postmortem') return undefined;
    return {
      kind: 'awaited',
      postmortem: { id: entry.postmortem },
      severity: review.severity,
      declaredAt: review.declaredAt,
      dueOn: review.dueOn,
    };
  }
  if (title === undefined) return undefined;
  const postmortem = { id: entry.postmortem, title };
  if (entry.kind === 'thanks') {
    if (!thanks || publishedAt === undefined) return undefined;
    return { kind: 'thanks', postmortem, publishedOn: localDay(new Date(publishedAt), zone).toString(), thanks };
  }
  if (entry.kind === 'review') {
    if (!review || review === 'unknown' || review.hidden || review.state !== 'in review') return undefined;
    return {
      kind: 'review',
      postmortem,
      severity: review.severity,
      dueOn: review.dueOn,
      isAgain: review.again !== undefined,
      nobodySigns: entry.nobodySigns === true,
      undecided: rows.filter((row) => asksDecision(decidedAction(row, asOf, zone))).length,
    };
  }
  const row = rows.find(({ aid }) => aid === entry.aid);
  if (!row?.visible || row.withdrawnAt !== undefined) return undefined;
  return actionItem(entry, row, postmortem, counting);
}

function actionItem(
  entry: ReminderEntry,
  row: ActionRow,
  postmortem: { id: PostmortemId; title: string },
  { asOf, defaultDue, zone }: Counting,
): RemindedOf | undefined {
  const { decision, pending, answer, due, dueIs, owner } = datedStatusOf(row, asOf, defaultDue);
  const { title } = row.reported;
  if (entry.kind === 'decision') {
    if (!decision) return undefined;
    if (decision.what !== 'need more') return { kind: 'decision', postmortem, title, decision };
    return pending || decidedAction(row, asOf, zone).again ? undefined : { kind: 'question', postmortem, title, decision };
  }
  if (!isOpen(promiseAt(row, asOf))) return undefined;
  if (entry.kind === 'deferral' && answer) return pending || !decision ? undefined : { kind: 'answer', postmortem, title, as: decision.as };
  if (due === undefined) return undefined;
  if (entry.kind === 'deferral') {
    if (decision?.what !== 'defer' || decision.until !== due) return undefined;
    return { kind: 'deferral', postmortem, title, as: decision.as };
  }
  return { kind: 'action', postmortem, title, due, isUsual: dueIs === 'default', isOfLead: entry.as === 'lead', owner };
}
