import { type DecidedAction, whyAsked } from '../action/decided.ts';
import type { Decision } from '../action/event.ts';
import { isUnfinished } from '../action/status.ts';
import { isWithin, type Period } from '../calendar/period.ts';
import { daysBetween, daysLate, printDayOf, printMonth, printPlainDate } from '../calendar/print.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import { type BriefList, briefList } from './brief-list.ts';
import { days, oldestDays, theOldest, titleOf, type WaitingReview } from './brief-reviews-content.ts';
import { dotted } from './card-content.ts';
import { untilDue } from './promised-content.ts';
import { capitalised, counted, inWords, named, printed, shortened } from './prose.ts';

interface Printing {
  readonly now: Date;
  readonly zone: string;
}

/** An action on which leadership is asked to decide, and since when. */
export interface AskedDecision {
  readonly action: DecidedAction;
  readonly since: Instant;
}

/**
 * The actions on which leadership is asked to decide, the longest asked first: those of what waits
 * for review that say what they cost or prevent, and those that are to be decided again. Not those
 * whose decision takes effect later.
 */
export function askedDecisions(actions: readonly DecidedAction[], reviews: readonly WaitingReview[]): AskedDecision[] {
  const opened = new Map(reviews.map(({ postmortem, openedAt }) => [postmortem, openedAt]));
  return actions
    .flatMap((action): AskedDecision[] => {
      const openedAt = opened.get(action.postmortem);
      const why = whyAsked(action, openedAt !== undefined);
      if (why === undefined) return [];
      if (action.again) return [{ action, since: beginOf(action.again.since) }];
      return openedAt === undefined ? [] : [{ action, since: later(openedAt, action.promisedAt) }];
    })
    .toSorted((a, b) => Date.parse(a.since) - Date.parse(b.since) || byKey(a.action, b.action));
}

const later = (a: Instant, b: Instant) => (Date.parse(a) > Date.parse(b) ? a : b);
/** A day counts in whole days, so its noon is in it in every zone of the organisation. */
const beginOf = (since: string): Instant => (since.includes('T') ? since : `${since}T12:00:00Z`);
const byKey = (a: DecidedAction, b: DecidedAction) =>
  a.postmortem === b.postmortem ? (a.aid < b.aid ? -1 : 1) : a.postmortem < b.postmortem ? -1 : 1;

/** Undefined if nothing is asked. */
export function askedContent(asked: readonly AskedDecision[], { now, zone }: Printing): BriefList | undefined {
  const n = asked.length;
  const oldest = oldestDays(
    asked.map(({ since }) => since),
    now,
    zone,
  );
  return briefList(
    {
      heading: 'Decisions asked',
      intro: `${capitalised(counted(n, 'decision'))} ${n === 1 ? 'is' : 'are'} asked${theOldest(n, oldest)}.`,
      leads: 'decide',
      instead: 'Decisions are asked. This mail does not list them.',
    },
    asked.map(({ action, since }) => {
      const waits = daysBetween(since, now, zone);
      return {
        title: titleOf(action.title),
        meta: [whyWords(action), from(action, now, zone)].filter((line) => line !== ''),
        age: waits < 1 ? 'new today' : `waits ${days(waits)}`,
        late: false,
        postmortem: action.postmortem,
      };
    }),
  );
}

/** What it costs and prevents. Where it says neither, that it is urgent: `urgent (P1)`. */
const whyWords = ({ cost, consequence, priority, again }: DecidedAction): string =>
  dotted([cost && `cost: ${said(cost)}`, consequence && `if not done: ${said(consequence)}`]) ||
  (!again && priority ? `urgent (${shortened(printed(priority), 20)})` : '');

const said = (text: string | undefined): string | undefined => text && shortened(printed(text), 120);

/** `Payments · from “Checkout down” · deferred in June until 1 November`. */
const from = (action: DecidedAction, now: Date, zone: string): string =>
  dotted([action.owner ?? action.team ?? 'no owner', originOf(action), againOf(action, now, zone)]);

const originOf = ({ postmortemTitle }: DecidedAction): string => `from “${shortened(printed(postmortemTitle), 70)}”`;

