import { definitionOf, type StreamName, streams } from '../stream/stream.ts';
import type { Grant, Profile, StreamSettings } from './subscriber.ts';

/**
 * What gave a person a stream: an operator's file (`import`), a sign-up that they confirmed
 * (`signup`), its owner's press (`approval`), their own press where the distribution file lets
 * everyone in (`page`), or their name in that file (`named`), which holds only while it stands
 * there.
 */
export type GrantWay = 'import' | 'signup' | 'approval' | 'page' | 'named';

type Granted = Pick<Profile, 'grants' | 'streams'>;

/**
 * What gave a person this stream; undefined where nothing did, or where it is lent to them for a
 * time (docs/adr/025).
 */
export const grantOf = ({ grants, streams }: Granted, stream: StreamName): Grant | undefined =>
  grants?.[stream] ?? grantOfOldRow(stream, streams[stream]);

/**
 * Whether a person who left this stream may come back by themselves. To be named in the
 * distribution file is not theirs to keep.
 */
export const isGranted = (profile: Granted, stream: StreamName): boolean => {
  const grant = grantOf(profile, stream);
  return grant !== undefined && grant.way !== 'named';
};

/**
 * Whether somebody is on a stream that no file gave them: let in by its owner, else come by
 * themselves.
 */
export function howJoined(profile: Granted): 'approval' | 'signup' | undefined {
  const ways = streams.filter((stream) => profile.streams[stream]?.on).map((stream) => grantOf(profile, stream)?.way);
  return (['approval', 'signup'] as const).find((way) => ways.includes(way));
}

/**
 * Rows from before grants were recorded. A reader's own press always left a consent of the way
 * `page`, so a row without one was put by an operator's act; but whoever left a stream that was
 * lent to them lost its end, and a row that was never on proves nothing.
 */
function grantOfOldRow(stream: StreamName, settings: StreamSettings | undefined): Grant | undefined {
  if (!settings || settings.until !== undefined) return undefined;
  const { consent, on, leftAt, since } = settings;
  if (consent) return ['signup', 'import', 'operator'].includes(consent.way) ? { way: consent.way, at: consent.at } : undefined;
  const isImported = on || (leftAt !== undefined && !canBeLent(stream));
  return isImported ? { way: 'import', at: since } : undefined;
}

/**
 * The streams that the distribution file can make mandatory, and so the only ones with delegates.
 */
const canBeLent = (stream: StreamName) => definitionOf(stream).namesLeads;
