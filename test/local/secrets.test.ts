import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { secretOf } from '../../local/plan/secrets.ts';
import { secretValues } from '../../local/secrets/values.ts';
import { loadTemplate } from '../../local/template/load.ts';
import { toyTemplate } from '../support/toy-template.ts';

const place = { stackName: 'toy', apiUrl: '', queuesUrl: '' };
const secrets = loadTemplate(toyTemplate, place)
  .filter(({ type }) => type.endsWith('::Secret'))
  .map(secretOf);
const valueIn = (folder?: string) => [...secretValues(secrets, folder).values()][0] ?? '';

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

it('makes up another one the next time', () => {
  expect(valueIn()).not.toBe(valueIn());
});

it('keeps it in the data folder, for its owner only', () => {
  const first = valueIn(folder);

  expect(valueIn(folder)).toBe(first);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o077).toBe(0);
});
