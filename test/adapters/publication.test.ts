import { beforeEach, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemIndex, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { postmortemKey } from '../../adapters/dynamodb/table-shape.ts';
import type { PublicationAsked } from '../../core/intake/publication.ts';
import { runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';
import { closedActions, openActions } from '../support/promises.ts';
import { noReviews } from '../support/reviews-in-memory.ts';

const freshTable = oneEngine();

let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const now = () => new Date('2026-11-19T12:00:00Z');
const take = (fields: Record<string, unknown>, asked: PublicationAsked = {}) =>
  takePostmortem(
    { postmortem: aPostmortem({ publishedAt: undefined, ...fields }), sections: [], recognised: [], missing: [], warnings: [] },
    {
      postmortems: dynamoPostmortemStore(table),
      revisions: { note: async () => {} },
      distribution: aDistribution(),
      now,
      asked,
    },
  );
const publication = async () => (await dynamoPostmortemStore(table).readCurrent('pm-1'))?.publication;

it('keeps where the date of publication comes from, and what a later revision says of it', async () => {
  await take({});
  expect(await publication()).toBe('assumed');
  await take({ publishedAt: '2026-11-18T10:00:00Z' });
  expect(await publication()).toBe('given');
  await take({ startedAt: '2026-01-14' }, { history: true });
  expect(await publication()).toBe('history');
});

it.each([undefined, 'guessed'])('knows nothing of it in a row that says %s', async (value) => {
  await take({});
  const change = value === undefined ? { remove: ['publication'] } : { set: { publication: value } };
  await table.update(postmortemKey('pm-1'), change);

  expect(await publication()).toBeUndefined();
  expect(await take({})).toMatchObject({ outcome: 'unchanged', warnings: [] });
});

it('lists no history among what a digest may tell late', async () => {
  await take({});
  await take({ id: 'pm-2', startedAt: '2026-11-02' }, { history: true });

  expect([...(await dynamoPostmortemIndex(table).editionsOf(['pm-1', 'pm-2'])).keys()]).toEqual(['pm-1']);
});

it('counts no promise of history until a revision says that it is news, and none that becomes history', async () => {
  const runs = {
    postmortems: dynamoPostmortemStore(table),
    revisions: dynamoRevisionLog(table),
    actions: dynamoActionLedger(table),
    reviews: noReviews,
    renditions: dynamoRenditionStore(table),
    search: dynamoSearchIndex(table),
    editions: dynamoEditionStore(table, now),
    queue: { alert: async () => {}, published: async () => {} },
  };
  const fields = {
    startedAt: '2021-05-05',
    actionItems: [
      { title: 'Ancient promise', due: '2021-06-01' },
      { title: 'Kept promise', status: 'done' },
    ],
  };
  const promised = async (more: Record<string, unknown>, asked: PublicationAsked = {}) => {
    await take({ ...fields, ...more }, asked);
    await runOutbox('pm-1', runs);
    const told = [...(await openActions(table)), ...(await closedActions(table, new Date('2021-01-01'), now()))];
    return told.map(({ title }) => title);
  };

  expect(await promised({}, { history: true })).toEqual([]);
  expect((await runs.actions.list('pm-1')).map(({ reported }) => reported.title).toSorted()).toEqual(['Ancient promise', 'Kept promise']);
  expect(await promised({ title: 'Renamed' })).toEqual([]);
  expect(await promised({ publishedAt: '2026-11-18T10:00:00Z' })).toEqual(['Ancient promise', 'Kept promise']);
  expect(await promised({}, { history: true })).toEqual([]);
});
