import { beforeEach, expect, it } from 'vitest';
import { dynamoIncidentOf, dynamoIncidentPages } from '../../../adapters/dynamodb/inbound-store.ts';
import { dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { toldByTool } from '../../../core/connector/told-by-tool.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { publish } from '../../support/published.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
  const now = () => new Date('2026-11-25T10:00:00Z');
  await dynamoIncidentPages(table, now).of('rootly.com/account/incidents/7-search', { source: 'rootly', ref: 'AB7' });
});

const page = { label: 'The incident', url: 'https://rootly.com/account/incidents/7-search/?tab=timeline' };
async function warningFor(id: string, change: Record<string, unknown> = {}): Promise<string | undefined> {
  const { readCurrent } = dynamoPostmortemStore(table);
  await publish(table, { id, links: [page], ...change });
  const stored = await readCurrent(id);
  return stored && toldByTool(stored, { incidentOf: dynamoIncidentOf(table), readCurrent });
}

it('warns whoever publishes what a tool told of already, whenever the link comes, and says both ways out', async () => {
  await publish(table, { id: 'rootly-ab7' }, undefined, 'rootly');
  expect(await warningFor('search-down', { links: [] })).toBeUndefined();
  const warning =
    'Rootly told of this incident already, as rootly-ab7, so people are told of it twice. To take that one over, publish this under its id (id: rootly-ab7). If this one is to stand alone, an operator says: afterword held map rootly/AB7 --postmortem search-down';
  expect(await warningFor('search-down')).toBe(warning);
  expect(await warningFor('search-down', { title: 'The same once more' })).toBe(warning);
});

it('says nothing where nobody is told twice', async () => {
  expect(await warningFor('before-it')).toBeUndefined();
  await publish(table, { id: 'rootly-ab7', status: 'draft', publishedAt: undefined }, undefined, 'rootly');
  expect(await warningFor('beside-a-draft')).toBeUndefined();
  await publish(table, { id: 'rootly-ab7' }, undefined, 'rootly');
  expect(await warningFor('a-draft', { status: 'draft', publishedAt: undefined })).toBeUndefined();
  expect(await warningFor('hidden', { restricted: true })).toBeUndefined();
  const another = { label: 'Another', url: 'https://rootly.com/account/incidents/8-cart' };
  expect(await warningFor('two-pages', { links: [page, another] })).toBeUndefined();
  expect(await warningFor('an-unknown-page', { links: [another] })).toBeUndefined();
  await publish(table, { id: 'rootly-ab7', title: 'Taken over', links: [page] }, undefined, 'a-key');
  expect(await warningFor('beside-that-of-a-key')).toBeUndefined();
});

it('says nothing of the tool’s own, nor of whoever takes it over', async () => {
  await publish(table, { id: 'rootly-ab7', links: [page] }, undefined, 'rootly');
  expect(await warningFor('rootly-ab7')).toBeUndefined();
});
