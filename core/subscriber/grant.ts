import { definitionOf, type StreamName, streams } from '../stream/stream.ts';
import type { Grant, Profile, StreamSettings } from './subscriber.ts';

/**
 * What gave a person a stream. `import`: an operator's file. `directory`: the role that the
 * organisation's directory gave. `signup`: a sign-up that they
 * confirmed. `approval`: the stream's owner approved it. `page`: they switched it on themselves,
 * where the distribution file lets everyone in. `named`: the distribution file names them; this
 * holds only while it does.
 */
export type GrantWay = 'import' | 'directory' | 'signup' | 'approval' | 'page' | 'named';

type Granted = Pick<Profile, 'grants' | 'streams'>;

/**
 * What gave a person this stream. Undefined if nothing did, or if they have it only as a delegate
 * for a time (docs/adr/025).
 */
export const grantOf = ({ grants, streams }: Granted, stream: StreamName): Grant | undefined =>
  grants?.[stream] ?? grantOfOldRow(stream, streams[stream]);

/**
 * Whether a person who left this stream may come back without asking. A grant of the way `named`
 * does not count: it is not theirs to keep.
 */
export const isGranted = (profile: Granted, stream: StreamName): boolean => {
  const grant = grantOf(profile, stream);
  return grant !== undefined && grant.way !== 'named';
};

/**
 * How a person came whom no file brought: an owner approved a stream, else they signed up, else the
 * directory named them first. Undefined: an import did.
 */
export function howJoined(profile: Granted & Pick<Profile, 'cameBy'>): string | undefined {
  const ways = streams.filter((stream) => profile.streams[stream]?.on).map((stream) => grantOf(profile, stream)?.way);
  return ['approval', 'signup'].find((way) => ways.includes(way)) ?? profile.cameBy;
}

/**
 * Infers the grant of a row from before grants were recorded. When a reader switched a stream on, a
 * consent of the way `page` was always recorded, so a row without a consent was made by an
 * operator. There are two exceptions: a delegate who left a stream lost its end date as well, and a
 * row that was never on proves nothing.
 */
function grantOfOldRow(stream: StreamName, settings: StreamSettings | undefined): Grant | undefined {
  if (!settings || settings.until !== undefined) return undefined;
  const { consent, on, leftAt, since } = settings;
  if (consent) return ['signup', 'import', 'operator'].includes(consent.way) ? { way: consent.way, at: consent.at } : undefined;
  const isImported = on || (leftAt !== undefined && !canBeLent(stream));
  return isImported ? { way: 'import', at: since } : undefined;
}

/** Whether a stream can have delegates: only if the distribution file can make it mandatory. */
const canBeLent = (stream: StreamName) => definitionOf(stream).namesLeads;
