import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import { iamEnforcer } from '../../local/iam/iam-enforcer.ts';
import { secretOf } from '../../local/plan/secrets.ts';
import { startFakeSecrets } from '../../local/secrets/server.ts';
import { secretValues } from '../../local/secrets/values.ts';
import { loadTemplate } from '../../local/template/load.ts';
import { toyTemplate } from '../support/toy-template.ts';

const place = { stackName: 'toy', apiUrl: '', queuesUrl: '' };
const secrets = loadTemplate(toyTemplate, place)
  .filter(({ type }) => type.endsWith('::Secret'))
  .map(secretOf);
const valueIn = (folder?: string) => [...secretValues(secrets, folder).values()][0] ?? '';

async function served() {
  const values = secretValues(secrets, undefined);
  const fake = await startFakeSecrets({ secrets, values, count: () => {}, doorkeeper: iamEnforcer(() => {}) });
  onTestFinished(fake.stop);
  const asked = async () => {
    const headers = { 'x-amz-target': 'secretsmanager.GetSecretValue' };
    const answer = await fetch(fake.endpoint, { method: 'POST', headers, body: JSON.stringify({ SecretId: secrets[0]?.arn }) });
    return ((await answer.json()) as { SecretString: string }).SecretString;
  };
  return { values: [...values.values()], asked, put: (name: string) => fake.put(name, 'new') };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes up a secret as the template says', () => {
  const { kid, key } = JSON.parse(valueIn());

  expect(kid).toBe('k1');
  expect(key).toMatch(/^[A-Za-z0-9]{20}$/);
});

it('takes a new value, where the name means one secret', async () => {
  const { values, asked, put } = await served();
  expect(await asked()).toBe(values[0]);
  expect(put('nobody')).toBe(false);
  expect(put(secrets[0]?.name ?? '')).toBe(true);
  expect(await asked()).toBe('new');
});

it('takes the one that is named, where its name begins the name of another', async () => {
  const named = ['stack-SecretsKeys0123ABCD', 'stack-SecretsKeysForCustomers4567CDEF'].map((name) => ({
    name,
    arn: name,
    content: { text: '' },
  }));
  const values = new Map<string, string>();
  const fake = await startFakeSecrets({ secrets: named, values, count: () => {}, doorkeeper: iamEnforcer(() => {}) });
  onTestFinished(fake.stop);

  expect([fake.put('Keys', 'of staff'), fake.put('KeysForCustomers', 'of customers'), fake.put('stack', 'of both')]).toEqual([
    true,
    true,
    false,
  ]);
  expect([...values.values()]).toEqual(['of staff', 'of customers']);
});

it('makes up another one the next time', () => {
  expect(valueIn()).not.toBe(valueIn());
});

it('keeps it in the data folder, for its owner only', () => {
  const first = valueIn(folder);

  expect(valueIn(folder)).toBe(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
});
