import { beforeAll, expect, it } from 'vitest';
import { dynamoSessionStore, dynamoUsedLinks } from '../../adapters/dynamodb/session-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { sessionKey, sessionsPartition, usedLinkKey } from '../../adapters/dynamodb/table-shape.ts';
import type { StoredSession } from '../../core/access/session.ts';
import { aSession } from '../support/a-session.ts';
import { aSid } from '../support/delivery.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const expiryOf = async (table: Table, { sid, kind, hash }: StoredSession) =>
  new Date(Number((await table.read(sessionKey(sid, kind, hash)))?.expiresAt) * 1000).toISOString();

onEachEngine('sessions on %s', (freshTable) => {
  let table: Table;
  let store: ReturnType<typeof dynamoSessionStore>;
  beforeAll(async () => {
    table = await freshTable();
    store = dynamoSessionStore(table);
  });

  it('keeps, lists and ends each by itself', async () => {
    const [here, there] = [aSession({ sid: aSid(1) }), aSession({ sid: aSid(1), hash: 'b'.repeat(64), role: undefined })];
    const feed = aSession({ sid: aSid(1), kind: 'feed' });
    for (const one of [here, there, feed, aSession({ sid: aSid(2) })]) await store.put(one);

    expect(await store.read(aSid(1), 'session', here.hash)).toEqual(here);
    expect(await store.read(aSid(1), 'feed', there.hash)).toBeUndefined();
    await store.end(here);
    await store.end(here);
    expect(await store.list(aSid(1))).toEqual([feed, JSON.parse(JSON.stringify(there))]);
    await store.endAll(aSid(1));
    expect(await store.list(aSid(1))).toEqual([]);
    expect(await store.list(aSid(2))).toHaveLength(1);
  });

  it('keeps none longer than it is valid, and one that is used no longer than it may ever be', async () => {
    const session = aSession({ sid: aSid(3), createdAt: '2026-11-01T09:00:00Z', seenAt: '2026-11-01T09:00:00Z' });
    await store.put(session);
    expect(await expiryOf(table, session)).toBe('2026-11-08T09:00:00.000Z');
    await store.touch(session, '2026-11-28T09:00:00Z');
    expect(await expiryOf(table, session)).toBe('2026-12-01T09:00:00.000Z');
    expect(await store.read(session.sid, 'session', session.hash)).toMatchObject({ seenAt: '2026-11-28T09:00:00Z' });
  });

  it('does not bring back one that ended while it was used', async () => {
    const session = aSession({ sid: aSid(4) });
    await store.touch(session, '2026-11-28T09:00:00Z');
    expect((await table.query(sessionsPartition(aSid(4)))).items).toEqual([]);
  });

  it('does not list what a later release keeps there, and ends it with the others', async () => {
    const [known, hash] = [aSession({ sid: aSid(5) }), 'c'.repeat(64)];
    const later = { ...sessionKey(aSid(5), 'session', hash), hash, kind: 'device' };
    await table.put({ ...sessionKey(aSid(5), 'session', known.hash), ...known, passkey: 'yes', table: table.name });
    await table.put(later);
    expect(await store.read(aSid(5), 'session', later.hash)).toBeUndefined();
    expect(await store.list(aSid(5))).toEqual([known]);
    await store.endAll(aSid(5));
    expect(await table.read(later)).toBeUndefined();
  });

  it('has no session in a restored copy, where what ended since would be back, and every feed', async () => {
    const [session, feed] = [aSession({ sid: aSid(6) }), aSession({ sid: aSid(6), kind: 'feed' })];
    for (const one of [session, feed]) await store.put(one);
    const restored = dynamoSessionStore({ ...table, name: `${table.name}-restored` });

    expect(await restored.list(aSid(6))).toEqual([feed]);
    expect(await restored.read(aSid(6), 'session', session.hash)).toBeUndefined();
  });

  it('lets one of many use a link, remembers it as long as it was valid, and not what it was', async () => {
    const links = dynamoUsedLinks(table);
    const until = new Date('2026-11-23T10:10:00Z');
    const used = await Promise.all(Array.from({ length: 8 }, () => links.use('v1.k1.a.b', until)));

    expect(used.filter(Boolean)).toHaveLength(1);
    expect(await links.use('v1.k1.a.b', until)).toBe(false);
    expect(await links.use('v1.k1.a.c', until)).toBe(true);
    expect(JSON.stringify((await table.query(usedLinkKey('0').pk)).items)).not.toContain('v1.k1');
  });
});
