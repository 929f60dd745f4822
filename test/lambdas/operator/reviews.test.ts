import { beforeEach, expect, it } from 'vitest';
import { dynamoReviewStore } from '../../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { reviewKey } from '../../../adapters/dynamodb/table-shape.ts';
import type { ShownReview } from '../../../core/operator/reviews-api.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';
import { aReview } from '../../support/reviews-in-memory.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

/** It is Wednesday 25 November 2026. */
async function aWorld() {
  const operator = await anOperator(table, { now: () => '2026-11-25T10:00:00Z' });
  /** Puts a review of a postmortem that exists. */
  const review = async (postmortem: string, change: object = {}, document: Record<string, unknown> = {}) => {
    await publish(table, { id: postmortem, title: `About ${postmortem}`, severity: 'sev1', services: ['checkout'], ...document });
    await dynamoReviewStore(table).put(aReview({ ...change, postmortem, version: 0 }));
  };
  const list = async (query = '', key = 'local'): Promise<{ reviews: ShownReview[]; notLookedAt: string[] }> => {
    const { status, body } = await operator.ask('GET', `/operator/reviews${query}`, undefined, key);
    expect(status).toBe(200);
    return body;
  };
  const ids = async (query = '') => (await list(query)).reviews.map(({ postmortem }) => postmortem);
  const waive = (id: string, reason: unknown = 'was a drill', key?: string) =>
    operator.ask('POST', `/operator/reviews/${id}/waive`, { reason }, key);
  return { ...operator, review, list, ids, waive };
}

const awaited = { state: 'awaiting postmortem', declaredAt: '2026-11-20T10:00:00Z', publishedAt: undefined };
const reviewed = { state: 'reviewed', by: 'sid', as: 'VP Engineering', at: '2026-11-24T10:00:00Z', reviewed: 1, undecided: 2 };

it('lists where each stands: overdue ones first, then open ones by due day, then those that are over, the latest first', async () => {
  const { review, list, ids } = await aWorld();
  await review('due-today', { dueOn: '2026-11-25' });
  await review('late', { dueOn: '2026-11-24' });
  await review('very-late', { dueOn: '2026-11-20' });
  await review('missing', { ...awaited, dueOn: '2026-11-26' }, { status: 'draft' });
  await review('done', reviewed, { actionItems: [{ title: 'Lower it' }, { title: 'Raise it' }] });
  await review('lower', { state: 'closed', why: 'downgraded', at: '2026-11-23T10:00:00Z' });
  await review('older', { state: 'closed', why: 'retracted', at: '2026-10-20T10:00:00Z' });

  expect(await ids()).toEqual(['very-late', 'late', 'due-today', 'missing', 'done', 'lower']);
  const { reviews, notLookedAt } = await list();
  expect(reviews[0]).toEqual({
    postmortem: 'very-late',
    title: 'About very-late',
    severity: 'sev1',
    state: 'in review',
    since: '2026-11-16T10:00:00Z',
    dueOn: '2026-11-20',
    overdueBy: 3,
    preliminary: false,
    services: ['checkout'],
  });
  expect(reviews[3]).toMatchObject({ state: 'awaiting postmortem', hidden: 'draft', since: '2026-11-20T10:00:00Z' });
  expect(reviews[4]).toMatchObject({ as: 'VP Engineering', undecided: 2, since: '2026-11-24T10:00:00Z' });
  expect(reviews[5]).toMatchObject({ why: 'downgraded' });
  expect(notLookedAt).toEqual(['Not looked at: reviews that were over before 2026-10-25. Name an earlier day to include them.']);

  expect(await ids('?since=2026-10-01')).toContain('older');
  expect(await ids('?overdue=true')).toEqual(['very-late', 'late']);
  expect(await ids('?state=awaiting%20postmortem')).toEqual(['missing']);
  expect(await ids('?state=reviewed')).toEqual(['done']);
  expect(await ids('?state=&overdue=&since=')).toHaveLength(6);
  expect((await list('?overdue=true')).notLookedAt).toEqual([]);
});

it('counts in the status what is overdue, where the file has reviews', async () => {
  const { review, ask } = await aWorld();
  await review('late', { dueOn: '2026-11-24' });
  await review('very-late', { dueOn: '2026-11-20' });
  await review('due-today', { dueOn: '2026-11-25' });
  await review('missing', { ...awaited, dueOn: '2026-11-23' }, { status: 'draft' });
  await review('held', { dueOn: '2026-11-02', hidden: true }, { restricted: true });
  const overdue = async () => (await ask('GET', '/operator/status')).body.overdue;
  await ask('PUT', '/operator/configuration', distributionYaml);
  expect(await overdue()).toBeUndefined();
  await ask('PUT', '/operator/configuration', `${distributionYaml}reviews: { reviewers: [{ address: vp@example.com, as: VP }] }\n`);
  expect(await overdue()).toEqual({ reviews: 2, postmortems: 1, days: 3 });
});

