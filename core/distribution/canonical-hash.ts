import { createHash } from 'node:crypto';

/** SHA-256 in hex of a value's JSON with its keys in order: how it was written down makes no difference. */
export const canonicalHash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex');

const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
