import { signToken } from '../../core/access/token.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import { parseEditionId } from '../../core/edition/edition-id.ts';
import { audiencesOf } from '../../core/preferences/audiences-of.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import { audienceOf, type StreamName } from '../../core/stream/stream.ts';
import type { WebDeps } from './deps.ts';
import { type Holder, holderOf } from './token-holder.ts';

/** Somebody who reads as one audience. */
export interface Reader {
  readonly holder: Holder;
  readonly audience: Audience;
  /**
   * The edition whose link brought them, and its stream; undefined where a feed did, the stream
   * also where a test mail did.
   */
  readonly edition?: EditionId;
  readonly stream?: StreamName;
}

/** The reader of a link in a mail or in a feed; undefined for everything else. */
export async function readerOf(token: string | undefined, deps: WebDeps): Promise<Reader | undefined> {
  const holder = await holderOf(token, 'read', deps);
  if (holder?.kind !== 'holder') return undefined;
  const { about } = holder.claims;
  const audience = audienceNamed(about);
  if (audience) return { holder, audience };
  const { stream, isTest } = parseEditionId(about);
  const ofStream = stream && audienceOf(stream);
  if (!stream || !ofStream) return undefined;
  // What is looked at in a test counts nowhere.
  return { holder, audience: ofStream, edition: about, ...(!isTest && { stream }) };
}

/**
 * Whether a reader still reads as their audience: whoever left it reads its archive no more, by
 * whichever link, and neither does whoever they passed the link on to.
 */
export const mayRead = (
  { holder, audience }: Pick<Reader, 'holder' | 'audience'>,
  distribution: Distribution,
  { now }: Pick<WebDeps, 'now'>,
) => audiencesOf(holder.profile, distribution, now()).includes(audience);

export const audienceNamed = (name: string): Audience | undefined => audiences.find((known) => known === name);

/**
 * A link of this holder's for reading or for a feed: what it may show is the audience's, and it
 * changes nothing.
 */
export const linkToken = async (
  scope: 'read' | 'feed',
  audience: Audience,
  { profile: { realm, sid, generation = 0 } }: Pick<Holder, 'profile'>,
  issuedAt: number,
  { tokenKeys }: Pick<WebDeps, 'tokenKeys'>,
): Promise<string> => signToken({ scope, realm, subscriber: sid, about: audience, generation, issuedAt }, await tokenKeys());
