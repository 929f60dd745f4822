import type { Distribution } from '../distribution/distribution.ts';
import { type Realm, realmOfStream, type StreamName, streams } from '../subscriber/subscriber.ts';

/** How people join a stream by themselves, and whom it asks. `open`: from any domain; only customers do. */
export type SignUp = { readonly kind: 'organisation' | 'open' } | { readonly kind: 'approval'; readonly owner: string };

/** Undefined where nobody can: the file does not name the stream, or says so, or names no owner to ask. */
export function signUpOf({ streams: configured }: Pick<Distribution, 'streams'>, stream: StreamName): SignUp | undefined {
  if (stream === 'customer-impact') return undefined;
  if (stream === 'customer-notices') return configured[stream]?.signUp === 'open' ? { kind: 'open' } : undefined;
  const { signUp, owner } = configured[stream] ?? {};
  if (signUp === 'organisation') return { kind: 'organisation' };
  return signUp === 'approval' && owner ? { kind: 'approval', owner } : undefined;
}

/** Those that a realm's sign-up page offers. */
export const openStreams = (distribution: Pick<Distribution, 'streams'>, realm: Realm): StreamName[] =>
  streams.filter((stream) => realmOfStream(stream) === realm && signUpOf(distribution, stream));
