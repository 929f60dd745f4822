import type { SessionKind, SessionStore, StoredSession } from '../../core/access/session.ts';

/** Sessions and feeds in memory, as the store keeps them. `touched` counts how often one was. */
export function sessionsInMemory(...given: readonly StoredSession[]) {
  const kept = new Map<string, StoredSession>();
  const key = ({ sid, kind, hash }: { readonly sid: string; readonly kind: SessionKind; readonly hash: string }) =>
    `${sid} ${kind} ${hash}`;
  for (const session of given) kept.set(key(session), session);
  let touched = 0;
  const store: SessionStore = {
    read: async (sid, kind, hash) => kept.get(key({ sid, kind, hash })),
    list: async (sid) => [...kept.values()].filter((session) => session.sid === sid),
    put: async (session) => void kept.set(key(session), session),
    async touch(session, at) {
      touched += 1;
      if (kept.has(key(session))) kept.set(key(session), { ...session, seenAt: at });
    },
    end: async (session) => void kept.delete(key(session)),
    async endAll(sid) {
      for (const [at, session] of kept) if (session.sid === sid) kept.delete(at);
    },
  };
  return { ...store, kept, touched: () => touched };
}
