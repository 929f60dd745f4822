import { beforeEach, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoReviewLists, dynamoReviewStore } from '../../adapters/dynamodb/review-store.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { reviewKey } from '../../adapters/dynamodb/table-shape.ts';
import { keepActions } from '../../core/intake/keep-actions.ts';
import { keepReview } from '../../core/intake/keep-review.ts';
import type { ReviewStore } from '../../core/review/ports.ts';
import { ReviewKeptChanging } from '../../core/review/press-review.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';
import { aReview } from '../support/reviews-in-memory.ts';

const freshTable = oneEngine();
let table: Table;
let store: ReviewStore;
beforeEach(async () => {
  table = await freshTable();
  store = dynamoReviewStore(table);
});

const now = () => new Date('2026-11-20T09:00:00Z');
const file = aDistribution({ reviews: { reviewers: [{ address: 'vp@example.com', as: 'VP Engineering' }] } });
const stored = (revision: number, change: Record<string, unknown> = {}) => ({
  postmortem: aPostmortem({ severity: 'sev1', ...change }),
  revision,
  hash: 'h',
  updatedAt: `2026-11-20T08:0${revision}:00.000Z`,
  owed: [],
  editions: [],
  namedIn: [],
  hiddenIn: 0,
});
const revise = async (revision: number, change: Record<string, unknown> = {}, reviews = store) => {
  const actions = dynamoActionLedger(table);
  await keepActions(stored(revision, change), actions);
  await keepReview(stored(revision, change), { store: reviews, distribution: async () => file, now }, actions);
};
const only = async () => {
  const review = await store.read('pm-1');
  if (!review || review === 'unknown') throw new Error('expected a review');
  return review;
};
const signOff = async () =>
  store.put({
    ...(await only()),
    state: 'reviewed',
    by: 'sid',
    as: 'VP Engineering',
    at: '2026-11-20T09:00:00Z',
    reviewed: 1,
    undecided: 0,
  });
const lists = async () => {
  const { open, closed } = dynamoReviewLists(table);
  return [await open(), await closed(new Date('2026-10-01'), new Date('2026-11-24'))].map((all) =>
    all.map(({ postmortem, state }) => `${postmortem} ${state}`),
  );
};

it('keeps one row, counts its writes, and lists it where it belongs', async () => {
  await revise(1, { status: 'draft', publishedAt: undefined });
  expect(await lists()).toEqual([['pm-1 awaiting postmortem'], []]);
  await revise(2);
  expect(await only()).toMatchObject({ state: 'in review', dueOn: '2026-11-27', version: 2 });
  await signOff();
  expect(await lists()).toEqual([[], ['pm-1 reviewed']]);
});

it('lists open ones by the day on which they are due', async () => {
  for (const [postmortem, dueOn] of [
    ['pm-b', '2026-11-25'],
    ['pm-a', '2026-11-24'],
    ['pm-c', '2026-11-23'],
  ] as const)
    await store.put(aReview({ postmortem, dueOn, version: 0 }));
  expect((await lists())[0]).toEqual(['pm-c in review', 'pm-a in review', 'pm-b in review']);
});

it('lists what was over since an instant, and nothing that never was to be reviewed', async () => {
  const over = { state: 'closed', why: 'downgraded', version: 0 };
  await store.put(aReview({ ...over, postmortem: 'pm-a', at: '2026-09-30T10:00:00Z' }));
  await store.put(aReview({ ...over, postmortem: 'pm-b', at: '2026-10-02T10:00:00Z' }));
  await store.put(aReview({ ...over, postmortem: 'pm-c', at: '2026-10-02T10:00:00Z', why: 'history' }));
  await store.put(aReview({ ...over, postmortem: 'pm-d', at: '2026-10-02T10:00:00Z', why: 'not reviewed' }));
  expect(await lists()).toEqual([[], ['pm-b closed']]);
});

it('lists of a restricted postmortem nothing that says what it is', async () => {
  await revise(1, { restricted: true, owningTeam: 'Payments', services: ['checkout'], authors: ['Ada'] });
  const [item] = (await table.query('OPEN#review', { index: true })).items;
  expect(item?.listed).toEqual({
    postmortem: 'pm-1',
    severity: 'sev1',
    hidden: true,
    preliminary: false,
    revision: 1,
    version: 1,
    publishedAt: '2026-11-18T10:00:00Z',
    state: 'in review',
    openedAt: '2026-11-20T09:00:00Z',
    dueOn: '2026-11-27',
  });
  expect(await dynamoReviewLists(table).open()).toMatchObject([{ services: [], authors: [], hidden: true }]);
});

it('writes nothing when the same revision is taken again, or an older one', async () => {
  await revise(1);
  await revise(2);
  const before = await only();
  await revise(2);
  await revise(1, { status: 'retracted' });
  expect(await only()).toEqual(before);
});

it('opens again for an action that came after the review', async () => {
  await revise(1);
  await signOff();
  await revise(2, { actionItems: [{ title: 'Alarm on replication lag', due: '2026-12-04', consequence: 'It stays unseen.' }] });
  expect(await only()).toMatchObject({ state: 'reviewed', revision: 2 });
  await revise(3, { actionItems: [{ title: 'Rotate the key', priority: 'P0' }] });
  expect(await only()).toMatchObject({ state: 'in review', again: 'new action', before: { by: 'sid', reviewed: 1 } });
});

it('loses no sign-off that comes between reading and writing', async () => {
  await revise(1);
  let puts = 0;
  await revise(
    2,
    {},
    {
      ...store,
      async put(review) {
        puts += 1;
        if (puts === 1) await signOff();
        return store.put(review);
      },
    },
  );
  expect(await only()).toMatchObject({ state: 'reviewed', by: 'sid', revision: 2, version: 3 });
});

it('gives up where others keep writing, and leaves it to the next run', async () => {
  await expect(revise(1, {}, { ...store, put: async () => false })).rejects.toThrow(ReviewKeptChanging);
});

it('leaves a state of a later release alone', async () => {
  await table.put({
    ...aReview(),
    state: 'delegated',
    ...reviewKey('pm-1'),
    gsi1pk: 'OPEN#review',
    gsi1sk: '2026-11-23#pm-1',
    listed: { ...aReview(), state: 'delegated' },
  });
  await revise(2);
  expect(await store.read('pm-1')).toBe('unknown');
  expect(await table.read(reviewKey('pm-1'))).toMatchObject({ state: 'delegated', revision: 1 });
  expect(await lists()).toEqual([[], []]);
});

it('does not count a postmortem without a file, or in a file without reviews', async () => {
  const actions = dynamoActionLedger(table);
  for (const distribution of [undefined, aDistribution()])
    await keepReview(stored(1), { store, distribution: async () => distribution, now }, actions);
  expect(await store.read('pm-1')).toBeUndefined();
});