it('does not count as overdue what no reviewer sees', async () => {
  const { review, list, ids } = await aWorld();
  await review('held', { dueOn: '2026-11-20', hidden: true }, { restricted: true, owningTeam: 'Payments' });
  expect(await ids('?overdue=true')).toEqual([]);
  const [held] = (await list()).reviews;
  expect(held).toMatchObject({ postmortem: 'held', title: 'held', services: [], hidden: 'restricted', dueOn: '2026-11-20' });
  expect(held?.team).toBeUndefined();
  expect(held?.overdueBy).toBeUndefined();
});

it('says of what a sign-off left undecided how much is so by now', async () => {
  const { review, list } = await aWorld();
  const reviewed = { state: 'reviewed', by: 'sid', as: 'CTO', at: '2026-11-24T10:00:00Z', reviewed: 1, undecided: 2 };
  await review('one', reviewed, { actionItems: [{ title: 'Lower it' }, { title: 'Kept', status: 'done' }] });
  await review('two', reviewed, { actionItems: [] });
  expect((await list()).reviews.map(({ postmortem, undecided }) => [postmortem, undecided])).toEqual([
    ['one', 1],
    ['two', 0],
  ]);
});

it('tells why one is open again, and who reviewed it before', async () => {
  const { review, ask } = await aWorld();
  await review('again', { again: 'raised', before: { by: 'sid', as: 'CTO', at: '2026-11-10T10:00:00Z', reviewed: 1 } });
  expect((await ask('GET', '/operator/reviews/again')).body).toMatchObject({
    again: 'raised',
    as: 'CTO',
    reviewedAt: '2026-11-10T10:00:00Z',
  });
});

it('waives one, once, with a reason that its row and the audit log keep', async () => {
  const { review, waive, audit, ids } = await aWorld();
  await review('drill');
  expect(await waive('drill')).toMatchObject({
    status: 200,
    body: { outcome: 'waived', review: { state: 'waived', reason: 'was a drill' } },
  });
  expect(await waive('drill', 'another reason')).toMatchObject({ body: { outcome: 'unchanged', review: { reason: 'was a drill' } } });
  expect((await audit()).filter(({ act }) => act === 'review waived')).toMatchObject([
    { facts: { postmortem: 'drill', reason: 'was a drill' } },
  ]);
  expect(await dynamoReviewStore(table).read('drill')).toMatchObject({ state: 'waived', as: 'operator', awaited: false, version: 2 });
  expect(await ids('?state=waived')).toEqual(['drill']);

  await review('no-incident', { ...awaited, dueOn: '2026-11-26' }, { status: 'draft' });
  await waive('no-incident');
  expect(await dynamoReviewStore(table).read('no-incident')).toMatchObject({ state: 'waived', awaited: true });
});

it('waives nothing that is over, that is not there, or that it does not understand', async () => {
  const { review, waive, ask, keyWith } = await aWorld();
  await keyWith('read');
  await review('done', reviewed);
  await review('open');
  expect(await waive('done')).toMatchObject({
    status: 409,
    body: { detail: 'VP Engineering reviewed it on 2026-11-24. Nothing was changed.' },
  });
  expect(await waive('none')).toMatchObject({ status: 404 });
  expect(await waive('NONE')).toMatchObject({ status: 404 });
  expect(await waive('open', 'ask ada@example.com')).toMatchObject({ status: 422, body: { errors: [{ field: 'reason' }] } });
  expect(await waive('open', 'was a drill', 'read')).toMatchObject({ status: 403 });
  await table.put({ ...aReview(), state: 'delegated', ...reviewKey('pm-9') });
  expect(await waive('pm-9')).toMatchObject({ status: 409 });
  expect(await ask('GET', '/operator/reviews/pm-9')).toMatchObject({ status: 409 });
  expect(await ask('GET', '/operator/reviews/none')).toMatchObject({ status: 404 });
});

it('leaves addresses out unless the key may see people, and refuses by field what it does not understand', async () => {
  const { review, list, ask, keyWith } = await aWorld();
  await keyWith('read');
  await review('leak', {}, { title: 'Ask ada@example.com' });
  expect((await list('', 'read')).reviews[0]?.title).toBe('Ask (address left out)');
  expect((await list()).reviews[0]?.title).toBe('Ask ada@example.com');
  for (const [query, field] of [
    ['state=open', 'state'],
    ['overdue=yes', 'overdue'],
    ['since=2026-02-30', 'since'],
  ])
    expect(await ask('GET', `/operator/reviews?${query}`)).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});
