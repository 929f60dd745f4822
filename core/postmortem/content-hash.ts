import { canonicalHash } from '../shared/canonical-hash.ts';
import type { Postmortem } from './postmortem.ts';

/**
 * SHA-256 in hex over every field that is set. The order of keys does not matter: equal hashes mean
 * that nothing was changed.
 */
export const contentHash = (postmortem: Postmortem): string => canonicalHash(postmortem);
