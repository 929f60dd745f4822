import { describe, expect, it } from 'vitest';
import { dynamoDueUpdates, dynamoIncidentUpdates } from '../../adapters/dynamodb/incident-updates-store.ts';
import { updatesKey } from '../../adapters/dynamodb/table-shape.ts';
import type { IncidentUpdates } from '../../core/incident-update/incident-updates.ts';
import { lateUpdates } from '../../core/sweep/late-updates.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const now = () => new Date('2026-11-17T14:31:00Z');
const stream = 'sev1-alerts';
const first: IncidentUpdates = {
  stream,
  incident: 'checkout',
  version: 1,
  updates: [{ n: 1, kind: 'first', revision: 3, facts: { severity: 'sev1', title: 'Checkout down' }, at: '2026-11-17T14:31:00Z' }],
  next: { state: 'decided', n: 1, at: '2026-11-17T14:31:00Z', hash: 'h' },
};
const { next: _made, ...made } = first;
const waiting = (dueAt: string): IncidentUpdates => ({
  ...made,
  version: 2,
  next: { state: 'waiting', since: '2026-11-17T14:31:00Z', dueAt },
});

onEachEngine('incident updates on %s', (freshTable) => {
  describe('a row', () => {
    it('is read as it was stored, with its updates', async () => {
      const store = dynamoIncidentUpdates(await freshTable(), now);

      expect(await store.read(stream, 'checkout')).toBeUndefined();
      expect(await store.put(first)).toBe(true);
      expect(await store.read(stream, 'checkout')).toEqual(first);
    });

    it('is stored by the first of two who read the same', async () => {
      const store = dynamoIncidentUpdates(await freshTable(), now);
      await store.put(first);

      expect(await store.put({ ...first, updates: [] })).toBe(false);
      expect(await store.put({ ...made, version: 2 })).toBe(true);
      expect(await store.put(waiting('2026-11-17T14:33:00Z'))).toBe(false);
      expect(await store.read(stream, 'checkout')).toEqual({ ...made, version: 2 });
    });

    it('of a later release is read without what this one does not know', async () => {
      const table = await freshTable();
      const store = dynamoIncidentUpdates(table, now);
      const [update] = first.updates;
      const later = { ...update, kind: 'rumour', facts: { ...update?.facts, mood: 'bad' }, more: true };
      await table.put({ ...updatesKey('checkout', stream), ...first, updates: [later], next: undefined, more: 1 });

      expect((await store.read(stream, 'checkout'))?.updates).toEqual([{ ...update, kind: 'update' }]);
    });
  });

  describe('what is due', () => {
    it('is what waited long enough, and what was decided a minute ago, and no longer once it is sent', async () => {
      const table = await freshTable();
      const store = dynamoIncidentUpdates(table, now);
      const { due } = dynamoDueUpdates(table);
      await store.put(first);
      const at = (time: string) => due(new Date(`2026-11-17T${time}Z`), 10);

      expect(await at('14:31:59')).toEqual([]);
      expect(await at('14:32:01')).toEqual([{ stream, incident: 'checkout', dueAt: '2026-11-17T14:32:00Z' }]);
      await store.put(waiting('2026-11-17T14:33:00.500Z'));
      expect(await at('14:33:00')).toEqual([]);
      expect(await at('14:33:01')).toMatchObject([{ incident: 'checkout' }]);
      await store.put({ ...made, version: 3 });
      expect(await at('23:00:00')).toEqual([]);
    });

    it('is late after five minutes, as long as nobody looks at it', async () => {
      const table = await freshTable();
      const lateAt = (time: string) => lateUpdates({ ...dynamoDueUpdates(table), now: () => new Date(`2026-11-17T${time}Z`) });
      await dynamoIncidentUpdates(table, now).put(first);

      expect(await lateAt('14:36:59')).toEqual([]);
      expect(await lateAt('14:37:01')).toEqual([{ stream, incident: 'checkout', dueAt: '2026-11-17T14:32:00Z' }]);
      expect(await lateAt('23:00:00')).toHaveLength(1);
    });
  });
});
