import { createHash } from 'node:crypto';
import { endOf, type SessionStore, StoredSession, type UsedLinks } from '../../core/access/session.ts';
import type { Item, Table } from './table.ts';
import { expiryAttribute, sessionKey, sessionsPartition, usedLinkKey } from './table-shape.ts';

const isThere = { expression: 'attribute_exists(pk)' };
const isNew = { expression: 'attribute_not_exists(pk)' };
const expiresAt = (at: Date) => ({ [expiryAttribute]: Math.ceil(at.getTime() / 1000) });

/**
 * Each is an item of its own and expires when it ends. What another release wrote in another form
 * is none. A restored table has none either: it would bring back sessions that have ended since.
 * Feeds go on there, because programs read them that nobody looks at.
 */
export const dynamoSessionStore = (table: Table): SessionStore => ({
  async read(sid, kind, hash) {
    const item = await table.read(sessionKey(sid, kind, hash));
    return item && sessionIn(item, table);
  },
  async list(sid) {
    const found: StoredSession[] = [];
    for await (const item of table.queryAll(sessionsPartition(sid), { consistent: true }))
      found.push(...[sessionIn(item, table) ?? []].flat());
    return found;
  },
  async put(session) {
    const item = { ...session, table: table.name, ...expiresAt(endOf(session)) };
    await table.put({ ...sessionKey(session.sid, session.kind, session.hash), ...item });
  },
  async touch(session, at) {
    const set = { seenAt: at, ...expiresAt(endOf({ ...session, seenAt: at })) };
    await table.update(sessionKey(session.sid, session.kind, session.hash), { set }, isThere);
  },
  async end({ sid, kind, hash }) {
    await table.remove(sessionKey(sid, kind, hash));
  },
  async endAll(sid) {
    for await (const { pk, sk } of table.queryAll(sessionsPartition(sid), { consistent: true }))
      await table.remove({ pk: String(pk), sk: String(sk) });
  },
});

/** Remembers a hash alone, until the link would be too old anyway. */
export const dynamoUsedLinks = (table: Table): UsedLinks => ({
  use: (link, until) =>
    table.put({ ...usedLinkKey(createHash('sha256').update(link).digest('hex').slice(0, 32)), ...expiresAt(until) }, isNew),
});

function sessionIn(item: Item, { name }: Pick<Table, 'name'>): StoredSession | undefined {
  const session = StoredSession.safeParse(item).data;
  return session?.kind === 'session' && item.table !== name ? undefined : session;
}
