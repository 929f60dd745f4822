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
});
export type ToldHeld = z.infer<typeof ToldHeld>;

/**
 * What the last mail about held incidents told. `day`: in the organisation's zone. `held`: all that
 * were held by then, the earliest first.
 */
export const StoredHeldMail = z.object({ day: PlainDate, held: z.array(ToldHeld) });
export type StoredHeldMail = z.infer<typeof StoredHeldMail>;

/** What a mail prints: `since` in words. */
export type HeldFacts = readonly (Omit<ToldHeld, 'since'> & { readonly since: string })[];

export interface HeldMailStore {
  read(): Promise<StoredHeldMail | undefined>;
  put(mail: StoredHeldMail): Promise<void>;
}

/** Those that the last mail did not tell, or told with another reason. */
export function newlyHeld(held: readonly ToldHeld[], last: StoredHeldMail | undefined): ToldHeld[] {
  const known = new Set(last?.held.map(keyOf));
  return held.filter((one) => !known.has(keyOf(one)));
}

const keyOf = ({ source, ref, why }: ToldHeld): string => JSON.stringify([source, ref, why]);
