import { randomBytes } from 'node:crypto';
import { readSessionText, type SessionStore, type StoredSession, sessionText } from '../../core/access/session.ts';
import type { Profile } from '../../core/subscriber/subscriber.ts';

/** Signs somebody in, or makes a feed of theirs. The text is what their cookie or the address holds. */
export async function begunSession(
  sessions: Pick<SessionStore, 'put'>,
  { sid, generation = 0, role }: Pick<Profile, 'sid' | 'generation' | 'role'>,
  now: Date,
  change: Partial<StoredSession> = {},
): Promise<string> {
  const text = sessionText(sid, randomBytes(32));
  const at = now.toISOString();
  const whose = { sid, hash: readSessionText(text)?.hash ?? '', generation, ...(role !== undefined && { role }) };
  await sessions.put({ ...whose, kind: 'session', way: 'mail', createdAt: at, seenAt: at, ...change });
  return text;
}
