import type { Distribution } from '../../core/distribution/distribution.ts';
import { audiencesOf } from '../../core/preferences/audiences-of.ts';
import type { Audience } from '../../core/stream/audience.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { type SignedIn, signedIn, signInFirst } from '../shared/pages/current-session.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';
import { notFound, notInArchive } from './refusals.ts';

/** Somebody who signed in, and what they may read now. */
export interface ArchiveReader {
  readonly signed: SignedIn;
  readonly distribution: Distribution;
  readonly audiences: readonly Audience[];
}

/** The answer to whoever reads nothing. */
export interface Refused {
  readonly answer: HttpAnswer;
}

/** Who reads the archive, or the answer to whoever has to sign in first. */
export async function archiveReaderOf(request: PageRequest, deps: WebDeps): Promise<ArchiveReader | Refused> {
  const signed = await signedIn(request, deps);
  if (!signed) return { answer: signInFirst(request, deps) };
  const distribution = await deps.distribution();
  if (!distribution) return { answer: notFound(deps) };
  return { signed, distribution, audiences: audiencesOf(signed.profile, distribution, deps.now()) };
}

/** The same for one audience, which has to be among theirs. */
export async function readerOfArchive(
  request: PageRequest,
  deps: WebDeps,
): Promise<(ArchiveReader & { readonly audience: Audience }) | Refused> {
  const reader = await archiveReaderOf(request, deps);
  if ('answer' in reader) return reader;
  const audience = reader.audiences.find((one) => one === request.params.audience);
  return audience ? { ...reader, audience } : { answer: notInArchive(reader.distribution) };
}
