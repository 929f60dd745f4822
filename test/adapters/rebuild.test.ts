import { expect, it } from 'vitest';
import { dynamoRebuilds } from '../../adapters/dynamodb/postmortem-store.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { rebuildPostmortem } from '../../core/operator/rebuild-postmortem.ts';
import { aHomeWorld } from '../support/home.ts';
import { oneEngine } from '../support/one-engine.ts';
import { anOperator } from '../support/operator.ts';

const freshTable = oneEngine();

async function aWorld() {
  const table = await freshTable();
  const { deps, store } = await aHomeWorld(table);
  const { intake } = deps;
  const publish = (title: string) => store({ id: 'pool', title, actionItems: [{ title: 'Lower it' }] });
  return { table, intake, publish, current: () => intake.postmortems.readCurrent('pool') };
}

it('makes anew what is derived, by the outbox, and sends no mail', async () => {
  const { table, intake, publish, current } = await aWorld();
  await publish('Out of connections');
  await runOutbox('pool', intake);
  for (const partition of ['ACT#pool', 'REND#engineering#pool'])
    for (const { pk, sk } of (await table.query(partition)).items) await table.remove({ pk: String(pk), sk: String(sk) });
  await table.update({ pk: 'PM#pool', sk: 'CURRENT' }, { set: { listed: { id: 'pool' } } });

  const { ask, audit, keyWith } = await anOperator(table);
  await keyWith('send', 'publish');
  expect((await ask('POST', '/operator/postmortems/pool/rebuild', undefined, 'send+publish')).status).toBe(403);
  expect((await ask('POST', '/operator/postmortems/none/rebuild')).status).toBe(404);
  expect(await ask('POST', '/operator/postmortems/pool/rebuild')).toMatchObject({ status: 202, body: { outcome: 'asked' } });
  expect(await ask('POST', '/operator/postmortems/pool/rebuild')).toMatchObject({ status: 202, body: { outcome: 'under way' } });
  expect(await current()).toMatchObject({ revision: 1, owed: ['projections'] });
  expect((await audit()).filter(({ act }) => act === 'postmortem rebuilt')).toHaveLength(1);

  expect(await runOutbox('pool', { ...intake, queue: { alert: mails, published: mails } })).toBe('paid');
  expect(await current()).toMatchObject({ owed: [] });
  expect((await table.query('ACT#pool')).items).toMatchObject([{ reported: { title: 'Lower it' } }]);
  expect((await table.query('REND#engineering#pool')).items).toHaveLength(1);
  expect((await table.query('PMS#2026-11', { index: true })).items).toMatchObject([{ listed: { title: 'Out of connections' } }]);
});
const mails = () => Promise.reject(new Error('a mail was asked for'));

it('leaves a revision that came meanwhile, which owes the same', async () => {
  const { table, intake, publish, current } = await aWorld();
  await publish('Out of connections');
  await runOutbox('pool', intake);
  const rebuilds = dynamoRebuilds(table);
  const owe: typeof rebuilds.owe = async (stored) => {
    await publish('Out of connections again');
    return rebuilds.owe(stored);
  };
  expect(await rebuildPostmortem('pool', { ...rebuilds, owe })).toBe('under way');
  expect(await current()).toMatchObject({ revision: 2, postmortem: { title: 'Out of connections again' } });
  expect((await current())?.owed).toContain('projections');
});
