import type { Distribution } from '../distribution/distribution.ts';
import { readDocument } from '../postmortem/reading/read-document.ts';
import type { SentDocument } from '../postmortem/reading/sent-document.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { givenBy } from './given-by.ts';
import { type ConsiderDeps, considerPostmortem } from './take-postmortem.ts';

/**
 * A document as it would be stored if it were published now, to be shown only. One that says that
 * it is a draft is taken as published, except where `staysDraft`. Throws `Refused` as sending it
 * would.
 */
export async function draftAsStored(
  { id, staysDraft, ...sent }: SentDocument & { readonly id?: string | undefined; readonly staysDraft?: boolean | undefined },
  distribution: Distribution,
  { postmortems, now }: Pick<ConsiderDeps, 'postmortems' | 'now'>,
): Promise<StoredPostmortem> {
  const read = readDocument(sent, givenBy(distribution, now(), id));
  const { status } = read.postmortem;
  const postmortem = status === 'draft' && !staysDraft ? { ...read.postmortem, status: 'published' as const } : read.postmortem;
  return (await considerPostmortem({ ...read, postmortem }, { postmortems, distribution, now })).stored;
}
