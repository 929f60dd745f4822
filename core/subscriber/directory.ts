import * as z from 'zod';
import { Instant } from '../shared/instant.ts';

/** The most groups that one person can be in. */
export const mostGroupsOfOne = 200;

const text = z.string().max(400).optional();

/**
 * What the organisation's directory says of a person whom it manages. It is part of the profile, so
 * that it goes with it: in a move, an export and an erasure.
 */
export const InDirectory = z.strictObject({
  /** What the directory knows the person by. It stays the same when the address changes. */
  id: z.string().max(64),
  /** False: the person left, and is suspended. */
  active: z.boolean(),
  externalId: text,
  displayName: text,
  formatted: text,
  givenName: text,
  familyName: text,
  /** Kept only where the distribution file maps departments. */
  department: text,
  /**
   * Ids of the groups that the person is in. Whoever writes holds to the most of them: a profile
   * that has too many can still be read.
   */
  groups: z.array(z.string().max(64)).default([]),
  /** The values of the profile that the directory gave. No import changes these fields. */
  gave: z.object({ name: text, team: text, role: text }).default({}),
  /** When the directory first named them, and when it last changed anything. */
  at: Instant,
  changedAt: Instant,
});
export type InDirectory = z.infer<typeof InDirectory>;
