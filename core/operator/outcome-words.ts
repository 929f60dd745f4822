import type { EditionId } from '../edition/edition.ts';
import { parseEditionId } from '../edition/edition-id.ts';
import { isRelevanceStream } from '../stream/stream.ts';

/**
 * An outcome as operators read it, from the name that counts have for it. A reader of a mail for
 * some teams alone need not have chosen anything: they may be in another team.
 */
export function outcomeWords(outcome: string, edition: EditionId): string {
  const { stream } = parseEditionId(edition);
  const isForTeams = stream !== undefined && isRelevanceStream(stream);
  return isForTeams && outcome === 'skipped: nothing chosen' ? 'skipped: nothing for them' : outcome;
}
