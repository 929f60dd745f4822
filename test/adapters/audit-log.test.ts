import { beforeEach, expect, it } from 'vitest';
import { dynamoAuditLog, dynamoAuditReader, dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import type { AuditLine, WantedActs } from '../../core/audit/audit.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { onEachEngine } from '../support/on-each-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';

const since = new Date('2026-09-01T00:00:00Z');
const until = new Date('2026-12-01T00:00:00Z');

const aRevision = (id: string, revision: number, updatedAt: string, by: string): StoredPostmortem => ({
  postmortem: aPostmortem({ id }),
  revision,
  hash: `${id}-${revision}`,
  updatedAt,
  by,
  owed: [],
  editions: [],
  namedIn: [],
});

onEachEngine('on %s', (freshTable) => {
  let table: Table;
  let n = 0;
  const act = (at: string, facts: AuditLine['facts'] = {}) =>
    dynamoAuditLog(table, () => `line-${n++}`).record({ at, who: 'key-1', act: 'lane paused', facts });
  const list = (change: Partial<WantedActs> = {}) => dynamoAuditReader(table).list({ since, until, limit: 100, ...change });
  const times = async (change: Partial<WantedActs> = {}) => (await list(change)).acts.map(({ at }) => at);

  beforeEach(async () => {
    table = await freshTable();
  });

  it('tells the latest first across months, those about customers among them', async () => {
    await act('2026-10-31T23:00:00Z');
    await act('2026-11-02T08:00:00Z', { realm: 'customers' });
    await act('2026-11-02T09:00:00Z');
    await act('2026-09-15T00:00:00Z');

    expect(await times()).toEqual(['2026-11-02T09:00:00Z', '2026-11-02T08:00:00Z', '2026-10-31T23:00:00Z', '2026-09-15T00:00:00Z']);
  });

  it('pages through all, each once, whatever limit', async () => {
    for (let day = 10; day < 22; day += 1) await act(`2026-${day % 2 ? 10 : 11}-${day}T00:00:00Z`, day % 3 ? {} : { realm: 'customers' });
    const all = await times();
    for (const limit of [1, 4, 5, 12]) {
      const seen: string[] = [];
      let page = await list({ limit });
      for (let n = 0; n < 20; n += 1, page = await list({ limit, cursor: page.cursor })) {
        seen.push(...page.acts.map(({ at }) => at));
        if (page.cursor === undefined) break;
      }
      expect(seen).toEqual(all);
    }
    expect(all).toHaveLength(12);
  });

  it('takes in the first instant and leaves out the last, with fractions of a second or without', async () => {
    for (const at of [
      '2026-10-31T23:59:59.900Z',
      '2026-11-01T00:00:00Z',
      '2026-11-01T00:00:00.500Z',
      '2026-11-03T00:00:00Z',
      '2026-11-03T00:00:00.100Z',
    ])
      await act(at);

    expect(await times({ since: new Date('2026-11-01T00:00:00Z'), until: new Date('2026-11-03T00:00:00Z') })).toEqual([
      '2026-11-01T00:00:00Z',
      '2026-11-01T00:00:00.500Z',
    ]);
    expect(await times({ since: until, until: since })).toEqual([]);
  });

  it('tells the revisions of one postmortem, or what one key did, and nothing else', async () => {
    const revisions = dynamoRevisionLog(table);
    await revisions.note(aRevision('checkout-down', 1, '2026-10-05T08:00:00.000Z', 'key-1'));
    await revisions.note(aRevision('checkout-down', 2, '2026-11-05T08:00:00.000Z', 'key-2'));
    await revisions.note(aRevision('checkout-down-2', 1, '2026-11-06T08:00:00.000Z', 'key-2'));
    await act('2026-11-07T00:00:00Z');

    const { acts } = await list({ postmortem: aPostmortem({ id: 'checkout-down' }).id });
    expect(acts.map(({ who, facts }) => [who, facts.revision])).toEqual([
      ['key-2', 2],
      ['key-1', 1],
    ]);
    expect(await times({ who: 'key-2' })).toEqual(['2026-11-06T08:00:00.000Z', '2026-11-05T08:00:00.000Z']);
    expect((await list({ who: 'key-2', limit: 1 })).cursor).toBe('2026-11-06T08:00:00.000Z#pm-checkout-down-2-000000001');
  });

  it('tells acts and facts that it does not know', async () => {
    await table.put({
      pk: 'AUDIT#2026-11',
      sk: '2026-11-02T00:00:00Z#x',
      who: 'robot',
      act: 'something new',
      facts: { what: 1 },
      more: true,
    });
    expect((await list()).acts).toEqual([{ at: '2026-11-02T00:00:00Z', who: 'robot', act: 'something new', facts: { what: 1 } }]);
  });
});
