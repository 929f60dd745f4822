import * as z from 'zod';

export const Env = z.object({
  TABLE_NAME: z.string().min(1),
  COLLECT_QUEUE_URL: z.url(),
  /** The secret with the keys that vendors sign with. */
  CONNECTORS_SECRET_ARN: z.string().min(1),
});
export type EnvValues = z.input<typeof Env>;
