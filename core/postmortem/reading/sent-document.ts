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
