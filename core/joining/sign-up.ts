import type { Distribution } from '../distribution/distribution.ts';
import { type StreamName, streams } from '../subscriber/subscriber.ts';

/** How people join a stream by themselves, and whom it asks. */
export type SignUp = { readonly kind: 'organisation' } | { readonly kind: 'approval'; readonly owner: string };

/** Undefined where nobody can: the file does not name the stream, or says so, or names no owner to ask. */
export function signUpOf({ streams: configured }: Pick<Distribution, 'streams'>, stream: StreamName): SignUp | undefined {
  if (stream === 'customer-impact' || stream === 'customer-notices') return undefined;
  const { signUp, owner } = configured[stream] ?? {};
  if (signUp === 'organisation') return { kind: 'organisation' };
  return signUp === 'approval' && owner ? { kind: 'approval', owner } : undefined;
}

/** Those that the sign-up page offers. */
export const openStreams = (distribution: Pick<Distribution, 'streams'>): StreamName[] =>
  streams.filter((stream) => signUpOf(distribution, stream));
