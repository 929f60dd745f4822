import type { ActionRow } from '../action/action.ts';
import { basisOf } from '../action/basis.ts';
import { needsDecision } from '../action/decided.ts';
import { ActionEvent, type Decision, type decisions } from '../action/event.ts';
import type { Change } from '../action/press.ts';
import { type CurrentStatus, isUnfinished, statusOf } from '../action/status.ts';
import { cleanText } from '../postmortem/hidden-characters.ts';
import { type Instant, isAfter, type PlainDate, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

export type What = (typeof decisions)[number];

/** What a reviewer chose for one action. */
export interface Choice {
  readonly what: What;
  /** Of a deferral alone. */
  readonly until?: PlainDate;
  /** Empty only with `fund`. */
  readonly reason: string;
}

/** A choice as it was sent: anything may stand in it. */
export interface SentChoice {
  readonly what: string;
  readonly until: string;
  readonly reason: string;
}

export const reasonLength = { least: 3, most: 500 } as const;
/** What is put off for longer is not put off. In days. */
const longestDeferral = 3 * 366;

export const choiceFlaws = {
  'unknown choice': 'Choose one of the four.',
  'no reason': `Give a reason of at least ${reasonLength.least} characters.`,
  'long reason': `The reason may have at most ${reasonLength.most} characters.`,
  'no day': 'Choose the day until which it is put off.',
  'early day': 'Choose a day after the one from which the decision counts.',
  'promised later': 'Choose a day after the one for which it is promised.',
  'late day': 'Choose a day within three years, or accept the risk.',
} as const;
export type ChoiceFlaw = keyof typeof choiceFlaws;

const known: readonly What[] = ['fund', 'accept the risk', 'defer', 'need more'];

/**
 * Reads what was sent for one action. Undefined: nothing was chosen. `effective`: the day from
 * which the decision counts. A deferral ends after it, and after the day for which the action is
 * promised, if it has one; on which weekday does not matter, because whoever is reminded is so on a
 * working day.
 */
export function readChoice(
  sent: SentChoice,
  effective: PlainDate,
  promised?: PlainDate,
): Choice | { readonly flaws: readonly ChoiceFlaw[] } | undefined {
  if (sent.what === '') return undefined;
  const what = known.find((one) => one === sent.what);
  if (!what) return { flaws: ['unknown choice'] };
  const reason = cleanText(sent.reason).trim();
  const until = what === 'defer' ? sent.until.trim() : undefined;
  const flaws: ChoiceFlaw[] = [
    ...(reason.length > reasonLength.most ? (['long reason'] as const) : []),
    ...(reason.length < reasonLength.least && !(what === 'fund' && reason === '') ? (['no reason'] as const) : []),
    ...(until === undefined ? [] : dayFlaws(until, effective, promised)),
  ];
  return flaws.length > 0 ? { flaws } : { what, reason, ...(until !== undefined && { until }) };
}

function dayFlaws(until: string, effective: PlainDate, promised: PlainDate | undefined): ChoiceFlaw[] {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== until) return ['no day'];
  if (until <= effective) return ['early day'];
  if (promised !== undefined && until <= promised) return ['promised later'];
  return (at - Date.parse(`${effective}T00:00:00Z`)) / 86_400_000 > longestDeferral ? ['late day'] : [];
}

/** Whoever decides. */
export interface Decider {
  readonly sid: SubscriberId;
  /** Their office. */
  readonly as: string;
}

/** What the page showed of an action when its reader decided. */
export interface Shown {
  readonly basis: string;
  /** How many events its row had. */
  readonly events: number;
}

export const shownOf = (row: ActionRow, now: Date): Shown => ({ basis: basisOf(row, now), events: row.events.length });

/**
 * Whether leadership can decide on it: it is open, or not done because of a decision. What is done
 * or what its author declined is over.
 */
export function isDecidable(row: ActionRow, now: Date): boolean {
  const { status, decision } = statusOf(row, now);
  return row.withdrawnAt === undefined && (isUnfinished(status) || (status === 'declined' && decision?.what === 'accept the risk'));
}

/** The decision that stands, in effect or not yet. */
export const standingDecision = ({ decision, pending }: CurrentStatus): Decision | undefined => pending ?? decision;

/** Whether an open action waits for its first decision. */
export function isUndecided(row: ActionRow, now: Date): boolean {
  const current = statusOf(row, now);
  return isDecidable(row, now) && isUnfinished(current.status) && standingDecision(current) === undefined;
}

