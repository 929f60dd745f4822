import { readSessionText, type StoredSession, sessionLimits, sessionText } from '../../core/access/session.ts';
import { toInstant } from '../../core/shared/instant.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';
import { hostCookie } from '../shared/pages/cookies.ts';
import { sessionCookie } from '../shared/pages/current-session.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';

/**
 * Begins a session of somebody who has just proved who they are: always with a new secret, so that
 * nobody else can have chosen it. The session that this browser had before ends. Returns the line
 * of `Set-Cookie`.
 */
export async function beginSession(
  { sid, generation = 0, role }: Profile,
  way: StoredSession['way'],
  { cookies }: Pick<PageRequest, 'cookies'>,
  { sessions, newSecret, now }: Pick<WebDeps, 'sessions' | 'newSecret' | 'now'>,
): Promise<{ readonly cookie: string }> {
  const text = sessionText(sid, newSecret());
  const at = toInstant(now());
  const begun = readSessionText(text);
  if (!begun) throw new Error('a session needs a secret of 32 bytes');
  const before = readSessionText(cookies[sessionCookie] ?? '');
  await sessions.put({ ...begun, kind: 'session', way, createdAt: at, seenAt: at, generation, ...(role !== undefined && { role }) });
  if (before) await sessions.end({ ...before, kind: 'session' });
  return { cookie: hostCookie(sessionCookie, text, sessionLimits.session.absoluteMs / 1000) };
}
