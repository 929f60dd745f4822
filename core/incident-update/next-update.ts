import { type Change, changesBetween, type Facts } from '../rendition/facts.ts';
import { hasPassed } from '../rendition/next-news.ts';
import { dayMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { ordinaryDue, type Pace, urgentDue } from './due-at.ts';
import type { DecidedUpdate, IncidentUpdates, WaitingUpdate } from './incident-updates.ts';
import type { UpdateKind } from './update-to-tell.ts';

/** How an incident stands now, for the readers of one stream. */
export type Standing = { readonly revision: number /** When this revision came. */; readonly at: Instant } & (
  | { /** It is a draft, restricted or retracted. */ readonly is: 'hidden' }
  | {
      readonly is: 'tellable';
      readonly facts: Facts;
      /** The stream tells of such an incident: by its severity, and by its harm to customers. */
      readonly deserves: boolean;
      /** Recent enough for a first mail. */
      readonly isNews: boolean;
    }
);

export interface UpdateRules {
  /** How long after the first mail changes are told. */
  readonly withinDays: number;
  /** If false, a mail follows the first only where the account may not stand as it was told. */
  readonly updates: boolean;
  readonly pace: Pace;
}

export type NextUpdate =
  | { readonly send: UpdateKind }
  | { readonly wait: WaitingUpdate }
  /** This mail tells what no longer stands. Nobody has it, so it is ended, and no mail follows. */
  | { readonly end: number };

/** The mails of an incident that nobody has. */
export interface Untold {
  /** They cannot leave any more. What they said is to be told as if they had never been. */
  readonly missed: ReadonlySet<number>;
  /**
   * They may still leave, or somebody recalled them. Nothing is told as long as the incident stands
   * as they say; after that they count as missed.
   */
  readonly unread: ReadonlySet<number>;
  /** The last mail that somebody has was superseded before all its readers had it. */
  readonly isCutShort: boolean;
}
const nothingUntold: Untold = { missed: new Set(), unread: new Set(), isCutShort: false };

/** At most so many mails about an incident on a stream. The last is kept for `withdrawn`. */
export const mostUpdates = 20;
/** A mail is withdrawn, lowered or reinstated up to this many days after it. */
const standsDays = 30;

type Row = Pick<IncidentUpdates, 'updates' | 'next'>;

/**
 * What a stream has to tell of an incident, by the last mail that somebody has. Undefined: nothing.
 */
export function nextUpdate(
  row: Row | undefined,
  standing: Standing,
  rules: UpdateRules,
  now: Date,
  { missed, unread, isCutShort }: Untold = nothingUntold,
): NextUpdate | undefined {
  const updates = row?.updates ?? [];
  const told = updates.findLast(({ n }) => !missed.has(n));
  const had = updates.findLast(({ n }) => !missed.has(n) && !unread.has(n));
  // Its other readers were to get the mail after it, which nobody has: all are told again.
  const again = isCutShort && had && had !== updates.at(-1) ? restated(standing) : undefined;
  const kind = kindAfter(had, standing, now) ?? again;
  const differs = told === had ? kind : kindAfter(told, standing, now);
  if (differs === undefined) return undefined;
  const next = kind !== undefined && isAllowed(kind, updates, rules, now) ? { send: kind } : undefined;
  if (!told) return next;
  const instead = next ?? (told === had ? undefined : { end: told.n });
  const waiting = row?.next?.state === 'waiting' ? row.next : undefined;
  const wait = waitOf(differs, updates.at(-1) ?? told, waiting, standing, rules.pace);
  return instead && Date.parse(wait.dueAt) > now.getTime() ? { wait } : instead;
}

const kindAfter = (told: DecidedUpdate | undefined, standing: Standing, now: Date): UpdateKind | undefined =>
  told ? followUp(told, standing, now) : firstOf(standing);

const firstOf = (standing: Standing): UpdateKind | undefined =>
  standing.is === 'tellable' && standing.deserves && standing.isNews ? 'first' : undefined;

function restated(standing: Standing): UpdateKind {
  if (standing.is === 'hidden') return 'withdrawn';
  return standing.deserves ? 'update' : 'lowered';
}

/** News that were announced for a time that has passed are no longer announced by anybody. */
const isToTell = ({ fact, before, after }: Change, now: Date): boolean =>
  fact !== 'nextNewsAt' || [before, after].some((at) => at !== undefined && !hasPassed(at, now, 'UTC'));

function followUp(told: DecidedUpdate, standing: Standing, now: Date): UpdateKind | undefined {
  if (standing.is === 'hidden') return told.kind === 'withdrawn' ? undefined : 'withdrawn';
  switch (told.kind) {
    case 'withdrawn':
      return standing.deserves ? 'reinstated' : undefined;
    case 'lowered':
      return standing.deserves ? 'update' : undefined;
    case 'first':
    case 'update':
    case 'reinstated':
      if (!standing.deserves) return 'lowered';
      return changesBetween(told.facts, standing.facts).some((change) => isToTell(change, now)) ? 'update' : undefined;
  }
}

function isAllowed(kind: UpdateKind, updates: readonly DecidedUpdate[], { withinDays, updates: follows }: UpdateRules, now: Date): boolean {
  const [first, last] = [updates[0], updates.at(-1)];
  if (updates.length >= (kind === 'withdrawn' ? mostUpdates : mostUpdates - 1)) return false;
  if (kind === 'first' || !first || !last) return true;
  if (!follows && (kind === 'update' || kind === 'reinstated')) return false;
  const [since, days] = kind === 'update' ? [first.at, withinDays] : [last.at, standsDays];
  return now.getTime() - Date.parse(since) <= days * dayMs;
}

/**
 * How long a follow-up waits. It begins anew once the account has stood as it was told for a while.
 */
function waitOf(kind: UpdateKind, last: DecidedUpdate, before: WaitingUpdate | undefined, { at }: Standing, pace: Pace): WaitingUpdate {
  const [changedAt, sentAt] = [Date.parse(at), Date.parse(last.at)];
  const since = before?.since ?? at;
  const ordinary = { last: { n: last.n, at: sentAt }, since: Date.parse(since), changedAt };
  if (kind === 'update') return { state: 'waiting', since, dueAt: instant(ordinaryDue(ordinary, pace)) };
  const urgentSince = before?.urgentSince ?? at;
  return { state: 'waiting', since, urgentSince, dueAt: instant(urgentDue({ since: Date.parse(urgentSince), changedAt }, pace)) };
}
const instant = (ms: number): Instant => toInstant(new Date(ms));
