import { beforeEach, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoEditionLister } from '../../adapters/dynamodb/edition-lister.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { pack, unpack } from '../../adapters/dynamodb/packed.ts';
import { dynamoPostmortemIndex, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Item, Table } from '../../adapters/dynamodb/table.ts';
import { type Key, searchKey } from '../../adapters/dynamodb/table-shape.ts';
import { promiseAt } from '../../core/action/action.ts';
import { renditionOf } from '../../core/rendition/renditions.ts';
import { audiences } from '../../core/stream/audience.ts';
import { anEdition, someFragments } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';
import { closedActions, openActions } from '../support/promises.ts';
import { publish } from '../support/published.ts';

const freshTable = oneEngine();

/** Everything of a postmortem that has members of its own. */
const full = {
  customerImpact: { text: 'Logins failed.', regions: ['eu'] },
  timeline: [{ at: '09:14', event: 'It failed.' }],
  lessons: { wentWell: ['The alarm rang.'] },
  support: { say: ['Sign in again.'] },
  external: { body: 'We were down.' },
  links: [{ url: 'https://example.com' }],
  sections: [{ heading: 'Background', body: 'A replica.' }],
};

let table: Table;
beforeEach(async () => {
  table = await freshTable();
  await publish(table, full);
});

const sameItem = (one: string, other: string) =>
  searchKey('engineering', '2026-11', one).sk === searchKey('engineering', '2026-11', other).sk;

/** Adds a field to every object of a value, at each level. */
const withMore = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  return {
    ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withMore(inner)])),
    later: 'a field of a later release',
  };
};

/** Stores a row again as a later release might have written it. */
async function rewrite(pk: string, change: (document: unknown) => unknown, packed = 'document'): Promise<void> {
  for (const item of (await table.query(pk)).items) {
    const later: Item & Key = { ...item, pk, sk: String(item.sk), later: 1 };
    if (item.listed !== undefined) later.listed = change(item.listed);
    if (item[packed] !== undefined) later[packed] = await pack(change(await unpack(item[packed])));
    await table.put(later);
  }
}

it('reads a postmortem that has unknown fields at each level', async () => {
  const before = await dynamoPostmortemStore(table).readCurrent('pm-1');
  await rewrite('PM#pm-1', withMore);

  expect(await dynamoPostmortemStore(table).readCurrent('pm-1')).toEqual(before);
  expect(before?.postmortem).toMatchObject(full);
});

it('reads a time of the next news and an id that it cannot read as unknown', async () => {
  await rewrite('PM#pm-1', (document) => ({
    ...Object(document),
    support: { say: ['Sign in again.'], doNotSay: [], nextNewsAt: 'within the hour' },
    mergedInto: 'team/pm-2',
  }));
  const stored = (await dynamoPostmortemStore(table).readCurrent('pm-1'))?.postmortem;

  expect(stored?.support).toEqual({ say: ['Sign in again.'], doNotSay: [] });
  expect(stored?.mergedInto).toBeUndefined();
});

it('lists it all the same', async () => {
  await rewrite('PM#pm-1', withMore);

  const changed = await dynamoPostmortemIndex(table).changedSince(new Date('2026-11-01'), new Date('2026-12-31'));
  expect(changed.map(({ id, severity }) => [id, severity])).toEqual([['pm-1', 'sev2']]);
});

it.each(audiences)('reads the rendition for %s', async (audience) => {
  const read = () => renditionOf(audience, { postmortem: aPostmortem(), revision: 1 }, { renditions: dynamoRenditions(table) });
  const before = await read();
  await rewrite(`REND#${audience}#pm-1`, withMore);

  expect(await read()).toEqual(before);
  expect(before?.regions).toEqual(['eu']);
});

it('reads its actions, from the ledger and from the list of open ones', async () => {
  const before = await openActions(table);
  await rewrite('ACT#pm-1', withMore);

  expect((await dynamoActionLedger(table).list('pm-1')).map((row) => promiseAt(row, new Date('2026-12-01')))).toEqual(before);
  expect(await openActions(table)).toEqual(before);
  expect(before).toHaveLength(1);
});

it('reads what people did with an action, whichever list it stands in', async () => {
  const event = { kind: 'done', at: '2026-11-24T09:00:00.000Z', by: 'sid' };
  const nested = (listed: unknown) => {
    const { title, status, owner, due, link, priority, kind, team, ...more } = Object(listed);
    return { ...more, reported: { title, status, owner, due, link, priority, kind, team }, events: [event, { kind: 'escalated' }] };
  };
  await rewrite('ACT#pm-1', nested);

  expect(await openActions(table)).toEqual([]);
  expect(await closedActions(table, new Date('2026-11-01'), new Date('2026-12-01'))).toMatchObject([
    { status: 'done', closedAt: event.at },
  ]);
});

it('reads the archive, and keeps what it does not know beside a new entry', async () => {
  const index = dynamoSearchIndex(table);
  const [entry] = await index.readAll('engineering');
  await rewrite('SEARCH#engineering', withMore, 'entries');
  expect(await index.readAll('engineering')).toEqual([entry]);

  const besides = Array.from({ length: 200 }, (_, n) => `pm-1-${n}`).find((id) => sameItem(id, 'pm-1')) ?? '';
  await publish(table, { id: besides });
  const kept = await Promise.all((await table.query('SEARCH#engineering')).items.map(({ entries }) => unpack(entries)));
  expect(kept).toHaveLength(1);
  expect(kept.flat()).toContainEqual({ ...entry, later: 'a field of a later release' });
});

it('counts an unknown severity as unclassified, and tells nobody of an unknown status', async () => {
  await rewrite('PM#pm-1', (document) => ({ ...Object(document), severity: 'sev0', status: 'embargoed' }));

  const unknown = { severity: 'unclassified', status: 'draft' };
  expect((await dynamoPostmortemStore(table).readCurrent('pm-1'))?.postmortem).toMatchObject(unknown);
  const changed = await dynamoPostmortemIndex(table).changedSince(new Date('2026-11-01'), new Date('2026-12-31'));
  expect(changed).toMatchObject([unknown]);
});

it('counts an action in an unknown state as open', async () => {
  const waiting = (document: unknown) => ({ ...Object(document), actionItems: [{ ...aPostmortem().actionItems[0], status: 'waiting' }] });
  await rewrite('PM#pm-1', waiting);

  expect((await dynamoPostmortemStore(table).readCurrent('pm-1'))?.postmortem.actionItems).toMatchObject([{ status: 'open' }]);
});

it('reads the fragments of an edition, and what became of its postmortems', async () => {
  const store = dynamoEditionStore(table, () => new Date('2026-11-23T08:00:00Z'));
  const edition = anEdition();
  const fragments = JSON.parse(JSON.stringify(withMore(someFragments())));
  const content = await store.putContent(edition.id, fragments);
  await store.create({ ...edition, content, corrects: [{ id: 'pm-2', from: 1, to: 2 }], takesBack: ['pm-3'], corrected: ['pm-1:2'] });
  await rewrite(`ED#${edition.id}`, (document) => document);

  expect(await store.readFragments({ ...edition, content })).toEqual(someFragments());
  expect(await store.read(edition.id)).toMatchObject({
    corrects: [{ id: 'pm-2', from: 1, to: 2 }],
    takesBack: ['pm-3'],
    corrected: ['pm-1:2'],
  });
  expect(await dynamoEditionLister(table, () => new Date('2026-11-23T09:00:00Z')).report(edition.id)).toMatchObject({
    corrects: [{ id: 'pm-2', from: 1, to: 2 }],
    takesBack: ['pm-3'],
    corrected: ['pm-1'],
  });
});
