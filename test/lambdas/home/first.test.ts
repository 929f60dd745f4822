import { beforeEach, expect, it } from 'vitest';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aHomeWorld } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

it('says who one is, with a way to sign out and to one’s sessions', async () => {
  const { open } = await aHomeWorld(table);
  const { statusCode, body } = await open('/home', { as: 'author' });

  expect(statusCode).toBe(200);
  expect(body).toContain('ada@example.com');
  expect(body).toMatch(/<form[^>]+action="\/sign-out"/);
  expect(body).toContain('href="/sessions"');
});
