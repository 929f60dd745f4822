import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoRelevance } from '../../adapters/dynamodb/relevance-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { relevanceKey } from '../../adapters/dynamodb/table-shape.ts';
import { reasonKeyOf } from '../../core/relevance/reason.ts';
import type { Relevance, RelevantTeam } from '../../core/relevance/relevance.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const row = (postmortem: string, revision = 1): Relevance => ({
  postmortem,
  revision,
  at: '2026-11-20T09:00:00Z',
  terms: ['expired-certificate'],
  teams: [],
  similar: [],
});

describe('the row of relevance', () => {
  it('is written over by the same and by later revisions, and never by an earlier one', async () => {
    const store = dynamoRelevance(table);
    expect(await store.put(row('a', 2))).toBe('first');
    expect(await store.put(row('a', 1))).toBe('superseded');
    expect(await store.put(row('a', 2))).toBe('again');
    expect(await store.put(row('a', 3))).toBe('again');
    expect(await store.read('a')).toEqual(row('a', 3));
  });

  it('is not written over by a run that began before it', async () => {
    const store = dynamoRelevance(table);
    await store.put({ ...row('a'), at: '2026-11-20T09:00:05Z' });
    expect(await store.put(row('a'))).toBe('superseded');
    expect(await store.put({ ...row('a'), at: '2026-11-20T09:00:05Z' })).toBe('again');
  });

  describe('of a thousand teams', () => {
    const told = (n: number, words: string) => {
      const reason = { kind: 'shares', service: `service ${n}`, resource: 'orders-db' } as const;
      return { reason, key: reasonKeyOf(reason), sentence: `Your service ${n} ${words}`.slice(0, 300) };
    };
    const teamsWith = (wordsOf: (n: number) => string, count = 1000): RelevantTeam[] =>
      Array.from({ length: count }, (_, n) => ({
        team: `team:team ${n}`,
        name: `Team ${n}`,
        score: 9 - n / 1000,
        reasons: [0, 1, 2].map((more) => told(3 * n + more, wordsOf(3 * n + more))),
      }));

    it('is kept whole where sentences are alike', async () => {
      const teams = teamsWith(() => 'uses the same orders-db, which is what this is about. '.repeat(6));
      await dynamoRelevance(table).put({ ...row('a'), teams });
      expect((await dynamoRelevance(table).read('a'))?.teams).toEqual(teams);
    });

    it('goes without weaker reasons where they do not fit, and without the last teams only then', async () => {
      const noise = (length: number) => (n: number) =>
        createHash('shake256', { outputLength: length }).update(`${n}`).digest('base64').slice(0, length);
      const [some, most] = [teamsWith(noise(150)), teamsWith(noise(290), 1400).map((one) => ({ ...one, name: noise(190)(one.score) }))];
      await dynamoRelevance(table).put({ ...row('a'), teams: some });
      expect((await dynamoRelevance(table).read('a'))?.teams).toEqual(some.map((one) => ({ ...one, reasons: one.reasons.slice(0, 2) })));
      await dynamoRelevance(table).put({ ...row('b'), teams: most });
      expect((await dynamoRelevance(table).read('b'))?.teams).toEqual(
        most.slice(0, 700).map((one) => ({ ...one, reasons: one.reasons.slice(0, 1) })),
      );
    });
  });

  it('expires with the links of the mails that tell of it', async () => {
    await dynamoRelevance(table).put(row('a'));
    expect(await table.read(relevanceKey('a'))).toMatchObject({ expiresAt: Date.parse('2027-12-25T09:00:00Z') / 1000 });
  });

  it('is read for many at once, without those that there are not, and those that cannot be read', async () => {
    const store = dynamoRelevance(table);
    await store.put(row('a'));
    await table.put({ ...relevanceKey('b'), postmortem: 'b', revision: 'two' });
    expect(await store.readMany(['a', 'b', 'c'])).toEqual(new Map([['a', row('a')]]));
    expect(await store.read('b')).toBeUndefined();
    expect(await store.readMany([])).toEqual(new Map());
  });
});
