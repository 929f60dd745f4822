import { deviceName } from '../../core/access/device-name.ts';
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
  { cookies, userAgent }: Pick<PageRequest, 'cookies' | 'userAgent'>,
  { sessions, audit, newSecret, now }: Pick<WebDeps, 'sessions' | 'audit' | 'newSecret' | 'now'>,
): Promise<{ readonly cookie: string }> {
  const text = sessionText(sid, newSecret());
  const begun = readSessionText(text);
  if (!begun) throw new Error('a session needs a secret of 32 bytes');
  const at = toInstant(now());
  const device = deviceName(userAgent);
  const about = { ...(role !== undefined && { role }), ...(device !== undefined && { device }) };
  await sessions.put({ ...begun, kind: 'session', way, createdAt: at, seenAt: at, generation, ...about });
  const before = readSessionText(cookies[sessionCookie] ?? '');
  if (before) await sessions.end({ ...before, kind: 'session' });
  await audit.record({ at, who: 'reader', act: 'signed in', facts: { subscriber: sid, way } });
  return { cookie: hostCookie(sessionCookie, text, sessionLimits.session.absoluteMs / 1000) };
}
