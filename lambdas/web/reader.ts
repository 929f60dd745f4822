import { signToken } from '../../core/access/token.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import { parseEditionId } from '../../core/edition/edition-id.ts';
import { audiencesOf } from '../../core/preferences/audiences-of.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import { audienceOf, type StreamName } from '../../core/stream/stream.ts';
import type { WebDeps } from './deps.ts';
import { type Holder, holderOf } from './token-holder.ts';

/** A person who reads as a member of one audience. */
export interface Reader {
  readonly holder: Holder;
  readonly audience: Audience;
  /**
   * The edition whose link they followed, and its stream. Both are undefined for a link from a
   * feed; the stream is also undefined for a test mail.
   */
  readonly edition?: EditionId;
  readonly stream?: StreamName;
}

/** The reader of a link in a mail or in a feed. Undefined for everything else. */
export async function readerOf(token: string | undefined, deps: WebDeps): Promise<Reader | undefined> {
  const holder = await holderOf(token, 'read', deps);
  if (holder?.kind !== 'holder') return undefined;
  const { about } = holder.claims;
  const audience = audienceNamed(about);
  if (audience) return { holder, audience };
  const { stream, isTest } = parseEditionId(about);
  const ofStream = stream && audienceOf(stream);
  if (!stream || !ofStream) return undefined;
  // Page views from a test mail are not counted.
  return { holder, audience: ofStream, edition: about, ...(!isTest && { stream }) };
}

/**
 * Whether a reader still belongs to their audience. A person who left it can no longer read its
 * archive by any link, and neither can anybody they passed a link on to.
 */
export const mayRead = (
  { holder, audience }: Pick<Reader, 'holder' | 'audience'>,
  distribution: Distribution,
  { now }: Pick<WebDeps, 'now'>,
) => audiencesOf(holder.profile, distribution, now()).includes(audience);

export const audienceNamed = (name: string): Audience | undefined => audiences.find((known) => known === name);

/**
 * Makes a link of this holder's for reading or for a feed. It shows what the audience may see and
 * changes nothing.
 */
export const linkToken = async (
  scope: 'read' | 'feed',
  audience: Audience,
  { profile: { realm, sid, generation = 0 } }: Pick<Holder, 'profile'>,
  issuedAt: number,
  { tokenKeys }: Pick<WebDeps, 'tokenKeys'>,
): Promise<string> => signToken({ scope, realm, subscriber: sid, about: audience, generation, issuedAt }, await tokenKeys());
