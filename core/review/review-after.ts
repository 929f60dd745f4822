import type { ActionRow } from '../action/action.ts';
import { needsDecision } from '../action/decided.ts';
import { isUnfinished, statusOf } from '../action/status.ts';
import { localDay } from '../calendar/period.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { type ReviewRules, reviewRulesOf, workingCalendarOf } from '../distribution/review-rules.ts';
import { isNewsWithin, newsDateOf, newsDays, publishedNewsDays } from '../postmortem/news.ts';
import { type Severity, severities } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { type PlainDate, toInstant } from '../shared/instant.ts';
import { type closings, isOpenReview, type Review, type ReviewFacts, type ReviewStanding } from './review.ts';

export interface ReviewContext {
  readonly distribution: Distribution;
  /** Of the postmortem, after this revision. Only what was reviewed is compared with them. */
  readonly actions: readonly ActionRow[];
  readonly now: Date;
}

type Revision = Pick<StoredPostmortem, 'postmortem' | 'revision' | 'updatedAt' | 'publication' | 'by' | 'sentBy'>;

/**
 * What a revision makes of the review of its postmortem. Undefined: nothing is reviewed, and
 * nothing was. Taking the same revision again, at whatever time, gives the same; an older one
 * changes nothing. Days count from when it is compared, because nobody could have acted before.
 */
export function reviewAfter(before: Review | undefined, revision: Revision, context: ReviewContext): Review | undefined {
  if (before && before.revision > revision.revision) return before;
  const rules = reviewRulesOf(context.distribution);
  if (!before && !rules) return undefined;
  const state = before ? goesOn(before, revision, rules, context) : begins(revision, rules, context);
  return { ...factsOf(revision, before, state), ...state };
}

/** What reviewers are asked for: to wait for the postmortem, to review it, or nothing any more. */
const stageOf = ({ postmortem: { status } }: Pick<Revision, 'postmortem'>): 'awaited' | 'there' | 'gone' =>
  status === 'draft' ? 'awaited' : status === 'retracted' ? 'gone' : 'there';

const isNamed = (severity: Severity, rules: ReviewRules | undefined): boolean => rules?.severities.includes(severity) ?? false;
const isWorse = (one: Severity, other: Severity): boolean => severities.indexOf(one) < severities.indexOf(other);

function begins(revision: Revision, rules: ReviewRules | undefined, context: ReviewContext): ReviewStanding {
  if (isHistory(revision, context.now)) return closed('history', context);
  return begun(revision, rules, context);
}

/** For a postmortem that is known not to be part of an archive. */
function begun(revision: Revision, rules: ReviewRules | undefined, context: ReviewContext): ReviewStanding {
  if (stageOf(revision) === 'gone') return closed('retracted', context);
  return rules && isNamed(revision.postmortem.severity, rules) ? opened(revision, rules, context) : closed('not reviewed', context);
}

function goesOn(before: Review, revision: Revision, rules: ReviewRules | undefined, context: ReviewContext): ReviewStanding {
  const { severity } = revision.postmortem;
  const [stage, mayOpen] = [stageOf(revision), isNamed(severity, rules)];
  if (isOpenReview(before)) return staysOpen(before, revision, rules, context);
  if (stage === 'gone' || !rules || !mayOpen) return stateOf(before);
  const isRaised = severity === 'sev1' && before.severity !== 'sev1';
  switch (before.state) {
    case 'closed':
      return (before.why === 'history' && !isNews(revision, context.now)) || revision.publication === 'history'
        ? stateOf(before)
        : opened(revision, rules, context);
    case 'waived':
      // Who waived the wait for a postmortem did not waive the review of the one that came.
      return isRaised || (before.awaited && stage === 'there') ? opened(revision, rules, context) : stateOf(before);
    case 'reviewed': {
      const again = isRaised ? ('raised' as const) : hasNewWeight(before.reviewed, context) ? ('new action' as const) : undefined;
      return again === undefined ? stateOf(before) : opened(revision, rules, context, again);
    }
    default:
      return before satisfies never;
  }
}

function stateOf(review: Review): ReviewStanding {
  const {
    postmortem: _,
    severity: _s,
    hidden: _h,
    team: _t,
    services: _n,
    authors: _a,
    sentBy: _b,
    revision: _r,
    publishedAt: _p,
    preliminary: _y,
    version: _v,
    before: _e,
    takenBack: _u,
    ...state
  } = review;
  return state;
}

type Open = Extract<Review, { dueOn: PlainDate }>;

