import * as z from 'zod';
import { Instant, PlainDate } from '../shared/instant.ts';

/** A held incident as its mail tells it: never with a title, because a mail cannot be hidden. */
export const ToldHeld = z.object({
  source: z.string(),
  ref: z.string(),
  why: z.string(),
  detail: z.string().optional(),
  severity: z.string().optional(),
  since: Instant,
  /** Nobody is told of an incident that is of the most severe kind, or may be. */
  urgent: z.literal(true).optional().catch(undefined),
});
export type ToldHeld = z.infer<typeof ToldHeld>;

/** What the directory was not let do, in sentences without a person's name. */
export const ToldBraked = z.object({ at: Instant, what: z.string(), remedy: z.string() });
export type ToldBraked = z.infer<typeof ToldBraked>;

/** What is held beyond so many is not counted. */
export const mostCounted = 20_000;

/**
 * What the last mail about held incidents told. `day`: in the organisation's zone. `held`: those
 * that were held by then, the earliest first. `more`: how many there were beside them. `mailed`:
 * false while its mails are owed. Absent from an earlier release: they were asked for. `braked`:
 * of that day and the one before. Absent from an earlier release: none was told.
 */
export const StoredHeldMail = z.object({
  day: PlainDate,
  held: z.array(ToldHeld),
  more: z.int().nonnegative().optional().catch(undefined),
  braked: z.array(ToldBraked).optional().catch(undefined),
  mailed: z.boolean().optional().catch(undefined),
});
export type StoredHeldMail = z.infer<typeof StoredHeldMail>;

/** What a mail prints: `since` and `at` in words, and how many more are held. */
export interface HeldFacts {
  readonly held: readonly (Omit<ToldHeld, 'since'> & { readonly since: string })[];
  readonly more: number;
  readonly braked: readonly (Omit<ToldBraked, 'at'> & { readonly at: string })[];
}

export interface HeldMailStore {
  read(): Promise<StoredHeldMail | undefined>;
  put(mail: StoredHeldMail): Promise<void>;
}

/**
 * How many the last mail did not tell, or told with another reason. Of those that do not fit only
 * that they became more.
 */
export function newlyHeld(
  { held, more = 0, braked = [] }: Pick<StoredHeldMail, 'braked' | 'held' | 'more'>,
  last: StoredHeldMail | undefined,
): number {
  const known = new Set(last?.held.map(keyOf));
  const told = new Set(last?.braked?.map(brakedKeyOf));
  const fresh = held.filter((one) => !known.has(keyOf(one))).length + braked.filter((one) => !told.has(brakedKeyOf(one))).length;
  return fresh + Math.max(0, more - (last?.more ?? 0));
}

const brakedKeyOf = ({ at, what }: ToldBraked): string => JSON.stringify([at, what]);

const keyOf = ({ source, ref, why }: ToldHeld): string => JSON.stringify([source, ref, why]);