function againOf({ again, decision }: DecidedAction, now: Date, zone: string): string | undefined {
  if (!again || !decision) return undefined;
  const then = printMonth(decision.at, now, zone);
  switch (again.why) {
    case 'deferred until then':
      return `deferred in ${then} until ${printPlainDate(again.since, now, zone)}`;
    case 'answered':
      return `${office(decision)} asked for more in ${then}, and it was answered`;
    case 'changed':
      return `${changedWords[decision.what](office(decision))} in ${then}, and it changed since`;
    case 'reopened':
      return `the risk was accepted in ${then}, and it was opened again`;
  }
}

const changedWords: Readonly<Record<Decision['what'], (office: string) => string>> = {
  fund: (office) => `${office} funded it`,
  'accept the risk': () => 'the risk was accepted',
  defer: () => 'it was deferred',
  'need more': (office) => `${office} asked for more`,
};

const office = ({ as }: Decision): string => shortened(printed(as), 60);

const outcomes = ['late', 'done', 'declined', 'accepted', 'under way', 'more is asked', 'nobody to ask', 'deferred'] as const;
type Outcome = (typeof outcomes)[number];

interface Decided {
  readonly action: DecidedAction;
  readonly decision: Decision;
  readonly outcome: Outcome;
}

/**
 * What became of decisions in effect: of all on open actions, and of those whose action was closed
 * in the period. What is to be decided again is asked and not told here.
 */
function decidedIn(period: Period, actions: readonly DecidedAction[], { now, zone }: Printing): Decided[] {
  return actions
    .flatMap((action): Decided[] => {
      const { decision } = action;
      const outcome = decision && !action.withdrawn && !action.again ? outcomeOf(action, decision, period, now, zone) : undefined;
      return decision && outcome ? [{ action, decision, outcome }] : [];
    })
    .toSorted(
      (a, b) =>
        outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome) ||
        Date.parse(a.decision.at) - Date.parse(b.decision.at) ||
        byKey(a.action, b.action),
    );
}

function outcomeOf(action: DecidedAction, { what }: Decision, period: Period, now: Date, zone: string): Outcome | undefined {
  const { status, closedAt, due, unasked } = action;
  if (!isUnfinished(status)) {
    if (closedAt === undefined || !isWithin(period, closedAt)) return undefined;
    if (status === 'done') return 'done';
    return what === 'accept the risk' ? 'accepted' : 'declined';
  }
  if (what === 'defer') return 'deferred';
  if (what === 'need more') return unasked ? 'nobody to ask' : 'more is asked';
  return due !== undefined && daysLate(due, now, zone) > 0 ? 'late' : 'under way';
}

const outcomeWords: Readonly<Record<Outcome, (n: number) => string>> = {
  late: (n) => `${inWords(n)} ${n === 1 ? 'is' : 'are'} late`,
  done: (n) => `${inWords(n)} ${n === 1 ? 'is' : 'are'} done`,
  declined: (n) => `${inWords(n)} ${n === 1 ? 'was' : 'were'} declined since`,
  accepted: (n) => `${inWords(n)} ${n === 1 ? 'risk was' : 'risks were'} accepted`,
  'under way': (n) => `${inWords(n)} ${n === 1 ? 'is' : 'are'} under way`,
  'more is asked': (n) => `${inWords(n)} ${n === 1 ? 'waits' : 'wait'} for an answer`,
  'nobody to ask': (n) => `${inWords(n)} ${n === 1 ? 'has' : 'have'} nobody who can be asked`,
  deferred: (n) => `${inWords(n)} ${n === 1 ? 'is' : 'are'} deferred`,
};

/** Undefined if no decision is in effect that led to anything lately. */
export function decidedContent(period: Period, actions: readonly DecidedAction[], printing: Printing): BriefList | undefined {
  const { now, zone } = printing;
  const decided = decidedIn(period, actions, printing);
  const counts = outcomes.flatMap((outcome) => {
    const n = decided.filter((one) => one.outcome === outcome).length;
    return n > 0 ? [outcomeWords[outcome](n)] : [];
  });
  return briefList(
    {
      heading: 'What earlier decisions led to',
      intro: `${capitalised(named(counts, counts.length))}.`,
      leads: 'read',
      instead: 'Earlier decisions are in effect. This mail does not list them.',
    },
    decided.map(({ action, decision, outcome }) => ({
      title: titleOf(action.title),
      meta: [dotted([takenBy(decision, now, zone), action.owner ?? action.team ?? 'no owner', originOf(action)])],
      age: standing(action, decision, outcome, now, zone),
      late: outcome === 'late',
      postmortem: action.postmortem,
    })),
  );
}

