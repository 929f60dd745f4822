import { beforeEach, expect, it } from 'vitest';
import * as z from 'zod';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { actionKey } from '../../adapters/dynamodb/table-shape.ts';
import type { ActionRow } from '../../core/action/action.ts';
import type { ActionLedger } from '../../core/action/ports.ts';
import { keepActions } from '../../core/intake/keep-actions.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';
import { closedActions, openActions } from '../support/promises.ts';

const freshTable = oneEngine();
let table: Table;
let ledger: ActionLedger;
beforeEach(async () => {
  table = await freshTable();
  ledger = dynamoActionLedger(table);
});

const stored = (revision: number, change: Record<string, unknown>) => ({
  postmortem: aPostmortem(change),
  revision,
  hash: 'h',
  updatedAt: `2026-11-2${revision}T09:00:00.000Z`,
  owed: [],
  editions: [],
  namedIn: [],
  hiddenIn: 0,
});
const revise = (revision: number, actionItems: object[], actions = ledger) => keepActions(stored(revision, { actionItems }), actions);
const limit = { title: 'Lower the limit', owner: 'Payments' };
const rows = async () => (await ledger.list('pm-1')).toSorted((a, b) => (a.reported.title < b.reported.title ? -1 : 1));
const only = async (): Promise<ActionRow> => {
  const [row, more] = await rows();
  if (!row || more) throw new Error('expected one row');
  return row;
};
const funded = {
  kind: 'decided',
  what: 'fund',
  at: '2026-11-21T12:00:00.000Z',
  by: 'sid',
  as: 'VP Engineering',
  reason: '',
  basis: 'hash',
  effectiveAt: '2026-11-22T07:00:00Z',
};
const decide = async (row: ActionRow, event: object = funded) =>
  ledger.put({ ...row, events: [...row.events, event] }, '2026-11-21T12:00:00.000Z');

it('keeps what people did, and what it does not know, through revisions', async () => {
  await revise(1, [limit]);
  await decide({ ...(await only()), later: 'of a later release' });
  await revise(2, [{ ...limit, title: 'Lowering the limit', due: '2026-12-01' }]);

  expect(await only()).toMatchObject({
    reported: { title: 'Lowering the limit' },
    events: [funded],
    later: 'of a later release',
    revision: 2,
    version: 3,
    dueReportedAt: '2026-11-22T09:00:00.000Z',
  });
});

it('writes nothing when the same revision is paid again', async () => {
  await revise(1, [limit, { title: 'Rotate the key' }]);
  const before = await rows();
  await revise(1, [{ title: 'Rotate the key' }, limit]);
  expect(await rows()).toEqual(before);
});

it('keeps a lost decision with its action, says what that may be now, and has it back with its title', async () => {
  await revise(1, [limit]);
  await decide(await only());
  await revise(2, [{ ...limit, title: 'Raise the limit' }]);

  const [lost, fresh] = await rows();
  expect(lost).toMatchObject({ reported: limit, events: [funded], withdrawnAt: '2026-11-22T09:00:00.000Z', perhaps: fresh?.aid });
  expect(fresh).toMatchObject({ reported: { title: 'Raise the limit' }, events: [] });
  await revise(3, [limit]);
  expect((await rows())[0]).toMatchObject({ aid: lost?.aid, events: [funded] });
  expect((await rows())[0]).not.toHaveProperty('withdrawnAt');
});

it('warns who publishes that a decision loses its action, in a check too', async () => {
  await revise(1, [limit]);
  const consider = async (title: string) => {
    const before = stored(1, { actionItems: [limit] });
    const { warnings } = await takePostmortem(
      { postmortem: aPostmortem({ actionItems: [{ ...limit, title }] }), sections: [], recognised: [], missing: [], warnings: [] },
      {
        postmortems: {
          readCurrent: async () => before,
          putRevision: async () => {},
          putCurrent: async () => true,
          clearOwed: async () => {},
          noteMissed: async () => {},
        },
        revisions: { note: async () => {} },
        actions: ledger,
        distribution: aDistribution(),
        now: () => new Date('2026-11-22T09:00:00Z'),
        isCheck: true,
      },
    );
    return warnings.filter((warning) => warning.startsWith('actionItems:'));
  };
  expect(await consider('Raise the limit')).toEqual([]);
  await decide(await only());
  expect(await consider('Lowering the limit')).toEqual([]);
  expect(await consider('Raise the limit')).toEqual([
    'actionItems: "Lower the limit" is not among them any more. What was decided on it stays with that title and moves to no other. Is it now "Raise the limit"? If it is, give it the old title.',
  ]);
});

it('reads one row as a list of them does, and none of another postmortem', async () => {
  await revise(1, [limit, { title: 'Alert on lag' }]);
  const [first] = await rows();

  expect(await ledger.read('pm-1', first?.aid ?? '')).toEqual(first);
  expect(await ledger.read('pm-2', first?.aid ?? '')).toBeUndefined();
});

