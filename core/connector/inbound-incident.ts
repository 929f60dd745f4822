import * as z from 'zod';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Instant, toInstant } from '../shared/instant.ts';
import { longestRef, type Source } from './source.ts';

/**
 * How far the vendor's postmortem is. `none`: there is no document yet. `published`: the vendor's
 * people say that it is finished. `deleted`: it, or its incident, is gone.
 */
export const documentStatuses = ['none', 'draft', 'review', 'published', 'deleted'] as const;
export type DocumentStatus = (typeof documentStatuses)[number];

/** Who said a fact: a signed event, the vendor's API, or an operator. A later one proves more. */
export const witnesses = ['event', 'api', 'operator'] as const;
export type Witness = (typeof witnesses)[number];

/**
 * A value, the instant for which the vendor (or the operator) says it, and who said it. What a
 * later release wrote and this one cannot read counts as not said.
 */
const fact = <T extends z.ZodType>(value: T) => said(value).optional().catch(undefined);
const said = <T extends z.ZodType>(value: T) => z.object({ value, at: Instant, seen: z.enum(witnesses) });

/** All that is kept of what was said about one incident. The text of the document is not. */
export const Facts = z.looseObject({
  title: fact(z.string()),
  /** The vendor's own name of the severity. `rank`: its place among the vendor's severities. */
  severity: said(z.string()).extend({ rank: z.int().optional() }).optional().catch(undefined),
  private: fact(z.boolean()),
  status: fact(z.enum(documentStatuses)),
  permalink: fact(z.string()),
  /** An operator: a severity of this name counts as that one, for this incident. */
  countsAs: fact(z.object({ name: z.string(), severity: Severity })),
  /** An operator: another postmortem tells of this incident. */
  joins: fact(PostmortemId),
  /** Nobody is told of it, by an operator or because it never happened. The value is the reason. */
  ignored: fact(z.string()),
});
export type Facts = z.infer<typeof Facts>;
export const factNames = ['title', 'severity', 'private', 'status', 'permalink', 'countsAs', 'joins', 'ignored'] as const;
export type FactName = (typeof factNames)[number];

/** Why an operator has to look at an incident. */
export const heldReasons = [
  'unreadable',
  'too large',
  'not found',
  'unmapped severity',
  'visibility unknown',
  'published elsewhere',
  'no text',
  'refused',
  'vendor does not answer',
] as const;
export type HeldReason = (typeof heldReasons)[number];

/** What became of it. `waiting`: nothing is wrong, and nothing can be told yet. */
export const inboundStates = ['waiting', 'declared', 'published', 'held', 'hidden', 'joined', 'ignored'] as const;

/** The stored row. A state or a reason that a later release wrote counts as waiting. */
export const StoredInbound = z.looseObject({
  source: z.string().max(64),
  ref: z.string().min(1).max(longestRef),
  facts: Facts,
  state: z.enum(inboundStates).catch('waiting'),
  /** Of a held one: why, in words of `heldReasons` or of a later release, and a sentence. */
  why: z.string().optional().catch(undefined),
  detail: z.string().optional().catch(undefined),
  /**
   * When it was held first, hidden because it is gone, or an operator said something of it, and
   * nothing followed from that yet. Absent: no poll looks at it.
   */
  since: Instant.optional().catch(undefined),
  /** When the vendor's API last failed to answer, for the first time in a row. */
  askedSince: Instant.optional().catch(undefined),
  /** Since when the API does not know it, for the first time in a row. */
  goneSince: Instant.optional().catch(undefined),
  /** When the API was asked for the latest answer that was taken. */
  lookedAt: Instant.optional().catch(undefined),
  /** Of events that were not read: how many came on that day. */
  events: z.int().nonnegative().optional().catch(undefined),
  /**
   * When an operator took a release back. What is shown by that alone is hidden, until the API says
   * enough to show it.
   */
  takenBack: Instant.optional().catch(undefined),
  /**
   * What the tool said of its visibility when an operator said otherwise. It counts again once that
   * is taken back: no API says again what only an event said.
   */
  overruled: fact(z.boolean()),
  version: z.int().nonnegative(),
});
export type StoredInbound = z.infer<typeof StoredInbound>;
export type InboundIncident = StoredInbound & { readonly source: Source };

export const newInbound = (source: Source, ref: string): InboundIncident => ({ source, ref, facts: {}, state: 'waiting', version: 0 });

/** A severity, by its name and the rank that the vendor may give beside it. */
export function severityFact(name: string | undefined, rank: unknown, at: unknown, seen: Witness): Facts['severity'] {
  const named = factOf(name, at, seen);
  return named && { ...named, ...(Number.isInteger(rank) && { rank: Number(rank) }) };
}

/** A fact, or none if the value or its instant is missing. Any spelling of an instant is read. */
export function factOf<T>(value: T | undefined, at: unknown, seen: Witness): { value: T; at: Instant; seen: Witness } | undefined {
  const date = typeof at === 'string' ? new Date(at) : undefined;
  if (value === undefined || date === undefined || Number.isNaN(date.getTime())) return undefined;
  const instant = Instant.safeParse(toInstant(date));
  return instant.success ? { value, at: instant.data, seen } : undefined;
}
