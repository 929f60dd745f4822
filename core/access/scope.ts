import * as z from 'zod';

/** What a key may do. `publish` is for producers; the others are for operators. */
export const scopes = ['publish', 'read', 'people', 'configure', 'send', 'actions', 'keys'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
