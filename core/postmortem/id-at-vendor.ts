import { createHash } from 'node:crypto';
import type { PostmortemId } from './postmortem.ts';

/**
 * The id of the postmortem that a vendor keeps under this reference. Every event, answer and export
 * about it gives the same one. A reference of other signs than letters, digits and single hyphens,
 * or a long one, is replaced by its hash, because two must never become one.
 */
export function idAtVendor(vendor: string, ref: string): PostmortemId {
  const isPlain = /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(ref) && vendor.length + ref.length < 64;
  return `${vendor}-${isPlain ? ref.toLowerCase() : createHash('sha256').update(ref).digest('hex').slice(0, 32)}`;
}
