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

/** What is held beyond so many is not counted. */
export const mostCounted = 20_000;

/**
 * What the last mail about held incidents told. `day`: in the organisation's zone. `held`: those
 * that were held by then, the earliest first. `more`: how many there were beside them. `mailed`:
 * false while its mails are owed. Absent from an earlier release: they were asked for.
 */
export const StoredHeldMail = z.object({
  day: PlainDate,
  held: z.array(ToldHeld),
  more: z.int().nonnegative().optional().catch(undefined),
  mailed: z.boolean().optional().catch(undefined),
});
export type StoredHeldMail = z.infer<typeof StoredHeldMail>;

/** What a mail prints: `since` in words, and how many more are held. */
export interface HeldFacts {
  readonly held: readonly (Omit<ToldHeld, 'since'> & { readonly since: string })[];
  readonly more: number;
}

export interface HeldMailStore {
  read(): Promise<StoredHeldMail | undefined>;
  put(mail: StoredHeldMail): Promise<void>;
}

/**
 * How many the last mail did not tell, or told with another reason. Of those that do not fit only
 * that they became more.
 */
export function newlyHeld({ held, more = 0 }: Pick<StoredHeldMail, 'held' | 'more'>, last: StoredHeldMail | undefined): number {
  const known = new Set(last?.held.map(keyOf));
  return held.filter((one) => !known.has(keyOf(one))).length + Math.max(0, more - (last?.more ?? 0));
}

const keyOf = ({ source, ref, why }: ToldHeld): string => JSON.stringify([source, ref, why]);
