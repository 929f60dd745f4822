import { beforeAll, expect, it } from 'vitest';
import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoCustomersCopy, dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { aDistribution } from '../support/distribution.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const at = '2026-11-19T15:00:00Z';

onEachEngine('configuration on %s', (freshTable) => {
  let table: Table;
  beforeAll(async () => {
    table = await freshTable();
  });

  it('replaces only what was read', async () => {
    const store = dynamoDistributionStore(table);
    const [one, two] = [
      { distribution: aDistribution(), hash: 'one' },
      { distribution: aDistribution({ teams: [{ name: 'Payments' }] }), hash: 'two' },
    ];
    expect(await store.read()).toBeUndefined();
    expect(await store.write(one, undefined, at)).toBe(true);
    expect(await store.write(two, undefined, at)).toBe(false);
    expect(await store.write(two, 'another', at)).toBe(false);
    expect(await store.read()).toEqual({ ...one, appliedAt: at });
    expect(await store.write(two, 'one', at)).toBe(true);
    expect(await store.read()).toEqual({ ...two, appliedAt: at });
  });

  it('keeps customers’ copy apart, and replaces only what was read of it', async () => {
    const [copy, file] = [dynamoCustomersCopy(table), dynamoDistributionStore(table)];
    const inForce = await file.read();
    const [one, two] = [aDistribution(), aDistribution({ teams: [{ name: 'Payments' }] })];
    expect([await copy.read(), await copy.readHash()]).toEqual([undefined, undefined]);
    expect([await copy.write(one, 'one', undefined), await copy.write(two, 'two', undefined)]).toEqual([true, false]);
    expect([await copy.read(), await copy.readHash()]).toEqual([one, 'one']);
    expect([await copy.write(two, 'two', 'another'), await copy.write(two, 'two', 'one')]).toEqual([false, true]);
    expect(await copy.read()).toEqual(two);
    expect(await file.read()).toEqual(inForce);
    // A later release knows more of what customers may know.
    await table.put({ pk: 'CONFIG#CUSTOMERS', sk: 'DISTRIBUTION', hash: 'three', distribution: { ...two, later: { a: 1 } } });
    expect(await copy.read()).toEqual(two);
  });

  it('keeps two acts of the same instant', async () => {
    const ids = ['1', '2'];
    const audit = dynamoAuditLog(table, () => ids.shift() ?? '');
    await audit.record({ at, who: 'k1', act: 'key created', facts: { key: 'k2' } });
    await audit.record({ at, who: 'k1', act: 'key removed', facts: { key: 'k2' } });
    const { items } = await table.query('AUDIT#2026-11');
    expect(items).toMatchObject([
      { sk: `${at}#1`, who: 'k1', act: 'key created', facts: { key: 'k2' } },
      { sk: `${at}#2`, act: 'key removed' },
    ]);
  });
});
