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

/**
 * How many of an edition's readers got its mail, how many it did not reach, and how many got none
 * on purpose, by the words for it, the most first. `counts`: by outcome.
 */
export function sentCounts(counts: Readonly<Record<string, number>>, edition: EditionId) {
  const { accepted: mails = 0, ...others } = counts;
  const isSkipped = ([outcome]: [string, number]) => outcome.startsWith('skipped: ');
  const left = Object.entries(others).filter(([, n]) => n > 0);
  const skipped = left.filter(isSkipped).toSorted(([, a], [, b]) => b - a);
  return {
    mails,
    notReached: left.filter((one) => !isSkipped(one)).reduce((sum, [, n]) => sum + n, 0),
    skipped: skipped.map(([outcome, count]) => ({ outcome: outcomeWords(outcome, edition), count })),
  };
}
