import * as z from 'zod';

/**
 * What a key may do. `publish` is for producers; the others are for operators. No key approves a
 * notice.
 */
export const scopes = ['publish', 'read', 'people', 'configure', 'send', 'actions', 'notices', 'keys'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