/** What a sign-off leaves without a decision. */
export interface LeftUndecided {
  readonly undecided: number;
  /** Those of them that say what they cost or prevent, or are urgent: leadership was asked. */
  readonly asked: number;
}

/** Whether leadership is asked to decide on it for the first time. */
const isAsked = (row: ActionRow, now: Date): boolean => isUndecided(row, now) && needsDecision(row.reported);

/** `decided`: the aids of those on which the same form decides. */
export function leftUndecided(rows: readonly ActionRow[], now: Date, decided: readonly string[] = []): LeftUndecided {
  const left = rows.filter((row) => !decided.includes(row.aid) && isUndecided(row, now));
  return { undecided: left.length, asked: left.filter((row) => isAsked(row, now)).length };
}

/** Why a decision was not taken. Nothing of it was stored. */
export type DecisionRefused =
  /** The document or somebody changed it since the page was shown. `since`: what people did. */
  { readonly why: 'changed'; readonly text: boolean; readonly since: readonly ActionEvent[] } | { readonly why: 'over' };

/**
 * What a decision makes of the row as it is now. Refused if title, owner, cost, consequence or
 * history are not what the page showed. The same form again does nothing.
 */
export function decideOn(
  row: ActionRow,
  { shown, choice, by, press, effectiveAt }: { shown: Shown; choice: Choice; by: Decider; press: Instant; effectiveAt: Instant },
  now: Date,
): Change<DecisionRefused> {
  const { decision, pending, answer } = statusOf(row, now);
  const standing = pending ?? decision;
  // The same question after an answer is a new one.
  const isAnswered = answer !== undefined && !pending;
  if (!isAnswered && standing?.by === by.sid && standing.basis === shown.basis && isSame(standing, choice)) return { kind: 'nothing' };
  const text = basisOf(row, now) !== shown.basis;
  if (text || row.events.length !== shown.events)
    return { kind: 'refused', why: { why: 'changed', text, since: readable(row.events.slice(shown.events)) } };
  if (!isDecidable(row, now)) return { kind: 'refused', why: { why: 'over' } };
  const { what, until, reason } = choice;
  const event = { kind: 'decided', by: by.sid, what, reason, as: by.as, basis: shown.basis, effectiveAt, press } as const;
  return { kind: 'events', events: [{ ...event, ...(until !== undefined && { until }) }] };
}

const isSame = (decision: Decision, { what, until, reason }: Choice) =>
  decision.what === what && decision.until === until && decision.reason === reason;

/** Also what was undone, which a reader of the status does not see. */
const readable = (events: readonly unknown[]): ActionEvent[] =>
  events.flatMap((one) => {
    const read = ActionEvent.safeParse(one);
    return read.success ? [read.data] : [];
  });

/** A decision of one press, and what has become of it. */
export interface PressedDecision {
  readonly decision: Decision;
  readonly became: 'stands' | 'undone' | 'in effect';
}

/** What one person decided on this action with one press. */
export function pressedOn(
  row: Pick<ActionRow, 'events'>,
  { by, press }: { by: SubscriberId; press: Instant },
  now: Date,
): PressedDecision[] {
  const events = readable(row.events);
  const undone = new Set(events.flatMap((one) => (one.kind === 'undone' ? [Date.parse(one.event)] : [])));
  return events
    .filter((one) => one.kind === 'decided')
    .filter((one) => one.by === by && one.press !== undefined && Date.parse(one.press) === Date.parse(press))
    .map((decision) => ({ decision, became: undone.has(Date.parse(decision.at)) ? 'undone' : becameAt(decision, now) }));
}

const becameAt = ({ effectiveAt }: Decision, now: Date) => (isAfter(effectiveAt, toInstant(now)) ? 'stands' : 'in effect');

/** Takes back what one press decided on this action, as long as it has not taken effect. */
export function undoOn(row: ActionRow, of: { by: SubscriberId; press: Instant }, now: Date): Change<'in effect'> {
  const pressed = pressedOn(row, of, now);
  const standing = pressed.filter(({ became }) => became === 'stands');
  if (standing.length === 0)
    return pressed.some(({ became }) => became === 'in effect') ? { kind: 'refused', why: 'in effect' } : { kind: 'nothing' };
  return { kind: 'events', events: standing.map(({ decision }) => ({ kind: 'undone', by: of.by, event: decision.at })) };
}
