import type { StoredSession } from '../../core/access/session.ts';
import { aSid } from './delivery.ts';

/** A session of an engineer that began on a Monday at nine. */
export const aSession = (change: { readonly [Name in keyof StoredSession]?: StoredSession[Name] | undefined } = {}): StoredSession =>
  ({
    sid: aSid(1),
    kind: 'session',
    hash: 'a'.repeat(64),
    way: 'mail',
    createdAt: '2026-11-23T09:00:00.000Z',
    seenAt: '2026-11-23T09:00:00.000Z',
    generation: 0,
    role: 'engineering',
    ...change,
  }) as StoredSession;
