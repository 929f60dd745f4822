import { createHash } from 'node:crypto';
import type { EditionFragments } from './fragments.ts';

/** SHA-256 of a mail as it is stored, in hex: of its JSON text. */
export const fragmentsHash = (fragments: EditionFragments): string => hashOfStored(JSON.stringify(fragments));

/** The same of the text that was read: what was changed in it shows, if nothing else reads it. */
export const hashOfStored = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What the META of an edition names its content by. */
export const asContentHash = (hash: string): string => hash.slice(0, 32);
