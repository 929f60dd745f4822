import * as z from 'zod';
import { Label } from './fields.ts';

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
  leaversADay: z.int().min(1).max(100_000).optional(),
});