/** `Funded by VP Engineering on 12 October`. It names the office and never the person. */
const takenBy = (decision: Decision, now: Date, zone: string): string =>
  `${decisionWords[decision.what]} by ${office(decision)} on ${printDayOf(decision.at, now, zone)}`;

const decisionWords: Readonly<Record<Decision['what'], string>> = {
  fund: 'Funded',
  'accept the risk': 'Risk accepted',
  defer: 'Deferred',
  'need more': 'More was asked',
};

function standing({ due }: DecidedAction, { until }: Decision, outcome: Outcome, now: Date, zone: string): string {
  switch (outcome) {
    case 'late':
    case 'under way':
      return due === undefined ? 'open, no day' : untilDue(-daysLate(due, now, zone));
    case 'deferred':
      return until === undefined ? 'deferred' : `until ${printPlainDate(until, now, zone)}`;
    case 'more is asked':
      return 'no answer yet';
    default:
      return outcome;
  }
}

/** A review that was signed while actions had no decision. */
export interface SignedReview {
  readonly postmortem: PostmortemId;
  /** The office that signed. */
  readonly as: string;
  readonly at: Instant;
}

/**
 * What sign-offs of the period left without a decision that was asked, and what still has none.
 * No brief asks for it again. Undefined if there is nothing.
 */
export function leftContent(
  period: Period,
  actions: readonly DecidedAction[],
  signed: readonly SignedReview[],
  { now, zone }: Printing,
): BriefList | undefined {
  const signedIn = new Map(signed.filter(({ at }) => isWithin(period, at)).map((one) => [one.postmortem, one]));
  // Had its review not been signed, it would be asked.
  const left = actions.flatMap((action) => {
    const review = action.again || whyAsked(action, true) === undefined ? undefined : signedIn.get(action.postmortem);
    return review ? [{ action, review }] : [];
  });
  const n = left.length;
  return briefList(
    {
      heading: 'Signed without a decision',
      intro: `${capitalised(counted(n, 'action'))} ${n === 1 ? 'was' : 'were'} left undecided. ${n === 1 ? 'It' : 'They'} can still be decided. No brief asks again.`,
      leads: 'decide',
      instead: 'Reviews were signed without a decision. This mail does not list them.',
    },
    left
      .toSorted((a, b) => Date.parse(a.review.at) - Date.parse(b.review.at) || byKey(a.action, b.action))
      .map(({ action, review: { as, at } }) => ({
        title: titleOf(action.title),
        meta: [
          whyWords(action),
          dotted([
            `${shortened(printed(as), 60)} signed on ${printDayOf(at, now, zone)}`,
            action.owner ?? action.team ?? 'no owner',
            originOf(action),
          ]),
        ].filter((line) => line !== ''),
        age: 'undecided',
        late: false,
        postmortem: action.postmortem,
      })),
  );
}

/** For so long a revision that has the action again, or a press, brings its decision back. */
const lostDays = 30;

/**
 * Decisions whose action a revision dropped, within the period or the last thirty days. Undefined
 * if there are none.
 */
export function lostContent(period: Period, actions: readonly DecidedAction[], { now, zone }: Printing): BriefList | undefined {
  const since = Math.min(Date.parse(period.start), now.getTime() - lostDays * dayMs);
  const lost = actions.flatMap((action) => {
    const decision = action.pending ?? action.decision;
    return decision && action.withdrawn && action.status !== 'done' && Date.parse(action.withdrawnAt ?? '') >= since
      ? [{ action, decision }]
      : [];
  });
  const n = lost.length;
  return briefList(
    {
      heading: `${capitalised(counted(n, 'decision'))} lost ${n === 1 ? 'its' : 'their'} action`,
      intro: `${n === 1 ? 'The postmortem no longer has the action' : 'The postmortems no longer have these actions'}. A reviewer can say which ${n === 1 ? 'one it is' : 'ones they are'} now.`,
      leads: 'decide',
      instead: '',
    },
    lost.map(({ action, decision }) => ({
      title: titleOf(action.title),
      meta: [dotted([takenBy(decision, now, zone), originOf(action)])],
      age: '',
      late: false,
      postmortem: action.postmortem,
    })),
  );
}

/** The postmortems behind a number of these. */
export const postmortemsOf = (rows: readonly { readonly postmortem: PostmortemId }[]): PostmortemId[] => [
  ...new Set(rows.map(({ postmortem }) => postmortem)),
];
