import { Refused } from '../../shared/errors.ts';
import type { Given } from './finish-postmortem.ts';
import { withPlaces } from './flaw-places.ts';
import { readJson } from './read-json.ts';
import { readMarkdown } from './read-markdown.ts';
import type { ReadPostmortem } from './reading.ts';

export const documentTypes = ['application/json', 'text/markdown'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** In bytes of UTF-8, without the pictures in it. */
export const longestDocument = 256 * 1024;

/** A document as it was sent. */
export interface SentDocument {
  readonly type: DocumentType;
  readonly text: string;
}

/** What a text most likely is, where nobody says so: JSON begins with a brace. */
export const likelyType = (text: string): DocumentType => (/^\s*\{/.test(text) ? 'application/json' : 'text/markdown');

/** Reads a postmortem. Throws `Refused` with everything that is wrong, and where it stands. */
export function readDocument(sent: SentDocument, given: Given): ReadPostmortem {
  try {
    return sent.type === 'application/json' ? readJson(sent.text, given) : readMarkdown(sent.text, given);
  } catch (error) {
    throw error instanceof Refused ? withPlaces(error, sent) : error;
  }
}
