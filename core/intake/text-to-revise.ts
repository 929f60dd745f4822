import { stringify } from 'yaml';
import type { Distribution } from '../distribution/distribution.ts';
import { contentHash } from '../postmortem/content-hash.ts';
import { asWritten } from '../postmortem/hold.ts';
import { type Postmortem, withoutAssignees } from '../postmortem/postmortem.ts';
import { readDocument } from '../postmortem/reading/read-document.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { givenBy } from './given-by.ts';
import type { SourceReader } from './ports.ts';

export interface TextToRevise extends SentDocument {
  /** False: no source is kept of this revision, so the text is written out of what is stored. */
  readonly isAsSent: boolean;
}

/**
 * The text from which an author makes the next revision: the document as it was sent, or what is
 * stored of it, field by field in front matter. Sent unchanged, it makes no revision. The source of
 * an earlier revision is never taken: what was changed since, a restriction too, would be undone.
 */
export async function textToRevise(
  { postmortem, held, revision, hash }: StoredPostmortem,
  distribution: Distribution | undefined,
  { sources, now }: { readonly sources: SourceReader; readonly now: () => Date },
): Promise<TextToRevise> {
  const source = await sources.readSource(postmortem.id, revision, hash);
  return source
    ? { ...source, isAsSent: true }
    : { ...writtenOut(withoutAssignees(asWritten({ postmortem, held })), distribution, now()), isAsSent: false };
}

function writtenOut(postmortem: Postmortem, distribution: Distribution | undefined, now: Date): SentDocument {
  const written: SentDocument = { type: 'text/markdown', text: `---\n${stringify(postmortem, { lineWidth: 0 })}---\n` };
  return saysTheSame(written, postmortem, distribution, now)
    ? written
    : { type: 'application/json', text: `${JSON.stringify(postmortem, null, 2)}\n` };
}

function saysTheSame(written: SentDocument, postmortem: Postmortem, distribution: Distribution | undefined, now: Date): boolean {
  try {
    return contentHash(readDocument(written, givenBy(distribution, now)).postmortem) === contentHash(postmortem);
  } catch (error) {
    if (error instanceof AfterwordError) return false;
    throw error;
  }
}
