import { beforeEach, expect, it } from 'vitest';
import { dynamoReviewStore } from '../../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { aHomeWorld, homeYaml, sids, type Visitor } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const reviewed = `${homeYaml}reviews:
  reviewers: [{ address: rita@example.com, as: VP Engineering }]
  dueAfter: { sev1: 1 }
`;

/** It is Monday 23 November 2026. */
async function aWorld(distribution = reviewed) {
  const world = await aHomeWorld(table, { distribution });
  const { intake } = world.deps;
  const publish = async (id: string, change: object = {}, by = 'ci') =>
    world.publish({ id, severity: 'sev1', ...change }, { by, distribution: await intake.distribution() });
  const text = async (url: string, as: Visitor = 'operator') => {
    const { statusCode, body = '' } = await world.open(url, { as });
    return { statusCode, body: body.replaceAll(/<style>.*?<\/style>/gs, '') };
  };
  return { ...world, publish, text };
}

it('shows operators, and nobody else, where each review stands, in one list', async () => {
  const { publish, text, clock } = await aWorld();
  await publish('pool');
  await publish('vault', { restricted: true });
  await publish('told', { status: 'draft', publishedAt: undefined, severity: 'sev2' });
  await publish('small', { severity: 'sev3' });
  clock.now = new Date('2026-11-26T10:00:00Z');

  const { statusCode, body } = await text('/home/reviews');
  expect(statusCode).toBe(200);
  expect([...body.matchAll(/href="\/home\/postmortems\/[a-z]+" dir="auto">([^<]+)</g)].map(([, title]) => title)).toEqual([
    'About pool',
    'vault',
    'About told',
  ]);
  expect(body).toContain('Overdue by 2 working days');
  expect(body).toContain('Awaiting postmortem');
  expect(body).toContain('href="/home/reviews/pool/waive"');
  expect(body).not.toContain('About small');
  expect((await text('/home/reviews?show=awaiting+postmortem')).body).not.toContain('About pool');
  expect((await text('/home/reviews?show=reviewed')).body).toContain('Nothing matches that');
  expect((await text('/home/reviews?since=2026-11-20')).body).not.toContain('Not looked at');
  expect((await text('/home/reviews?show=everything')).body).toContain('3 reviews');
  for (const as of ['author', 'reader'] as const) expect((await text('/home/reviews', as)).statusCode).toBe(404);
});

it('says so where the file asks for no reviews', async () => {
  const { text } = await aWorld(homeYaml);
  expect((await text('/home/reviews')).body).toContain('The file in force has no reviews');
});

it('waives one after a question, with a reason, once', async () => {
  const { publish, text, press, audit } = await aWorld();
  await publish('pool');
  const url = '/home/reviews/pool/waive';
  expect((await text(url)).body).toContain('Waive the review of “About pool”?');
  expect((await dynamoReviewStore(table).read('pool')) ?? {}).toMatchObject({ state: 'in review', version: 1 });
  expect((await press(url, { reason: '' })).statusCode).toBe(422);
  expect((await press(url, { reason: 'was a drill' }, { as: 'author' })).statusCode).toBe(404);

  const done = await press(url, { reason: 'was a drill' });
  expect([done.statusCode, done.headers?.location]).toEqual([303, '/home/reviews?done=waive']);
  expect((await text('/home/reviews?done=waive')).body).toMatch(/Waived\. Nobody[\s\S]*was a drill/);
  expect((await text(url)).body).toContain('Nothing to waive');
  await press(url, { reason: 'was a drill' });
  expect((await audit()).filter(({ act }) => act === 'review waived')).toHaveLength(1);
  expect((await text('/home/reviews/none/waive')).statusCode).toBe(404);
});

it('asks otherwise where the postmortem is missing', async () => {
  const { publish, text } = await aWorld();
  await publish('told', { status: 'draft', publishedAt: undefined });
  expect((await text('/home/reviews/told/waive')).body).toContain('Wait no longer for “About told”?');
});

it('stands on the pages of a postmortem, for operators with the way to waive it', async () => {
  const { publish, text } = await aWorld();
  await publish('pool', { authors: ['ada'] }, sids.author);
  const forOperator = (await text('/home/postmortems/pool')).body;
  expect(forOperator).toContain('Leadership’s review');
  expect(forOperator).toContain('Asked: VP Engineering.');
  expect(forOperator).toContain('/home/reviews/pool/waive');
  const forAuthor = (await text('/home/mine/pool', 'author')).body;
  expect(forAuthor).toContain('Asked: VP Engineering.');
  expect(forAuthor).not.toContain('/home/reviews');
  await publish('small', { severity: 'sev3' });
  expect((await text('/home/postmortems/small')).body).not.toContain('Leadership’s review');
});
