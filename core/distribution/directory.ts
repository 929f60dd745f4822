import * as z from 'zod';
import { Label } from './fields.ts';

const aDay = z.int().min(1).max(100_000).optional();
const given = { team: Label.optional(), role: Label.optional() };

/**
 * What the groups and departments of the organisation's directory give (docs/connectors/scim.md).
 * The first entry of the list that fits and has a team gives the team, the first with a role the
 * role. Groups count before departments.
 */
export const DirectorySettings = z.strictObject({
  /** By the name of the group, its displayName. */
  groups: z
    .array(z.strictObject({ group: Label, ...given }))
    .max(500)
    .default([]),
  /** By the attribute `department` of the enterprise extension. */
  departments: z
    .array(z.strictObject({ department: Label, ...given }))
    .max(500)
    .default([]),
  /**
   * The most people whom the directory may suspend in one day (UTC). Default: a tenth of the active
   * staff, at least twenty.
   */
  leaversADay: aDay,
  /**
   * The most people to whom the directory may give another address in one day. Default as above.
   */
  movesADay: aDay,
  /**
   * The most people from whom the directory may take their team or their role in one day, without
   * another in its place. Default as above.
   */
  lossesADay: aDay,
});
