import {
  isFormProof,
  isLive,
  readSessionText,
  type SessionKind,
  type SessionStore,
  type StoredSession,
  touchedEveryMs,
} from '../../../core/access/session.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import type { PeopleStore } from '../../../core/subscriber/ports.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../http-answer.ts';
import type { FormPost, PageRequest } from './page-route.ts';
import { atOurHost, seeOther } from './see-other.ts';

export const sessionCookie = '__Host-afterword';

export interface SessionDeps {
  readonly sessions: SessionStore;
  readonly people: Pick<PeopleStore, 'readProfiles'>;
  /** The base address of the pages, without a trailing slash. Cookies are of its host. */
  readonly publicUrl: string;
  readonly now: () => Date;
}

/** Somebody who signed in, as they are now. */
export interface SignedIn {
  readonly profile: Profile;
  readonly session: StoredSession;
}

/** Who makes this request. Undefined without a session of theirs that is valid now. */
export const signedIn = ({ cookies }: PageRequest, deps: SessionDeps): Promise<SignedIn | undefined> =>
  holderOfText('session', cookies[sessionCookie] ?? '', deps);

/**
 * Whose session or feed this text opens. Undefined if it opens nothing now, without a reason: a
 * text that was made up, one of the other kind, one that ended or is too old, a person who is gone,
 * suspended or has another role. Notes at most hourly that it was used.
 */
export async function holderOfText(kind: SessionKind, text: string, deps: SessionDeps): Promise<SignedIn | undefined> {
  const claimed = readSessionText(text);
  const session = claimed && (await deps.sessions.read(claimed.sid, kind, claimed.hash));
  if (!session) return undefined;
  const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid: session.sid }]);
  const now = deps.now();
  if (!profile || !isLive(session, profile, now)) return undefined;
  if (isToNote(session, now)) await deps.sessions.touch(session, toInstant(now));
  return { profile, session };
}

/** The first read of a feed is noted at once, so that its holder sees that a program has it. */
const isToNote = ({ kind, createdAt, seenAt }: StoredSession, now: Date) =>
  now.getTime() - Date.parse(seenAt) >= touchedEveryMs || (kind === 'feed' && seenAt === createdAt);

/**
 * Sends a visitor without a session to sign in, and from there back to this page. A visitor of
 * another host goes to the same page at ours first, because their cookie is of that host.
 */
export function signInFirst({ host, path }: Pick<PageRequest, 'host' | 'path'>, { publicUrl }: Pick<SessionDeps, 'publicUrl'>): HttpAnswer {
  return isOurHost(host, publicUrl) ? seeOther(`/sign-in?to=${encodeURIComponent(path)}`) : atOurHost({ path }, { publicUrl });
}

/** Whether cookies of ours come with a request to this host. True if the request names none. */
export const isOurHost = (host: string, publicUrl: string): boolean => {
  const { protocol, host: ours } = new URL(publicUrl);
  return host === '' || URL.parse(`${protocol}//${host}`)?.host === ours;
};

/** Whether the form was shown in this session, and not by another site or to somebody else. */
export const isOwnForm = ({ form }: Pick<FormPost, 'form'>, { session }: Pick<SignedIn, 'session'>): boolean =>
  isFormProof(form.get('proof') ?? '', session);
