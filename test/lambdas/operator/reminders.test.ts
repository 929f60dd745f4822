import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import { dynamoReminderMemory } from '../../../adapters/dynamodb/reminder-memory.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { readActionRow } from '../../../core/action/action.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { directoryOf } from '../../../core/reminder/directory.ts';
import type { RemindDeps } from '../../../core/reminder/remind.ts';
import { wireReminding } from '../../../lambdas/shared/reminding.ts';
import { aProfile, aSid } from '../../support/delivery.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const reminders = { at: '08:00' };
const rosa = aProfile({ sid: aSid(1), address: 'rosa@example.com', revision: 1 });
const limit = { title: 'Lower the limit', owner: rosa.address, due: '2026-11-19' };

/**
 * It is Thursday 19 November 2026, 14:00 in Berlin. People were told up to Wednesday, and an action
 * of Rosa's is due.
 */
async function aWorld({
  file = `${distributionYaml}reminders: { at: "08:00" }\n`,
  lastDay = '2026-11-18',
  change = {} as Partial<RemindDeps>,
} = {}) {
  const clock = () => new Date('2026-11-19T13:00:00Z');
  const queue: unknown[] = [];
  const reminding = { ...wireReminding(table, { send: async (messages) => void queue.push(...messages) }, clock), ...change };
  const deployed = { hash: deployedHash(aDistribution({ severities: { sev1: { aliases: ['critical'] } }, teams: [], reminders })) };
  const operator = await anOperator(table, { now: () => '2026-11-19T13:00:00Z', reminding, deployed });
  await operator.ask('PUT', '/operator/configuration', file);
  await table.update({ pk: 'CONFIG', sk: 'DISTRIBUTION' }, { set: { appliedAt: '2026-11-01T00:00:00Z' } });
  await dynamoPeopleStore(table).writeProfile(rosa, 0);
  await publish(table, { actionItems: [limit] });
  if (lastDay) await dynamoReminderMemory(table).advance({ since: '2026-11-02', lastDay, waiting: {}, promised: {} }, 0);
  return {
    ...operator,
    queue,
    run: (body: unknown = {}, key = 'local') => operator.ask('POST', '/operator/reminders/run', body, key),
    stand: async () => (await operator.ask('GET', '/operator/reminders')).body,
    status: async () => (await operator.ask('GET', '/operator/status')).body.reminders,
    lines: async () => (await operator.audit()).filter(({ act }) => act === 'reminders run'),
  };
}

/** 201 people, who are all of the staff, with an action each. */
const many: Partial<RemindDeps> = {
  actions: async () =>
    Array.from({ length: 201 }, (_, n) =>
      readActionRow({
        ...{ postmortem: `pm-${n}`, postmortemTitle: 'Out of disk', aid: 'title#1', visible: true },
        reported: { ...limit, status: 'open', owner: `p${n}@example.com` },
        ...{ reportedAt: '2026-11-10T10:00:00Z', promisedAt: '2026-11-10T10:00:00Z', firstSeenAt: '2026-11-10T10:00:00Z' },
      }),
    ),
  directory: async () =>
    directoryOf(
      Array.from({ length: 201 }, (_, n) => ({
        ...{ sid: aSid(n), address: `p${n}@example.com`, handles: [], isSuspended: false, isSuppressed: false },
      })),
    ),
};

describe('reminders, as operators see them', () => {
  it('are off where the file has none', async () => {
    const { stand, run, status, queue } = await aWorld({ file: distributionYaml, lastDay: '' });
    expect(await stand()).toEqual({ waiting: 0, now: { outcome: 'off' } });
    expect((await run()).body).toEqual({ outcome: 'off' });
    expect([await status(), queue]).toEqual([undefined, []]);
  });

  it('begin as if the working day before had been told', async () => {
    const { stand, run, queue } = await aWorld({ lastDay: '' });
    const count = { day: '2026-11-19', people: 1, entries: 1, staff: 1 };
    expect(await stand()).toEqual({ at: '08:00', waiting: 0, late: '2026-11-19', now: { outcome: 'would tell', ...count } });
    expect((await run()).body).toEqual({ outcome: 'told', ...count });
    expect(await stand()).toMatchObject({ since: '2026-11-18', lastDay: '2026-11-19', now: { outcome: 'told already' } });
    expect(queue).toHaveLength(1);
  });

  it('say how far people were told, which day is late, and what a run would do, and change nothing by that', async () => {
    const { stand, status, queue } = await aWorld();
    const would = { outcome: 'would tell', day: '2026-11-19', people: 1, entries: 1, staff: 1 };
    const answer = { at: '08:00', since: '2026-11-02', lastDay: '2026-11-18', waiting: 0, late: '2026-11-19', now: would };
    expect([await stand(), await stand()]).toEqual([answer, answer]);
    expect(await status()).toEqual({ at: '08:00', lastDay: '2026-11-18', late: '2026-11-19' });
    expect(queue).toEqual([]);
  });

  it('run on purpose, once a day, with one line in the audit log and messages of ids alone', async () => {
    const { run, queue, lines, status } = await aWorld();
    expect((await run()).body).toEqual({ outcome: 'told', day: '2026-11-19', people: 1, entries: 1, staff: 1 });
    expect((await run()).body).toEqual({ outcome: 'told already', day: '2026-11-19' });
    expect(queue).toMatchObject([{ stream: 'service', kind: 'reminders', about: '20261119', subscriber: rosa.sid }]);
    expect(JSON.stringify(queue)).not.toMatch(/Lower|rosa|example/);
    expect(await lines()).toMatchObject([{ facts: { by: 'local', day: '2026-11-19', people: 1, entries: 1 } }]);
    expect(await status()).toEqual({ at: '08:00', lastDay: '2026-11-19' });
  });

  it('are held back if they would go to most people, until somebody says that it is right', async () => {
    const { run, queue, lines, status } = await aWorld({ change: many });
    const count = { day: '2026-11-19', people: 201, entries: 201, staff: 201 };
    expect((await run()).body).toEqual({ outcome: 'too many', ...count });
    expect([queue, await lines()]).toEqual([[], []]);
    expect(await status()).toEqual({ at: '08:00', lastDay: '2026-11-18', late: '2026-11-19', held: { people: 201, staff: 201 } });
    expect((await run({ yes: true })).body).toEqual({ outcome: 'told', ...count });
    expect(queue).toHaveLength(201);
  });

  it('run for keys that may send, and tell keys that may read', async () => {
    const { ask, keyWith, run, queue } = await aWorld();
    await keyWith('read');
    await keyWith('send');
    expect((await run({}, 'read')).status).toBe(403);
    expect((await ask('GET', '/operator/reminders', undefined, 'send')).status).toBe(403);
    expect((await run({ yes: 'of course' })).status).toBe(422);
    expect(queue).toEqual([]);
    expect((await run({}, 'send')).status).toBe(200);
    expect((await ask('GET', '/operator/reminders', undefined, 'read')).status).toBe(200);
  });
});
