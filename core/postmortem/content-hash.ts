import { createHash } from 'node:crypto';
import type { Postmortem } from './postmortem.ts';

/** SHA-256 in hex over every field that is set, whatever the order of keys: equal hashes mean that nothing was changed. */
export const contentHash = (postmortem: Postmortem): string => createHash('sha256').update(canonical(postmortem)).digest('hex');

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
