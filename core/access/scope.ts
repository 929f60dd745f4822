import * as z from 'zod';

/**
 * What a key may do. `publish` is for producers, `hook` for incident tools, in whose address it
 * stands, `scim` for the organisation's directory; the others are for operators. No key approves a
 * notice.
 */
export const scopes = ['publish', 'read', 'people', 'configure', 'send', 'actions', 'notices', 'scim', 'keys', 'hook'] as const;
export const Scope = z.enum(scopes);
export type Scope = z.infer<typeof Scope>;
