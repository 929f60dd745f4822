import type { Given } from './finish-postmortem.ts';
import { readJson } from './read-json.ts';
import { readMarkdown } from './read-markdown.ts';
import type { ReadPostmortem } from './reading.ts';

export const documentTypes = ['application/json', 'text/markdown'] as const;
export type DocumentType = (typeof documentTypes)[number];

/** A document as it was sent. */
export interface SentDocument {
  readonly type: DocumentType;
  readonly text: string;
}

/** What a text most likely is, where nobody says so: JSON begins with a brace. */
export const likelyType = (text: string): DocumentType => (/^\s*\{/.test(text) ? 'application/json' : 'text/markdown');

/** Reads a postmortem. Throws `Refused` with everything that is wrong. */
export const readDocument = ({ type, text }: SentDocument, given: Given): ReadPostmortem =>
  type === 'application/json' ? readJson(text, given) : readMarkdown(text, given);
