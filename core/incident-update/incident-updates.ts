import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { StoredFacts } from '../rendition/facts.ts';
import { Instant } from '../shared/instant.ts';
import { updateStreams } from '../stream/stream.ts';
import { updateKinds } from './update-to-tell.ts';

/** One mail about an incident that was decided: its edition is `<stream>_<incident>_r<n>`. */
export const DecidedUpdate = z.object({
  /** 1, 2, 3 and so on, without gaps. */
  n: z.int().positive(),
  /** A kind that a later release knows counts as an update. */
  kind: z.enum(updateKinds).catch('update'),
  /** The revision of the postmortem that it tells, or that ended the telling. */
  revision: z.int(),
  /** What it tells. Of `withdrawn`, the severity of the update before. */
  facts: StoredFacts,
  /** When it was decided. */
  at: Instant,
  /**
   * Nobody had it when a later one was decided, so readers had the mail before. Somebody may have
   * got it since.
   */
  missed: z.boolean().optional(),
});
export type DecidedUpdate = z.infer<typeof DecidedUpdate>;

/** A difference that waits, so that several acts become one mail. */
export const WaitingUpdate = z.object({
  state: z.literal('waiting'),
  /** When the first change that is not told came. */
  since: Instant,
  /** Since when the account may not stand as it was told: withdrawn, lowered or reinstated. */
  urgentSince: Instant.optional(),
  dueAt: Instant,
});
export type WaitingUpdate = z.infer<typeof WaitingUpdate>;

/** The last update was decided, and its edition may be missing. */
export const MadeUpdate = z.object({
  state: z.literal('decided'),
  n: z.int().positive(),
  at: Instant,
  /** Of the stored revision that it tells. */
  hash: z.string(),
});
export type MadeUpdate = z.infer<typeof MadeUpdate>;

/** What one stream told of one incident, and what it still has to tell. */
export const IncidentUpdates = z.object({
  stream: z.enum(updateStreams),
  incident: PostmortemId,
  /** Goes up with each write. 0: it is not stored. */
  version: z.int().nonnegative(),
  updates: z.array(DecidedUpdate),
  next: z.discriminatedUnion('state', [WaitingUpdate, MadeUpdate]).optional(),
});
export type IncidentUpdates = z.infer<typeof IncidentUpdates>;

/** `sweep` has what was decided made again after this long: the longest run of the composer. */
const makingMs = 60_000;

/** When `sweep` has this looked at. Undefined: nothing waits. */
export const lookedAtFrom = ({ next }: Pick<IncidentUpdates, 'next'>): Date | undefined =>
  next && new Date(next.state === 'waiting' ? Date.parse(next.dueAt) : Date.parse(next.at) + makingMs);
