import * as z from 'zod';

/**
 * What a key may do. `publish` is for producers, `scim` for the organisation's directory; the
 * others are for operators. No key approves a notice.
 */
export const scopes = ['publish', 'read', 'people', 'configure', 'send', 'actions', 'notices', 'scim', 'keys'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
