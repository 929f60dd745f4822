import { beforeEach, expect, it } from 'vitest';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoIncidentUpdates } from '../../../adapters/dynamodb/incident-updates-store.ts';
import { dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { anEdition, aProfile } from '../../support/delivery.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-19T15:00:00Z');
const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
/** Composed this Thursday, and half done. */
const young = (change: Parameters<typeof anEdition>[0]) =>
  anEdition({ scheduledFor: '2026-11-19T14:00:00Z', composedAt: '2026-11-19T14:00:01Z', ...change });

it('is empty before anything is applied, and while all is well', async () => {
  const before = await anOperator(table);
  expect(await before.ask('GET', '/operator/status')).toEqual({ status: 200, body: empty });

  const applied = aDistribution({ severities: { sev1: { aliases: ['critical'] } }, teams: [] });
  const { ask } = await anOperator(table, { deployed: { hash: deployedHash(applied) } });
  await ask('PUT', '/operator/configuration', distributionYaml);
  expect(await ask('GET', '/operator/status')).toEqual({ status: 200, body: empty });
});

it('names what is paused, unconfirmed, held, late, unsent and not deployed', async () => {
  const { ask } = await anOperator(table);
  await ask('PUT', '/operator/configuration', distributionYaml);
  await table.update({ pk: 'CONFIG', sk: 'DISTRIBUTION' }, { set: { appliedAt: '2026-11-01T00:00:00Z' } });
  const editions = dynamoEditionStore(table, now);
  for (const id of ['engineering-digest_2026-W45', 'engineering-digest_2026-W46', 'engineering-digest_2026-10'])
    await editions.create(young({ id }));
  await ask('POST', '/operator/editions/engineering-digest_2026-W45/pause');
  await ask('POST', '/operator/editions/engineering-digest_2026-10/recall');
  await editions.setTally('engineering-digest_2026-W46', 'default', { version: 1, counts: { accepted: 3, unconfirmed: 2 } });
  await editions.setTally('engineering-digest_2026-10', 'default', { version: 1, counts: { unconfirmed: 1 } });
  await ask('POST', '/operator/lanes/bulk/pause');
  const told = { n: 1, kind: 'first', revision: 3, facts: { title: 'Checkout' }, at: '2026-11-19T14:00:00Z' } as const;
  const next = { state: 'waiting', since: '2026-11-19T14:30:00Z', dueAt: '2026-11-19T14:40:00Z' } as const;
  await dynamoIncidentUpdates(table, now).put({ stream: 'sev1-alerts', incident: 'late', version: 1, updates: [told], next });
  const at = '2026-11-19T14:00:00Z';
  await dynamoPostmortemStore(table).putCurrent(
    {
      postmortem: aPostmortem({ severity: 'sev1', publishedAt: at }),
      revision: 1,
      hash: 'a',
      updatedAt: at,
      by: 'ci',
      publication: 'given',
      material: {},
      owed: [],
      editions: [],
      namedIn: [],
    },
    undefined,
  );

  const { body } = await ask('GET', '/operator/status');

  expect(body).toMatchObject({
    unsent: [{ postmortem: 'pm-1', why: 'no edition' }],
    late: [{ stream: 'sev1-alerts', postmortem: 'late', dueAt: next.dueAt }],
    paused: [{ edition: 'engineering-digest_2026-W45' }],
    unconfirmed: [{ edition: 'engineering-digest_2026-W46', counts: { unconfirmed: 2 } }],
    lanes: [{ lane: 'bulk', paused: { by: 'local' } }],
  });
  expect(body.needsDeploy).toContain('organisation.zone');
});

it('names who the file names and gets no mail, by address only for those who may see people', async () => {
  const lea = subscriberId('staff', parseAddress('lea@example.com') ?? expect.unreachable(), 'identity');
  const ops = subscriberId('staff', parseAddress('ops@example.com') ?? expect.unreachable(), 'identity');
  const people = dynamoPeopleStore(table);
  await people.writeProfile(aProfile({ sid: lea, address: 'lea@example.com', suspended: { at: '2026-11-18T08:00:00Z' } }), 0);
  await people.writeProfile(aProfile({ sid: ops, address: 'ops@example.com' }), 0);
  const { ask, keyWith } = await anOperator(table);
  const file = distributionYaml
    .replace('severities: [sev1]', 'severities: [sev1]\n    signUp: approval\n    owner: gone@example.com')
    .replace('channels: {', 'leads: [lea@example.com]\n    channels: {');
  await ask('PUT', '/operator/configuration', `${file}operators: { people: [ops@example.com] }\n`);
  await keyWith('read');

  expect((await ask('GET', '/operator/status')).body.unheard).toEqual([
    { post: 'a lead of Payments', why: 'suspended', subscriber: lea, address: 'lea@example.com' },
    { post: 'the owner of Sev-1 alerts', why: 'not on the list of people', address: 'gone@example.com' },
  ]);
  expect((await ask('GET', '/operator/status', undefined, 'read')).body.unheard).toEqual([
    { post: 'a lead of Payments', why: 'suspended', subscriber: lea },
    { post: 'the owner of Sev-1 alerts', why: 'not on the list of people' },
  ]);
});
