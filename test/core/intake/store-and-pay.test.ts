import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoActionLedger, dynamoOpenActions } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoEditionStore } from '../../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemIndex, dynamoPostmortemStore } from '../../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore, dynamoRenditions } from '../../../adapters/dynamodb/rendition-store.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { type PayDeps, payOwed } from '../../../core/intake/pay-owed.ts';
import { TooManyWriters, takePostmortem } from '../../../core/intake/take-postmortem.ts';
import { type Engine, engines } from '../../adapters/engines.ts';
import { anEdition } from '../../builders/delivery.ts';
import { aDistribution } from '../../builders/distribution.ts';
import { aPostmortem } from '../../builders/postmortem.ts';

const now = () => new Date('2026-11-19T12:00:00.500Z');

describe.each(Object.entries(engines))('taking a postmortem in, on %s', (_name, start) => {
  let engine: Engine;
  let table: Table;
  let alerts: string[];
  let pay: PayDeps;
  beforeAll(async () => {
    engine = await start();
  });
  afterAll(() => engine.stop());
  beforeEach(async () => {
    table = await engine.freshTable();
    alerts = [];
    pay = {
      postmortems: dynamoPostmortemStore(table),
      actions: dynamoActionLedger(table),
      renditions: dynamoRenditionStore(table),
      editions: dynamoEditionStore(table, now),
      queue: { alert: async (id) => void alerts.push(id) },
      now,
    };
  });

  const take = (change: Record<string, unknown> = {}) =>
    takePostmortem(
      { postmortem: aPostmortem(change), sections: [], warnings: [] },
      { postmortems: pay.postmortems, distribution: aDistribution(), now },
    );
  const takeAndPay = async (change: Record<string, unknown> = {}) => {
    const taken = await take(change);
    await payOwed(taken.stored.postmortem.id, pay);
    return taken;
  };

  it('counts revisions up, and identical content makes none', async () => {
    expect(await takeAndPay()).toMatchObject({ outcome: 'new', stored: { revision: 1 } });
    expect(await takeAndPay()).toMatchObject({ outcome: 'unchanged', stored: { revision: 1 } });
    expect(await takeAndPay({ title: 'Another title' })).toMatchObject({ outcome: 'changed', stored: { revision: 2 } });
  });

  it('is published now unless the author says when, and stays published then', async () => {
    const first = await takeAndPay({ publishedAt: undefined });
    expect(first.stored.postmortem.publishedAt).toBe('2026-11-19T12:00:00Z');
    expect(await takeAndPay({ publishedAt: undefined })).toMatchObject({ outcome: 'unchanged' });
    const draft = await takeAndPay({ id: 'pm-2', status: 'draft', publishedAt: undefined });
    expect(draft.stored.postmortem.publishedAt).toBeUndefined();
  });

  it('warns of an old incident that came without a date of publication', async () => {
    const old = { publishedAt: undefined, startedAt: '2014-07-08T00:00:00Z' };
    expect((await takeAndPay(old)).warnings.join()).toContain('stands in the next digest');
    expect((await takeAndPay({ ...old, id: 'pm-2', publishedAt: '2014-07-20T00:00:00Z' })).warnings).toEqual([]);
    expect((await takeAndPay({ ...old, id: 'pm-3', startedAt: '2026-11-01T00:00:00Z' })).warnings).toEqual([]);
  });

  it('numbers the revisions of six writers at once without a gap', async () => {
    await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        take({ title: `Title ${n}` }).catch((error: unknown) => expect(error).toBeInstanceOf(TooManyWriters)),
      ),
    );
    const revisions = await table.query('PM#pm-1', { beginsWith: 'REV#' });
    const current = await pay.postmortems.readCurrent('pm-1');
    expect(current?.revision).toBe(new Set(revisions.items.map(({ sk }) => String(sk).slice(0, 13))).size);
  });

  it('owes renditions and actions in the very write that stores it, and lists as open work until they are paid', async () => {
    await take();
    expect((await table.query('OPEN#outbox', { index: true })).items).toMatchObject([{ listed: { id: 'pm-1' } }]);
    await payOwed('pm-1', pay);
    expect((await table.query('OPEN#outbox', { index: true })).items).toEqual([]);
    expect(await dynamoRenditions(table)('engineering', 'pm-1', 1)).toMatchObject({ title: 'A failover logged everyone out' });
    expect(await dynamoOpenActions(table)()).toMatchObject([{ title: 'Alarm on replication lag', promisedAt: '2026-11-18T10:00:00Z' }]);
  });

  it('pays again after a crash half way, with the same result', async () => {
    await take({ severity: 'sev1' });
    const crashing: PayDeps = {
      ...pay,
      queue: {
        alert: async () => {
          throw new Error('killed');
        },
      },
    };
    await expect(payOwed('pm-1', crashing)).rejects.toThrow('killed');
    expect(await payOwed('pm-1', pay)).toBe('paid');
    expect(await payOwed('pm-1', pay)).toBe('nothing owed');
    expect(alerts).toEqual(['pm-1']);
    expect(await dynamoOpenActions(table)()).toHaveLength(1);
  });

  it('keeps what an earlier revision owed', async () => {
    await take();
    await take({ restricted: true });
    await take({ restricted: true, title: 'Renamed' });
    expect((await pay.postmortems.readCurrent('pm-1'))?.owed.toSorted()).toEqual(['projections', 'withhold']);
  });

  describe('an alert', () => {
    it('is owed by a fresh Sev-1, and by nothing less', async () => {
      await takeAndPay({ severity: 'sev1' });
      await takeAndPay({ id: 'pm-2', severity: 'sev2' });
      expect(alerts).toEqual(['pm-1']);
    });

    it('is not owed by history, and the author is told', async () => {
      const taken = await takeAndPay({ severity: 'sev1', publishedAt: '2025-03-01T00:00:00Z' });
      expect(alerts).toEqual([]);
      expect(taken.warnings.join()).toContain('No alert goes out');
    });

    it.each([{ restricted: true }, { status: 'draft' }, { status: 'retracted' }])(
      'is not owed by one that may not be told: %o',
      async (change) => {
        await takeAndPay({ severity: 'sev1', ...change });
        expect(alerts).toEqual([]);
      },
    );

    it('is owed once: a later revision is not news again', async () => {
      await takeAndPay({ severity: 'sev1' });
      await dynamoPostmortemIndex(table).recordEdition('pm-1', 'sev1-alerts_pm-1_r1', 'carried');
      await takeAndPay({ severity: 'sev1', title: 'Renamed' });
      expect(alerts).toEqual(['pm-1']);
    });
  });

  describe('restricting', () => {
    it('withholds it from the editions that carry it, and hides its promises', async () => {
      await takeAndPay();
      await pay.postmortems.readCurrent('pm-1');
      await dynamoEditionStore(table, now).create(anEdition());
      await dynamoPostmortemIndex(table).recordEdition('pm-1', anEdition().id, 'carried');
      await takeAndPay({ restricted: true });
      expect((await dynamoEditionStore(table, now).read(anEdition().id))?.withheld).toEqual(['pm-1']);
      expect(await dynamoOpenActions(table)()).toEqual([]);
    });
  });

  it('withholds it from an edition that only names it among the promises, and from none that does not', async () => {
    await takeAndPay();
    const editions = dynamoEditionStore(table, now);
    for (const [id, names] of [
      ['engineering-digest_2026-W50', ['pm-1']],
      ['engineering-digest_2026-W51', []],
    ] as const) {
      await editions.create(anEdition({ id, names: [...names], carries: [] }));
      await dynamoPostmortemIndex(table).recordEdition('pm-1', id, 'named');
    }
    await takeAndPay({ status: 'retracted' });
    expect((await editions.read('engineering-digest_2026-W50'))?.withheld).toEqual(['pm-1']);
    expect((await editions.read('engineering-digest_2026-W51'))?.withheld).toEqual([]);
  });

  it('lets nobody who is slow bring back what a later revision took away', async () => {
    const first = (await takeAndPay({ actionItems: [{ title: 'Kept' }, { title: 'Dropped' }] })).stored;
    await takeAndPay({ restricted: true, actionItems: [{ title: 'Kept' }] });
    const stale: PayDeps = { ...pay, postmortems: { ...pay.postmortems, readCurrent: async () => ({ ...first, owed: ['projections'] }) } };
    await payOwed('pm-1', stale);
    expect(await dynamoOpenActions(table)()).toEqual([]);
  });

  it('keeps the day on which an action was first promised, across revisions and a new title of the postmortem', async () => {
    await takeAndPay();
    await takeAndPay({ title: 'Renamed', publishedAt: '2026-11-19T10:00:00Z' });
    expect(await dynamoOpenActions(table)()).toMatchObject([{ promisedAt: '2026-11-18T10:00:00Z', postmortemTitle: 'Renamed' }]);
  });

  it('drops an action that was taken out, and one that is done from the open ones', async () => {
    await takeAndPay({ actionItems: [{ title: 'One' }, { title: 'Two' }] });
    await takeAndPay({ actionItems: [{ title: 'One', status: 'done' }] });
    expect(await dynamoOpenActions(table)()).toEqual([]);
    expect((await pay.actions.list('pm-1')).filter(({ withdrawn }) => !withdrawn)).toHaveLength(1);
  });

  it('lists what changed since an instant, owed or not', async () => {
    await takeAndPay();
    await take({ id: 'pm-2' });
    const index = dynamoPostmortemIndex(table);
    const ids = (await index.changedSince(new Date('2026-11-19T00:00:00Z'), now())).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['pm-1', 'pm-2']);
    expect(await index.changedSince(new Date('2026-11-19T13:00:00Z'), now())).toEqual([]);
  });
});