function staysOpen(before: Open, revision: Revision, rules: ReviewRules | undefined, context: ReviewContext): ReviewStanding {
  const { postmortem } = revision;
  const stage = stageOf(revision);
  if (stage === 'gone') return closed('retracted', context);
  if (!rules || !isNamed(postmortem.severity, rules))
    return closed(rules && isWorse(before.severity, postmortem.severity) ? 'downgraded' : 'not reviewed', context);
  if (revision.publication === 'history') return closed('history', context);
  if ((stage === 'there') !== (before.state === 'in review')) return opened(revision, rules, context);
  // Nobody can sign off a preliminary account, and nobody saw a restricted one.
  const isFinal = before.preliminary && postmortem.status === 'published';
  const isReleased = before.hidden && !postmortem.restricted;
  if (before.state === 'in review' && (isFinal || isReleased)) return opened(revision, rules, context, before.again);
  const dueOn = dueUnder(before, postmortem.severity, rules, context);
  return before.state === 'in review'
    ? { state: before.state, openedAt: before.openedAt, dueOn, ...(before.again && { again: before.again }) }
    : { state: before.state, declaredAt: before.declaredAt, dueOn };
}

/** Raised: as soon as its new severity demands from now on. Lowered: it gains what that allows. */
function dueUnder(before: Open, severity: Severity, rules: ReviewRules, context: ReviewContext): PlainDate {
  if (severity === before.severity) return before.dueOn;
  const days = before.state === 'in review' ? rules.dueAfter : rules.postmortemWithin;
  const began = before.state === 'in review' ? before.openedAt : before.declaredAt;
  const isRaised = isWorse(severity, before.severity);
  const due = dueFrom(isRaised ? context.now : new Date(began), days[severity], context);
  return due < before.dueOn === isRaised ? due : before.dueOn;
}

function opened(revision: Revision, rules: ReviewRules, context: ReviewContext, again?: Again): ReviewStanding {
  const { severity } = revision.postmortem;
  const at = toInstant(context.now);
  if (stageOf(revision) === 'awaited')
    return { state: 'awaiting postmortem', declaredAt: at, dueOn: dueFrom(context.now, rules.postmortemWithin[severity], context) };
  return { state: 'in review', openedAt: at, dueOn: dueFrom(context.now, rules.dueAfter[severity], context), ...(again && { again }) };
}
type Again = Extract<ReviewStanding, { state: 'in review' }>['again'];

const dueFrom = (from: Date, days: number, { distribution }: ReviewContext): PlainDate => {
  const calendar = workingCalendarOf(distribution);
  return addWorkingDays(localDay(from, calendar.zone), days, calendar);
};

const closed = (why: (typeof closings)[number], { now }: ReviewContext): ReviewStanding => ({ state: 'closed', at: toInstant(now), why });

/**
 * Whether its dates say that it was published just now, or that the incident of a draft is recent.
 * A document without any date proves nothing.
 */
function isNews(revision: Revision, now: Date): boolean {
  if (stageOf(revision) !== 'awaited') return isNewsWithin(publishedNewsDays(revision), revision, now);
  return isNewsWithin(newsDays, { postmortem: revision.postmortem, publication: 'assumed' }, now);
}

/**
 * Whether it belongs to an archive, which opens no review whenever it is imported: it was published
 * long ago, or is a draft about an incident of long ago. A draft without any date is a declaration.
 */
function isHistory(revision: Revision, now: Date): boolean {
  const isUndatedDraft = stageOf(revision) === 'awaited' && newsDateOf({ ...revision, publication: 'assumed' }) === undefined;
  return !isUndatedDraft && !isNews(revision, now);
}

/** Whether an action that needs a decision came after what was reviewed. */
const hasNewWeight = (reviewed: number, { actions, now }: ReviewContext): boolean =>
  actions.some(
    (row) =>
      row.cameIn > reviewed && row.withdrawnAt === undefined && isUnfinished(statusOf(row, now).status) && needsDecision(row.reported),
  );

function factsOf(
  { postmortem, revision, updatedAt, by, sentBy = by }: Revision,
  before: Review | undefined,
  state: ReviewStanding,
): ReviewFacts {
  const { severity, restricted, status, services, authors, owningTeam: team } = postmortem;
  const signed = state.state === 'in review' || state.state === 'awaiting postmortem' ? signOffOf(before) : before?.before;
  return {
    postmortem: postmortem.id,
    severity,
    hidden: restricted || status === 'retracted' || (status === 'draft' && state.state !== 'awaiting postmortem'),
    services,
    authors,
    revision,
    preliminary: status === 'preliminary',
    version: before?.version ?? 0,
    ...(team !== undefined && { team }),
    ...(sentBy !== undefined && { sentBy }),
    ...(stageOf({ postmortem }) === 'there' && { publishedAt: postmortem.publishedAt ?? updatedAt }),
    ...(signed && { before: signed }),
    ...(before?.takenBack && { takenBack: before.takenBack }),
  };
}

/** What a reviewer signed, of a review that is open again. */
const signOffOf = (before: Review | undefined): Review['before'] =>
  before?.state === 'reviewed' ? { by: before.by, as: before.as, at: before.at, reviewed: before.reviewed } : before?.before;
