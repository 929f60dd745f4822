import { beforeEach, expect, it } from 'vitest';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoIncidentUpdates } from '../../../adapters/dynamodb/incident-updates-store.ts';
import { dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { anEdition } from '../../support/delivery.ts';
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
const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], needsDeploy: [] };
/** Composed this Thursday, and half done. */
const young = (change: Parameters<typeof anEdition>[0]) =>
  anEdition({ scheduledFor: '2026-11-19T14:00:00Z', composedAt: '2026-11-19T14:00:01Z', ...change });

it('is empty before anything is applied, and while all is well', async () => {
  const before = await anOperator(table);
  expect(await before.ask('GET', '/operator/status')).toEqual({ status: 200, body: empty });

  const applied = aDistribution({ severities: { sev1: { aliases: ['critical'] } }, teams: [] });
  const { ask } = await anOperator(table, { deployed: deployedHash(applied) });
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
