import { beforeEach, expect, it } from 'vitest';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { openArchive } from '../../core/search/archive.ts';
import { onEachEngine } from '../support/on-each-engine.ts';
import { publish as publishIn } from '../support/published.ts';

onEachEngine('the archive, on %s', (freshTable) => {
  let table: Table;
  beforeEach(async () => {
    table = await freshTable();
  });

  const publish = (change: Record<string, unknown> = {}) => publishIn(table, change);
  const archive = async (audience: 'engineering' | 'leadership' = 'engineering') =>
    openArchive(await dynamoSearchIndex(table).readAll(audience)).find({});

  it('holds what was published, for each audience as its rendition has it', async () => {
    await publish({ tags: ['Redis'] });

    expect(await archive()).toMatchObject([{ id: 'pm-1', revision: 1, tags: ['Redis'], publishedAt: '2026-11-18T10:00:00Z' }]);
    expect(await archive('leadership')).toMatchObject([{ id: 'pm-1', tags: [] }]);
  });

  it.each([{ restricted: true }, { status: 'draft' }, { status: 'retracted' }])('hides what may be told no more: %o', async (change) => {
    await publish();
    await publish(change);

    expect([await archive(), await archive('leadership')]).toEqual([[], []]);
    expect(await dynamoSearchIndex(table).readAll('engineering')).toEqual([{ id: 'pm-1', revision: 2, hidden: true }]);
  });

  it('hides it under each month where it stands', async () => {
    await publish();
    await publish({ publishedAt: '2026-08-01T10:00:00Z' });
    await publish({ publishedAt: '2026-05-01T10:00:00Z', restricted: true });

    const hidden = { id: 'pm-1', revision: 3, hidden: true };
    expect(await dynamoSearchIndex(table).readAll('leadership')).toEqual([hidden, hidden, hidden]);
  });

  it('moves a postmortem with its date of publication', async () => {
    await publish();
    await publish({ publishedAt: '2026-08-01T10:00:00Z' });

    expect(await archive()).toMatchObject([{ id: 'pm-1', revision: 2, publishedAt: '2026-08-01T10:00:00Z' }]);
  });

  it('keeps the later revision, whoever writes last', async () => {
    const index = dynamoSearchIndex(table);
    const at = '2026-11-18T10:00:00Z';
    await index.put('engineering', { id: 'pm-1', revision: 3, hidden: true }, at);
    await index.put('engineering', { id: 'pm-1', revision: 2, hidden: true }, at);

    expect(await index.readAll('engineering')).toEqual([{ id: 'pm-1', revision: 3, hidden: true }]);
  });

  it('has another stamp after each write, for the audience that it was for', async () => {
    const index = dynamoSearchIndex(table);
    const [at, entry] = ['2026-11-18T10:00:00Z', { id: 'pm-1', revision: 1, hidden: true }] as const;
    const stamps = [await index.stamp('engineering')];
    for (const write of [index.put, index.hide, index.hide]) {
      await write('engineering', entry, at);
      stamps.push(await index.stamp('engineering'));
    }

    expect(new Set(stamps).size).toBe(4);
    expect(await index.stamp('leadership')).toBe(stamps[0]);
  });

  it('loses nobody’s entry where several write at once', async () => {
    const index = dynamoSearchIndex(table);
    const all = Array.from({ length: 24 }, (_, n) => `pm-${n}`);
    await Promise.all(all.map((id) => index.put('engineering', { id, revision: 1, hidden: true }, '2026-11-18T10:00:00Z')));

    expect((await index.readAll('engineering')).map(({ id }) => id).toSorted()).toEqual(all.toSorted());
  });
});