it('loses no press that comes between reading and writing', async () => {
  await revise(1, [limit]);
  let presses = 0;
  const pressed: ActionLedger = {
    ...ledger,
    async put(row, at) {
      presses += 1;
      if (presses === 1) await decide(await only());
      return ledger.put(row, at);
    },
  };
  await revise(2, [{ ...limit, due: '2026-12-01' }], pressed);

  expect(await only()).toMatchObject({ events: [funded], reported: { due: '2026-12-01' } });
  expect(presses).toBe(2);
});

it('ends what a crash left half done, wherever it died, as if it had not', async () => {
  const twin = (due: string) => ({ title: 'Practise a restore', due });
  const before = [
    twin('2026-12-01'),
    twin('2027-01-01'),
    limit,
    { title: 'Rotate the key', id: 'AI-1' },
    { title: 'Alert on lag', owner: 'Search' },
  ];
  const after = [
    { title: 'Alert on the lag', owner: 'Search' },
    { ...limit, title: 'Raise the limit' },
    { title: 'Rotate keys', id: 'AI-3' },
    { title: 'Write a runbook' },
    twin('2027-02-01'),
  ];
  const ending = async (crashAt: number) => {
    table = await freshTable();
    ledger = dynamoActionLedger(table);
    await revise(1, before);
    let puts = 0;
    const dying: ActionLedger = {
      ...ledger,
      put: async (row, at) => {
        puts += 1;
        if (puts > crashAt) throw new Error('died');
        return ledger.put(row, at);
      },
    };
    if (crashAt < 99) await expect(revise(2, after, dying)).rejects.toThrow('died');
    await revise(2, after);
    return rows();
  };
  const expected = await ending(99);
  expect(expected).toHaveLength(8);
  for (const crashAt of [0, 1, 2, 3, 4, 5, 6, 7]) expect(await ending(crashAt)).toEqual(expected);
});

/** What the release before read, with everything it needed. */
const Earlier = z.object({
  title: z.string(),
  owner: z.string().optional(),
  status: z.enum(['open', 'in-progress', 'done', 'declined']),
  postmortem: z.string(),
  postmortemTitle: z.string(),
  aid: z.string(),
  promisedAt: z.string(),
  withdrawn: z.boolean().optional(),
  closedAt: z.string().optional(),
});

it('can be read by the release before, from the row and from the list, and takes over what that wrote', async () => {
  await revise(1, [limit]);
  await revise(2, [{ ...limit, status: 'done' }]);
  const [item] = (await table.query('ACT#pm-1')).items;
  const read = { ...limit, status: 'done', closedAt: '2026-11-22T09:00:00.000Z', postmortem: 'pm-1' };
  expect(Earlier.parse(item)).toMatchObject(read);
  expect(Earlier.parse(item?.listed)).toMatchObject(read);

  const { aid } = await only();
  const written = { ...Earlier.parse(item), revision: 3, ...actionKey('pm-1', aid) };
  await table.put(written);
  await revise(4, [{ ...limit, status: 'done' }]);
  expect(await closedActions(table, new Date('2026-11-01'), new Date('2026-12-01'))).toMatchObject([read]);
  expect(await openActions(table)).toEqual([]);
  expect(await only()).toMatchObject({ version: 1, revision: 4 });
});

it('lists once what was closed between the two reads of the lists', async () => {
  await revise(1, [limit]);
  const [item] = (await table.query('ACT#pm-1')).items;
  const done = { ...Object(item?.listed), reported: { ...limit, status: 'done' }, reportedAt: '2026-11-22T09:00:00.000Z' };
  const between: Table = {
    ...table,
    async *queryAll(partition) {
      yield { listed: partition === 'OPEN#action' ? item?.listed : done };
    },
  };
  expect(await openActions(between, new Date('2026-11-24'))).toEqual([]);
  expect(await closedActions(between, new Date('2026-11-20'), new Date('2026-11-24'))).toHaveLength(1);
});

it('counts what is added after readers were told from that day, and what may be an older one from then', async () => {
  const told = (revision: number, actionItems: object[]) => stored(revision, { actionItems, publishedAt: '2026-03-02T10:00:00Z' });
  await keepActions(told(1, [limit]), ledger);
  await keepActions(
    told(2, [
      { ...limit, title: 'Lower the limit of exports' },
      { title: 'Rotate the key', owner: 'Search' },
    ]),
    ledger,
  );

  expect((await rows()).map(({ reported, promisedAt }) => [reported.title, promisedAt])).toEqual([
    ['Lower the limit', '2026-03-02T10:00:00Z'],
    ['Lower the limit of exports', '2026-03-02T10:00:00Z'],
    ['Rotate the key', '2026-11-22T09:00:00.000Z'],
  ]);
});
