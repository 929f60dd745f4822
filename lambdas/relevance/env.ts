import * as z from 'zod';

export const Env = z.object({ TABLE_NAME: z.string().min(1), COMPOSE_QUEUE_URL: z.url() });
export type EnvValues = z.input<typeof Env>;
