import { beforeEach, describe, expect, it } from 'vitest';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { feedbackKey } from '../../adapters/dynamodb/table-shape.ts';
import { dynamoTeamFeedback } from '../../adapters/dynamodb/team-feedback-store.ts';
import { blindedMember, feedbackByReason } from '../../core/relevance/team-feedback.ts';
import { aSid } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
let now = new Date('2026-11-23T10:00:00Z');
const store = () => dynamoTeamFeedback(table, () => now);
beforeEach(async () => {
  table = await freshTable();
  now = new Date('2026-11-23T10:00:00Z');
});

const team = 'team:payments';
const reason = 'runs sessions';
const press = (n: number, says: 'useful' | 'not relevant', isLead = false) =>
  store().press({ team, reason, says, member: blindedMember(team, reason, aSid(n), 'secret'), isLead });
const undo = (n: number, says: 'useful' | 'not relevant') =>
  store().undo({ team, reason, says, member: blindedMember(team, reason, aSid(n), 'secret') });
const counts = async () => feedbackByReason(await store().of(team)).get(reason);

describe('what a team pressed about a reason', () => {
  it('counts each member once, by what they said last', async () => {
    await Promise.all([press(1, 'useful'), press(2, 'not relevant'), press(3, 'not relevant', true)]);
    await press(2, 'not relevant');
    expect(await counts()).toEqual({ useful: 1, notRelevant: 2, byLead: true });
    await press(3, 'useful', true);
    expect(await counts()).toEqual({ useful: 2, notRelevant: 1, byLead: false });
  });

  it('is taken back by who said it, and not what they say by now', async () => {
    await press(1, 'not relevant', true);
    await undo(1, 'useful');
    expect(await counts()).toEqual({ useful: 0, notRelevant: 1, byLead: true });
    await undo(1, 'not relevant');
    await undo(1, 'not relevant');
    expect(await counts()).toEqual({ useful: 0, notRelevant: 0, byLead: false });
  });

  it('makes no row where there is nothing to take back', async () => {
    await undo(1, 'useful');
    expect(await store().of(team)).toEqual([]);
  });

  it('says neither who nor when: hashes for each reason, and the day', async () => {
    await press(1, 'useful');
    const item = await table.read(feedbackKey(team, reason));
    expect(item).toMatchObject({ reason, expiresAt: Date.parse('2027-12-29T00:00:00Z') / 1000 });
    expect(item?.useful).toEqual(new Set([blindedMember(team, reason, aSid(1), 'secret')]));
    expect(blindedMember(team, reason, aSid(1), 'secret')).not.toContain(aSid(1));
    expect(blindedMember(team, reason, aSid(1), 's')).not.toBe(blindedMember(team, 'promised', aSid(1), 's'));
  });

  it('is kept apart by team, whatever script and length the reason has', async () => {
    const long = `depends ${'調'.repeat(190)} ${'査'.repeat(190)}`;
    await store().press({ team, reason: long, says: 'useful', member: 'a', isLead: false });
    await store().press({ team: 'team:pay', reason, says: 'useful', member: 'a', isLead: false });
    await table.put({ ...feedbackKey(team, 'x'), useful: 3 });
    expect((await store().of(team)).map((one) => one.reason)).toEqual([long]);
  });
});
