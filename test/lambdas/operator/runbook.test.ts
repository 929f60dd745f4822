import { expect, it } from 'vitest';
import { putKey } from '../../../adapters/dynamodb/key-store.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { runbook, withoutAddresses } from '../../../core/runbook/runbook.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
const named = `${distributionYaml}operators: { people: [ops@example.com] }\n`;
const read = parseDistribution(named);
if ('flaws' in read) throw new Error('the file of the test has flaws');
const { distribution, hash } = read;

it('is that of the file in force, with addresses only for who may see them', async () => {
  const table = await freshTable();
  const all = await anOperator(table);
  expect(await all.ask('GET', '/operator/runbook')).toMatchObject({ status: 404 });
  await all.ask('PUT', '/operator/configuration', named);

  expect(await all.ask('GET', '/operator/runbook')).toEqual({
    status: 200,
    body: { markdown: runbook(distribution), hash, addresses: true },
  });
  await putKey(table, 'reads', { label: 'dashboard', scopes: ['read'], createdAt: '2026-11-01T00:00:00Z' });
  const { body } = await all.ask('GET', '/operator/runbook', undefined, 'reads');
  expect(body).toEqual({ markdown: runbook(withoutAddresses(distribution)), hash, addresses: false });
  expect(JSON.stringify(body)).not.toContain('ops@example.com');
});

it('needs the scope read', async () => {
  const table = await freshTable();
  const { ask } = await anOperator(table);
  await putKey(table, 'ci', { label: 'ci', scopes: ['publish', 'people'], createdAt: '2026-11-01T00:00:00Z' });
  expect(await ask('GET', '/operator/runbook', undefined, 'ci')).toMatchObject({ status: 403 });
});
