/**
 * A text that stands in the mails of many readers. It is one object for all of them, so whoever
 * encodes it can keep what it made of it.
 */
export interface SharedText {
  readonly text: string;
}

/** A text in pieces, in order. A string is one reader's own. */
export type MailText = readonly (string | SharedText)[];

export const joined = (text: MailText): string => {
  let whole = '';
  for (const piece of text) whole += typeof piece === 'string' ? piece : piece.text;
  return whole;
};

/** The bytes of a mail that `buildMime` built. */
export const mimeBytes = (mime: MailText): Buffer => Buffer.from(joined(mime), 'latin1');
