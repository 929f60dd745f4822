import type { Distribution } from '../distribution/distribution.ts';
import { readDocument } from '../postmortem/reading/read-document.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import { wouldPost } from '../slack/would-post.ts';
import { answerOf, withGarbled } from './answer-of.ts';
import { externalOutlook } from './external-version.ts';
import { givenBy } from './given-by.ts';
import type { PublicationAsked } from './publication.ts';
import { considerPostmortem } from './take-postmortem.ts';
import { wouldTell } from './would-tell.ts';

export interface CheckAloneDeps {
  /** Absent: who would be told is not said. */
  readonly distribution: Distribution | undefined;
  readonly now: Date;
  readonly asked?: PublicationAsked | undefined;
}

/**
 * What a deployment would answer to a document that it has never seen. Nothing is known of what is
 * stored, so no revision is named. Throws `Refused` as publishing it would.
 */
export async function checkAlone(source: SentDocument, id: string | undefined, { distribution, now, asked }: CheckAloneDeps) {
  const read = readDocument(source, givenBy(distribution, now, id));
  // Whether the other one is there, only a deployment knows.
  const { mergedInto: _, ...postmortem } = read.postmortem;
  const { before, ...taken } = await considerPostmortem(
    { ...read, postmortem },
    {
      postmortems: { readCurrent: async () => undefined },
      distribution,
      now: () => now,
      ...(asked && { asked }),
      ...(distribution?.slack && { posts: true }),
    },
  );
  const outlook = distribution ? await externalOutlook(postmortem, { distribution }) : [];
  const { revision, replaces, ...answer } = answerOf(withGarbled(taken, source.text));
  return {
    ...answer,
    outcome: 'checked' as const,
    warnings: [...answer.warnings, ...outlook],
    ...(distribution && { tells: [...wouldTell(taken.stored, distribution, now), ...wouldPost(taken.stored, distribution)] }),
  };
}
