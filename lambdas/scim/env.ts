import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  /** The stage's address, without a trailing slash. */
  PUBLIC_URL: z.url(),
  IDENTITY_SECRET_ARN: z.string().min(1),
  SUPPRESSION_SECRET_ARN: z.string().min(1),
});
export type EnvValues = z.input<typeof Env>;

/** Where the interface is. */
export const scimBase = '/scim/v2';
