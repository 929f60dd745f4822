import { type EditionStream, type Realm, realmOfStream, type StreamName, streams } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';

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

/** What the distribution file says of a stream; where it says nothing, staff are counted and customers are not. Answers to what somebody did are not counted at all. */
export function tracksOpens({ streams }: Pick<Distribution, 'streams'>, stream: EditionStream): boolean {
  if (stream === 'service') return false;
  const configured = Object.entries(streams).find(([name]) => name === stream)?.[1];
  return (configured?.tracking ?? (realmOfStream(stream) === 'staff' ? 'opens' : 'none')) === 'opens';
}

/** The streams that the distribution file gives to a role; `everyone` there stands for all, with or without a role. */
export const defaultStreams = (distribution: Pick<Distribution, 'streams'>, role: string | undefined): StreamName[] =>
  streams.filter((stream) =>
    rolesOf(distribution, stream).some((wanted) => isSame(wanted, 'everyone') || (role !== undefined && isSame(wanted, role))),
  );

const rolesOf = ({ streams: configured }: Pick<Distribution, 'streams'>, stream: StreamName): readonly string[] =>
  stream === 'customer-impact' || stream === 'customer-notices' ? [] : (configured[stream]?.subscribe ?? []);

const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();
