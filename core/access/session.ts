import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { dayMs, hourMs } from '../shared/duration.ts';
import { Instant } from '../shared/instant.ts';
import { type Profile, SubscriberId } from '../subscriber/subscriber.ts';

/** `session`: a browser that somebody signed in. `feed`: a program that reads a feed for them. */
export const sessionKinds = ['session', 'feed'] as const;
export type SessionKind = (typeof sessionKinds)[number];

/** A session or a feed as it is stored, without its secret. Only staff have them. */
export const StoredSession = z.object({
  sid: SubscriberId,
  kind: z.enum(sessionKinds),
  /** SHA-256 of the secret in hex. Secrets are 32 random bytes, so nothing slower is needed. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** How the holder proved who they are: `sign-in` at the organisation's provider, or `mail`. */
  way: z.string().max(40),
  createdAt: Instant,
  /** When it was last used, at most an hour too early. */
  seenAt: Instant,
  /** The profile's generation then: making links invalid ends sessions too. */
  generation: z.int().nonnegative(),
  /** The person's role then. A session ends with the role; a feed does not. */
  role: z.string().optional(),
  /** What the holder recognises it by, such as `Firefox on Windows`. Never the whole user agent. */
  device: z.string().max(80).optional(),
});
export type StoredSession = z.infer<typeof StoredSession>;

export interface SessionStore {
  /** Reads consistently, so that a session that was ended opens nothing. */
  read(sid: SubscriberId, kind: SessionKind, hash: string): Promise<StoredSession | undefined>;
  /** Of both kinds, in no order. */
  list(sid: SubscriberId): Promise<StoredSession[]>;
  put(session: StoredSession): Promise<void>;
  /** Notes that it was used. Does nothing if it was ended meanwhile. */
  touch(session: StoredSession, at: Instant): Promise<void>;
  /** Ends one. Does nothing if it has ended. */
  end(session: Pick<StoredSession, 'sid' | 'kind' | 'hash'>): Promise<void>;
  /** Ends every session and feed of this person. */
  endAll(sid: SubscriberId): Promise<void>;
}

/**
 * How long one is valid: unused, and in all. A feed that is read goes on. Acts of operators need a
 * session that was begun within `freshMs`.
 */
export const sessionLimits = {
  session: { idleMs: 7 * dayMs, absoluteMs: 30 * dayMs },
  feed: { idleMs: 90 * dayMs, absoluteMs: Number.POSITIVE_INFINITY },
} as const satisfies Record<SessionKind, { idleMs: number; absoluteMs: number }>;
export const freshMs = 12 * hourMs;
/** `seenAt` is written at most this often. */
export const touchedEveryMs = hourMs;

const whole = /^([0-9a-f]{32})\.([A-Za-z0-9_-]{43})$/;
const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** The text that its holder keeps: a cookie, or a part of a feed's address. */
export const sessionText = (sid: SubscriberId, newSecret: Uint8Array): string => `${sid}.${Buffer.from(newSecret).toString('base64url')}`;

/** Whose it says to be, and the hash to look it up by. Undefined for any other shape. */
export function readSessionText(text: string): Pick<StoredSession, 'sid' | 'hash'> | undefined {
  const [, sid, secret] = text.length > 80 ? [] : (whole.exec(text) ?? []);
  return sid && secret ? { sid, hash: hashOf(secret) } : undefined;
}

/** First 16 hex digits of the hash: names a session in lists and forms, and opens nothing. */
export const sessionId = ({ hash }: Pick<StoredSession, 'hash'>): string => hash.slice(0, 16);

/**
 * Whether it still opens anything for its holder, as they are now. Nobody else may be told which of
 * the reasons ended it.
 */
export function isLive(session: StoredSession, profile: Profile, now: Date): boolean {
  if (profile.sid !== session.sid || profile.suspended || profile.unconfirmed) return false;
  if ((profile.generation ?? 0) !== session.generation) return false;
  if (session.kind === 'session' && profile.role !== session.role) return false;
  return now <= endOf(session);
}

/** When it ends by itself if it is not used again. */
export function endOf({ kind, createdAt, seenAt }: Pick<StoredSession, 'kind' | 'createdAt' | 'seenAt'>): Date {
  const { idleMs, absoluteMs } = sessionLimits[kind];
  return new Date(Math.min(Date.parse(seenAt) + idleMs, Date.parse(createdAt) + absoluteMs));
}

/** Links that prove who somebody is work once. */
export interface UsedLinks {
  /**
   * Notes that a link was used, and remembers it until then. False if it was used before: of
   * several requests at once, one gets true.
   */
  use(link: string, until: Date): Promise<boolean>;
}

/** Proves that a form was shown in this session. A form of another session or site has another. */
export const formProof = ({ hash }: Pick<StoredSession, 'hash'>): string => hashOf(`form.${hash}`).slice(0, 32);

export const isFormProof = (given: string, session: Pick<StoredSession, 'hash'>): boolean => {
  const wanted = Buffer.from(formProof(session));
  const got = Buffer.from(given);
  return got.length === wanted.length && timingSafeEqual(got, wanted);
};
