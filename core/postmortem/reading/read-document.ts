import { Refused } from '../../shared/errors.ts';
import type { Given } from './finish-postmortem.ts';
import { withPlaces } from './flaw-places.ts';
import { readJson } from './read-json.ts';
import { readMarkdown } from './read-markdown.ts';
import type { ReadPostmortem } from './reading.ts';
import type { SentDocument } from './sent-document.ts';

/** Reads a postmortem. Throws `Refused` with everything that is wrong, and where it stands. */
export function readDocument(sent: SentDocument, given: Given): ReadPostmortem {
  try {
    return sent.type === 'application/json' ? readJson(sent.text, given) : readMarkdown(sent.text, given);
  } catch (error) {
    throw error instanceof Refused ? withPlaces(error, sent) : error;
  }
}
