import type { Distribution } from '../../core/distribution/distribution.ts';
import { configuredStream, tracksOpens } from '../../core/distribution/stream-rules.ts';
import { honeypotPage } from '../../core/feedback/page-views.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { blindedReader } from '../../core/readership/reading.ts';
import type { Audience } from '../../core/stream/audience.ts';
import { audienceOf, streamsOf } from '../../core/stream/stream.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';
import { keepReading } from './keep-reading.ts';
import type { Reader } from './reader.ts';

type Rules = Pick<Distribution, 'streams' | 'organisation'>;
type Deps = Pick<WebDeps, 'recordView' | 'readings' | 'identitySecret' | 'now'>;

/**
 * Records that a reader saw a page, or that a program followed the links of their mail. This is an
 * estimate, reported by team and never by person. Nothing is recorded for readers who switched it
 * off, for streams without it, or for a request for headers. `told`: the postmortem that the page
 * shows, which a person then read.
 */
export async function recordView(
  reader: Reader,
  { isHead, userAgent }: PageRequest,
  { page, told }: { readonly page: string; readonly told?: PostmortemId | undefined },
  deps: Deps,
  rules: Rules,
): Promise<void> {
  const { claims, profile } = reader.holder;
  if (!isTracked(reader, rules) || isHead) return;
  const seen = { page, isTrap: page === honeypotPage, userAgent, sentAt: claims.issuedAt };
  const onPerson = async () => (told === undefined ? undefined : keepReading(told, { how: 'page' }, profile, rules, deps));
  const robots = await deps.recordView(reader.edition, profile.sid, seen, onPerson);
  for (const viewed of robots) {
    const { success, data: postmortem } = PostmortemId.safeParse(viewed);
    if (!success) continue;
    await deps.readings.remove({ postmortem, blinded: blindedReader(postmortem, profile.sid, await deps.identitySecret()), how: 'page' });
  }
}

/** Whether views of a mail's pages may be recorded: its stream and its reader allow it. */
export const isTracked = ({ stream, holder: { profile } }: Pick<Reader, 'stream' | 'holder'>, rules: Rules): boolean =>
  stream !== undefined && profile.tracking !== false && tracksOpens(rules, stream);

/**
 * The same for an archive, which belongs to no one stream: each of its audience that is sent allows
 * it, and so does the reader.
 */
export const isTrackedIn = (audience: Audience, { realm, tracking }: Pick<Profile, 'realm' | 'tracking'>, rules: Rules): boolean =>
  tracking !== false &&
  streamsOf(realm)
    .filter((stream) => audienceOf(stream) === audience && configuredStream(rules, stream))
    .every((stream) => tracksOpens(rules, stream));
