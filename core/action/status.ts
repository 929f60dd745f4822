import type { ActionItem } from '../postmortem/postmortem.ts';
import { type Instant, isAfter, type PlainDate } from '../shared/instant.ts';
import { type ActionEvent, type Decision, knownEvents, type OwnersAnswer } from './event.ts';

type Status = ActionItem['status'];

/** What the current status of an action item is made of. */
export interface StatusFacts {
  readonly reported: Pick<ActionItem, 'status' | 'due' | 'owner'>;
  /** When the document last changed the status of this action. */
  readonly reportedAt: Instant;
  /** The same of its due day and its owner. Absent: when it was promised. */
  readonly dueReportedAt?: Instant | undefined;
  readonly ownerReportedAt?: Instant | undefined;
  readonly promisedAt: Instant;
  readonly events: readonly unknown[];
}

export interface CurrentStatus {
  readonly status: Status;
  /** Since when it is done or declined. Absent while it is neither. */
  readonly closedAt?: Instant;
  readonly due?: PlainDate;
  /** Absent without a due day. */
  readonly dueIs?: 'promised' | 'deferred';
  readonly owner?: string;
  /** The decision in effect. */
  readonly decision?: Decision;
  /** The decision that is made and takes effect later. */
  readonly pending?: Decision;
  /** The last answer to the decision in effect, if that asked for more. */
  readonly answer?: OwnersAnswer;
}

export const isUnfinished = (status: Status): boolean => status === 'open' || status === 'in-progress';

/**
 * The current status of an action item: what the document says, and what people did. The later of
 * both wins. A decision counts from its `effectiveAt` on, and never if another one came before
 * that. Any order of the same events gives the same answer. A risk that is accepted stays so until
 * another decision, or the document, says otherwise: who reopens what was done since has the
 * accepted risk again.
 */
export const statusOf = (facts: StatusFacts, now: Date): CurrentStatus => statusFrom(facts, knownEvents(facts.events), now);

/** The same of events that were read already. */
export function statusFrom(facts: Omit<StatusFacts, 'events'>, known: readonly ActionEvent[], now: Date): CurrentStatus {
  const counting = known.filter((event) => event.kind !== 'decided' || !isReplaced(event, known));
  const events = counting.filter((event) => event.kind !== 'decided' || Date.parse(event.effectiveAt) <= now.getTime());
  const decided = events.filter((event) => event.kind === 'decided');
  const decision = decided.at(-1);
  const pending = counting.filter((event) => event.kind === 'decided').findLast((event) => !decided.includes(event));
  const owner = ownerOf(facts, events);
  const answer = decision?.what === 'need more' ? answerTo(decision, events) : undefined;
  return {
    ...standing(facts, events),
    ...dueOf(facts, events),
    ...(owner !== undefined && { owner }),
    ...(decision && { decision }),
    ...(pending && { pending }),
    ...(answer && { answer }),
  };
}

/** What was said after it was asked for, also before the question took effect. */
export const answerTo = (asked: Decision, events: readonly ActionEvent[]): OwnersAnswer | undefined =>
  events.filter((event) => event.kind === 'answered').findLast(({ at }) => isAfter(at, asked.at));

/** Whether another decision came before this one took effect. */
const isReplaced = ({ at, effectiveAt }: Decision, known: readonly ActionEvent[]): boolean =>
  known.some((other) => other.kind === 'decided' && isAfter(other.at, at) && !isAfter(other.at, effectiveAt));

interface Step {
  readonly at: Instant;
  /** When the new status counts from. */
  readonly since: Instant;
  readonly turn: (before: Status, isAccepted: boolean) => Status;
  /** Whether the risk is accepted from here on. Absent: as before. */
  readonly accepts?: boolean;
}

function standing(
  { reported, reportedAt }: Omit<StatusFacts, 'events'>,
  events: readonly ActionEvent[],
): Pick<CurrentStatus, 'status' | 'closedAt'> {
  const ofDocument: Step = { at: reportedAt, since: reportedAt, turn: () => reported.status, accepts: false };
  const steps = [ofDocument, ...events.flatMap(stepOf)].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  let status: Status = 'open';
  let closedAt: Instant | undefined;
  let isAccepted = false;
  for (const { since, turn, accepts } of steps) {
    const next = turn(status, isAccepted);
    isAccepted = accepts ?? isAccepted;
    if (isUnfinished(next)) closedAt = undefined;
    else if (next !== status) closedAt = since;
    status = next;
  }
  return { status, ...(closedAt !== undefined && { closedAt }) };
}

function stepOf(event: ActionEvent): Step[] {
  const step = (turn: Step['turn'], more: Partial<Step> = {}): Step[] => [{ at: event.at, since: event.at, turn, ...more }];
  const opening = (status: Status) => step((_, isAccepted) => (isAccepted ? 'declined' : status));
  switch (event.kind) {
    case 'done':
      return step(() => 'done');
    case 'reopened':
      return opening('open');
    case 'imported':
      return isUnfinished(event.status) ? opening(event.status) : step(() => event.status);
    case 'decided':
      if (event.what === 'accept the risk')
        return step((before) => (before === 'done' ? before : 'declined'), { since: event.effectiveAt, accepts: true });
      return step((before) => (before === 'declined' ? 'open' : before), { accepts: false });
    default:
      return [];
  }
}

/** The latest of several instants wins; the last of those that are equal. */
const latest = <T extends { readonly at: Instant }>(some: readonly T[]): T | undefined =>
  some.reduce<T | undefined>((best, one) => (best && isAfter(best.at, one.at) ? best : one), undefined);

interface DueFrom {
  readonly at: Instant;
  readonly due: PlainDate | undefined;
  readonly dueIs: 'promised' | 'deferred';
}

function dueOf(
  { reported, promisedAt, dueReportedAt }: Omit<StatusFacts, 'events'>,
  events: readonly ActionEvent[],
): Pick<CurrentStatus, 'due' | 'dueIs'> {
  const changed = events.flatMap((event): DueFrom[] => {
    if (event.kind === 'rescheduled') return [{ at: event.at, due: event.due, dueIs: 'promised' }];
    if (event.kind === 'decided' && event.what === 'defer' && event.until !== undefined)
      return [{ at: event.at, due: event.until, dueIs: 'deferred' }];
    return [];
  });
  const ofDocument: DueFrom = { at: dueReportedAt ?? promisedAt, due: reported.due, dueIs: 'promised' };
  const { due, dueIs } = latest([ofDocument, ...changed]) ?? ofDocument;
  return due === undefined ? {} : { due, dueIs };
}

function ownerOf(
  { reported, promisedAt, ownerReportedAt }: Omit<StatusFacts, 'events'>,
  events: readonly ActionEvent[],
): string | undefined {
  const handed = events.flatMap((event) => (event.kind === 'handed over' ? [{ at: event.at, owner: event.to }] : []));
  return latest([{ at: ownerReportedAt ?? promisedAt, owner: reported.owner }, ...handed])?.owner;
}
