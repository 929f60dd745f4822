import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../adapters/dynamodb/action-ledger.ts';
import { dynamoRevisionLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPostmortemIndex, dynamoPostmortemList, dynamoPostmortemStore } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoRenditionStore, dynamoRenditions } from '../../adapters/dynamodb/rendition-store.ts';
import { dynamoSearchIndex } from '../../adapters/dynamodb/search-index.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { type OutboxDeps, runOutbox } from '../../core/intake/run-outbox.ts';
import { TooManyWriters, takePostmortem } from '../../core/intake/take-postmortem.ts';
import { anEdition } from '../support/delivery.ts';
import { aDistribution } from '../support/distribution.ts';
import { oneEngine } from '../support/one-engine.ts';
import { aPostmortem } from '../support/postmortem.ts';
import { closedActions, openActions } from '../support/promises.ts';
import { noReviews } from '../support/reviews-in-memory.ts';

const noon = '2026-11-19T12:00:00.500Z';
let now: () => Date;

const freshTable = oneEngine();

describe('taking a postmortem in', () => {
  let table: Table;
  let alerts: string[];
  let published: string[];
  let pay: OutboxDeps;
  beforeEach(async () => {
    table = await freshTable();
    alerts = [];
    published = [];
    now = () => new Date(noon);
    pay = {
      postmortems: dynamoPostmortemStore(table),
      revisions: dynamoRevisionLog(table),
      actions: dynamoActionLedger(table),
      reviews: noReviews,
      renditions: dynamoRenditionStore(table),
      search: dynamoSearchIndex(table),
      editions: dynamoEditionStore(table, () => now()),
      queue: { alert: async (id) => void alerts.push(id), published: async (id) => void published.push(id) },
    };
  });

  const take = (change: Record<string, unknown> = {}) =>
    takePostmortem(
      { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] },
      { ...pay, distribution: aDistribution(), now },
    );
  const takeAndPay = async (change: Record<string, unknown> = {}) => {
    const taken = await take(change);
    await runOutbox(taken.stored.postmortem.id, pay);
    return taken;
  };

  it('counts revisions up, and identical content makes none', async () => {
    expect(await takeAndPay()).toMatchObject({ outcome: 'new', stored: { revision: 1 } });
    expect(await takeAndPay()).toMatchObject({ outcome: 'unchanged', stored: { revision: 1 } });
    expect(await takeAndPay({ title: 'Another title' })).toMatchObject({ outcome: 'changed', stored: { revision: 2 } });
  });

  it('keeps with each revision the key that sent it, and says whose it replaces', async () => {
    const sentBy = (by: string, change: Record<string, unknown>) =>
      takePostmortem(
        { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] },
        { ...pay, distribution: aDistribution(), now, by },
      );
    await sentBy('key-a', { owningTeam: 'Payments' });
    expect((await sentBy('key-a', { owningTeam: 'Payments', title: 'Mended' })).warnings).toEqual([]);
    const replaced = await sentBy('key-b', { owningTeam: 'Search' });
    expect(replaced.warnings.join()).toContain('This replaces "Mended" of Payments');
    expect((await table.query('PM#pm-1', { beginsWith: 'REV#' })).items.map(({ by }) => by)).toEqual(['key-a', 'key-a', 'key-b']);
    expect((await pay.postmortems.readCurrent('pm-1'))?.by).toBe('key-b');
  });

  describe('with the teams of a distribution file', () => {
    const runs = (...services: string[]) => ({ services });
    const teams = [
      { name: 'Payments', ...runs('invoicing', 'shared') },
      { name: 'Search', ...runs('gitlab-runner', 'shared') },
    ];
    const takeIn = (change: Record<string, unknown>, given: readonly unknown[] = teams) =>
      takePostmortem(
        { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] },
        { ...pay, distribution: aDistribution({ teams: given }), now },
      );

    it.each([
      ['the one that runs its services', ['shared', 'Invoicing', 'unheard-of'], 'Payments'],
      ['none where two teams run them', ['invoicing', 'gitlab-runner'], undefined],
      ['none where nobody says which of two runs it', ['shared'], undefined],
    ])('belongs, without an owningTeam, to %s', async (_, services, team) => {
      const taken = await takeIn({ services, owningTeam: undefined });
      expect(taken.stored.postmortem.owningTeam).toBe(team);
      const told = taken.warnings.filter((warning) => warning.startsWith('No owningTeam was given'));
      expect(told).toEqual(
        team ? ['No owningTeam was given: it is Payments, the team that the distribution file gave for its services.'] : [],
      );
    });

    it('makes no revision of the same content when the file changes, and says what is kept', async () => {
      const change = { services: ['invoicing'], owningTeam: undefined };
      await takeIn(change);
      for (const given of [[{ name: 'Billing', ...runs('invoicing') }], []]) {
        const again = await takeIn(change, given);
        expect(again).toMatchObject({ outcome: 'unchanged', stored: { revision: 1, postmortem: { owningTeam: 'Payments' } } });
        expect(again.warnings.join()).toContain('it is Payments, the team');
      }
      expect(await takeIn({ ...change, owningTeam: 'Payments' })).toMatchObject({ outcome: 'changed', warnings: [] });
    });

    it('tells names that the file does not have, with the nearest that it has', async () => {
      const { warnings } = await takeIn({ services: ['gitlab-runners', 'checkout'], owningTeam: 'Serach' });
      expect(warnings).toEqual([
        'owningTeam: "Serach" (did you mean Search?) is not among the teams of the distribution file.',
        'services: "gitlab-runners" (did you mean gitlab-runner?) and "checkout" are in no team of the distribution file.',
      ]);
    });

    it('tells the services that a file leaves out once, five by name', async () => {
      const { warnings } = await takeIn({ services: ['a1', 'b2', 'c3', 'd4', 'e5', 'f6', 'g7', 'invoicing'], owningTeam: 'search' });
      expect(warnings).toEqual(['services: "a1", "b2", "c3", "d4", "e5" and 2 more are in no team of the distribution file.']);
    });

    it('tells the teams of action items, each once', async () => {
      const promised = ['Paymnets', 'search', 'Facilities', 'Paymnets', undefined].map((team, n) => ({ title: `Promise ${n}`, team }));
      expect((await takeIn({ actionItems: promised, owningTeam: 'Search' })).warnings).toEqual([
        'actionItems.team: "Paymnets" (did you mean Payments?) and "Facilities" are not among the teams of the distribution file.',
      ]);
    });

    it('tells none where the file lists none of their kind', async () => {
      const nobody = { services: ['gitlab-runners'], owningTeam: 'Serach' };
      expect((await takeIn(nobody, [])).warnings).toEqual([]);
      expect((await takeIn({ ...nobody, title: 'Mended' }, [{ name: 'Search' }])).warnings).toEqual([
        'owningTeam: "Serach" (did you mean Search?) is not among the teams of the distribution file.',
      ]);
    });
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
    await runOutbox('pm-1', pay);
    expect((await table.query('OPEN#outbox', { index: true })).items).toEqual([]);
    expect(await dynamoRenditions(table)('engineering', 'pm-1', 1)).toMatchObject({ title: 'A failover logged everyone out' });
    expect(await openActions(table)).toMatchObject([{ title: 'Alarm on replication lag', promisedAt: '2026-11-18T10:00:00Z' }]);
  });

  it('pays again after a crash half way, with the same result', async () => {
    await take({ severity: 'sev1' });
    const crashing: OutboxDeps = {
      ...pay,
      queue: {
        ...pay.queue,
        alert: async () => {
          throw new Error('killed');
        },
      },
    };
    await expect(runOutbox('pm-1', crashing)).rejects.toThrow('killed');
    expect(await runOutbox('pm-1', pay)).toBe('paid');
    expect(await runOutbox('pm-1', pay)).toBe('nothing owed');
    expect(alerts).toEqual(['pm-1']);
    expect(await openActions(table)).toHaveLength(1);
  });

  describe('the audit', () => {
    const lines = async () => (await table.query('AUDIT#2026-11')).items.map(({ who, act, facts }) => ({ who, act, facts }));
    const sentBy = (by: string, change: Record<string, unknown>) =>
      takePostmortem(
        { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] },
        { ...pay, distribution: aDistribution(), now, by },
      );

    it('tells once who sent each revision and what it made of the postmortem', async () => {
      await sentBy('key-1', {});
      await runOutbox('pm-1', pay);
      await sentBy('key-1', {});
      const { stored } = await sentBy('key-2', { restricted: true });
      await runOutbox('pm-1', pay);
      await pay.revisions.note(stored);

      expect(await lines()).toEqual([
        { who: 'key-1', act: 'postmortem stored', facts: { postmortem: 'pm-1', revision: 1, status: 'published' } },
        { who: 'key-2', act: 'postmortem stored', facts: { postmortem: 'pm-1', revision: 2, status: 'published', restricted: 'yes' } },
      ]);
    });

    it('tells also of a revision that was replaced before anything of it was paid', async () => {
      await sentBy('key-1', {});
      await sentBy('key-2', { title: 'Another title' });
      await runOutbox('pm-1', pay);

      expect((await lines()).map(({ who }) => who)).toEqual(['key-1', 'key-2']);
    });

    it('has no line of a revision whose sender was not kept', async () => {
      await takeAndPay();
      expect(await lines()).toEqual([]);
    });
  });

  it('keeps what an earlier revision owed', async () => {
    await take();
    await take({ restricted: true });
    await take({ restricted: true, title: 'Renamed' });
    expect((await pay.postmortems.readCurrent('pm-1'))?.owed.toSorted()).toEqual(['projections', 'withhold']);
  });

  it('keeps a task of a later release for it, through a run and through the next revision', async () => {
    await take();
    const key = { pk: 'PM#pm-1', sk: 'CURRENT' };
    await table.update(key, { add: { outbox: new Set(['sing']) } });
    const owed = async () => (await pay.postmortems.readCurrent('pm-1'))?.owed;

    await runOutbox('pm-1', pay);
    expect(await owed()).toEqual(['sing']);
    await take({ title: 'Renamed' });
    expect(await owed()).toEqual(expect.arrayContaining(['projections', 'sing']));
    await runOutbox('pm-1', pay);
    await runOutbox('pm-1', pay);
    expect(await owed()).toEqual(['sing']);
    expect((await table.query('OPEN#outbox', { index: true })).items).toMatchObject([{ listed: { id: 'pm-1', title: 'Renamed' } }]);
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

    it('is asked for with each later revision, because its readers may be due an update', async () => {
      await takeAndPay({ severity: 'sev1' });
      await dynamoPostmortemIndex(table).recordEdition('pm-1', 'sev1-alerts_pm-1_r1', 'carried');
      await takeAndPay({ severity: 'sev1', title: 'Renamed' });
      await takeAndPay({ severity: 'sev3' });
      await takeAndPay({ severity: 'sev3', restricted: true });
      expect(alerts).toEqual(['pm-1', 'pm-1', 'pm-1', 'pm-1']);
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
      expect(await openActions(table)).toEqual([]);
    });

    it('is seen by an edition that is noted with it after that', async () => {
      await takeAndPay();
      await takeAndPay({ restricted: true });
      const index = dynamoPostmortemIndex(table);
      const stands = { revision: 2, hiddenIn: 2, postmortem: { restricted: true, status: 'published' } };
      expect(await index.recordEdition('pm-1', anEdition().id, 'carried')).toMatchObject(stands);
      expect(await index.recordEdition('nobody', anEdition().id, 'named')).toBeUndefined();
      await dynamoPostmortemStore(table).noteMissed('pm-1', anEdition().id);
      expect(await index.recordEdition('pm-1', anEdition().id, 'carried')).toBeUndefined();
    });
  });

  describe('lifting a restriction', () => {
    const editions = () => dynamoEditionStore(table, () => now());
    const alert = 'sev1-alerts_pm-1_r1';
    const aToldSev1 = async () => {
      await takeAndPay({ severity: 'sev1' });
      await editions().create(anEdition({ id: alert, stream: 'sev1-alerts', incident: 'pm-1' }));
      await dynamoPostmortemIndex(table).recordEdition('pm-1', alert, 'carried');
    };
    const owed = async () => (await pay.postmortems.readCurrent('pm-1'))?.owed;

    it('owes those who missed it a first telling, until sweep has told them', async () => {
      await aToldSev1();
      await takeAndPay({ severity: 'sev1', restricted: true });
      await takeAndPay({ severity: 'sev1' });
      expect(await owed()).toEqual(['tell again']);
      expect((await table.query('OPEN#outbox', { index: true })).items).toMatchObject([{ listed: { id: 'pm-1' } }]);
      await runOutbox('pm-1', { ...pay, tellAgain: async () => 'later' });
      expect(await owed()).toEqual(['tell again']);
      await runOutbox('pm-1', { ...pay, tellAgain: async () => 'done' });
      expect(await owed()).toEqual([]);
    });

    it('asks for an update each time, and tells the author both times whom it comes too late for', async () => {
      await aToldSev1();
      const restricted = await takeAndPay({ severity: 'sev1', status: 'retracted' });
      expect(restricted.warnings.join()).toMatch(/cannot be taken back, but readers of an alert are told.*sev1-alerts_pm-1_r1/);
      expect((await takeAndPay({ severity: 'sev1' })).warnings.join()).toContain('are told that it stands again');
      expect(alerts).toEqual(['pm-1', 'pm-1', 'pm-1']);
    });

    it('owes nothing for a first draft', async () => {
      await takeAndPay({ status: 'draft' });
      await takeAndPay();
      expect(await owed()).toEqual([]);
    });

    it('counts by the latest revision, whoever writes last', async () => {
      await aToldSev1();
      await editions().withhold(alert, 'pm-1', 4);
      await editions().release(alert, 'pm-1', 3);
      expect(await editions().read(alert)).toMatchObject({ withheld: ['pm-1'], missed: ['pm-1'] });
      await editions().release(alert, 'pm-1', 5);
      await editions().withhold(alert, 'pm-1', 4);
      expect(await editions().read(alert)).toMatchObject({ withheld: [] });
    });

    it('knows that nobody missed it in an edition that was finished before', async () => {
      await editions().create(anEdition({ id: alert, completedAt: noon }));
      await editions().withhold(alert, 'pm-1', 2);
      expect(await editions().read(alert)).toMatchObject({ withheld: ['pm-1'] });
      expect((await editions().read(alert))?.missed ?? []).toEqual([]);
    });

    it('leaves what an edition missed to the next one, also where the edition is noted once more', async () => {
      await aToldSev1();
      await pay.postmortems.noteMissed('pm-1', alert);
      await dynamoPostmortemIndex(table).recordEdition('pm-1', alert, 'carried');
      expect(await pay.postmortems.readCurrent('pm-1')).toMatchObject({ editions: [], namedIn: [alert] });
    });
  });

  describe('those who want each as it is published', () => {
    it('are told once: when it can be told for the first time, and not of a revision', async () => {
      await takeAndPay({ status: 'draft', publishedAt: undefined });
      expect(published).toEqual([]);
      await takeAndPay({ publishedAt: undefined });
      await takeAndPay({ publishedAt: undefined, title: 'Another title' });
      expect(published).toEqual(['pm-1']);
    });

    it('are told when a restriction is lifted, and still owed what a crash or a quick revision left', async () => {
      await takeAndPay({ restricted: true });
      expect(published).toEqual([]);
      await take();
      await takeAndPay({ title: 'Another title' });
      expect(published).toEqual(['pm-1']);
    });

    it('are told of no archive, dated or not, and of nothing that may not be told any more', async () => {
      await takeAndPay({ publishedAt: '2026-11-01T12:00:00Z' });
      await takeAndPay({ id: 'pm-2', publishedAt: undefined, startedAt: '2014-07-08T00:00:00Z' });
      await take({ id: 'pm-3' });
      await takeAndPay({ id: 'pm-3', status: 'retracted' });
      expect(published).toEqual([]);
    });

    it('are not told where the file offers no such frequency', async () => {
      const distribution = aDistribution({
        streams: { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, frequencies: ['weekly'] } },
      });
      const taken = await takePostmortem(
        { postmortem: aPostmortem(), sections: [], recognised: [], missing: [], warnings: [] },
        { ...pay, distribution, now },
      );
      expect(taken.stored.owed).not.toContain('published');
    });
  });

  describe('a material change', () => {
    const digest = 'engineering-digest_2026-W47';
    const others = [
      'leadership-brief_2026-10',
      'sev1-alerts_pm-1_r1',
      'service_test_0123456789abcdef0123456789abcdef_engineering-digest_x',
    ];
    const editions = () => dynamoEditionStore(table, now);
    const told = async (...ids: string[]) => {
      for (const id of ids) {
        await editions().create(anEdition({ id, names: ['pm-1'], carries: [] }));
        await dynamoPostmortemIndex(table).recordEdition('pm-1', id, 'named');
      }
    };
    const support = { support: { say: ['Sign in again.'] } };

    it('is taken out of a brief that awaited it as a draft once it is restricted, and not before', async () => {
      const brief = 'leadership-brief_2026-11';
      await takeAndPay({ status: 'draft' });
      await editions().create(anEdition({ id: brief, names: ['pm-1'], awaits: ['pm-1'], carries: [] }));
      await dynamoPostmortemIndex(table).recordEdition('pm-1', brief, 'awaited');
      await takeAndPay({ status: 'draft', ...support });
      expect(await editions().read(brief)).toMatchObject({ awaits: ['pm-1'], withheld: [] });
      await takeAndPay({ status: 'draft', restricted: true });
      expect((await editions().read(brief))?.withheld).toEqual(['pm-1']);
      // Nobody read the draft there, so no change of it is a correction.
      expect((await dynamoPostmortemIndex(table).read('pm-1'))?.material).toBeUndefined();
    });

    it('marks it in the editions whose readers see other facts, and only there', async () => {
      await takeAndPay();
      await told(digest, ...others);
      await takeAndPay(support);
      const marked = await Promise.all([digest, ...others].map(async (id) => (await editions().read(id))?.corrected));
      expect(marked).toEqual([undefined, ['pm-1:2'], undefined, undefined]);
    });

    it('is marked in an edition that was noted between its reading and its writing', async () => {
      await takeAndPay();
      const { putRevision } = pay.postmortems;
      const slow = {
        ...pay.postmortems,
        async putRevision(...args: Parameters<typeof putRevision>) {
          await told(digest);
          await putRevision(...args);
        },
      };
      await takePostmortem(
        { postmortem: aPostmortem({ severity: 'sev3' }), sections: [], recognised: [], missing: [], warnings: [] },
        { ...pay, postmortems: slow, distribution: aDistribution(), now },
      );
      await runOutbox('pm-1', pay);
      expect((await editions().read(digest))?.corrected).toEqual(['pm-1:2']);
    });

    it('is owed until it is paid, and marked again without harm', async () => {
      await takeAndPay();
      await told(digest);
      await take({ severity: 'sev3' });
      await take({ severity: 'sev3', title: 'Renamed before it was paid' });
      expect((await pay.postmortems.readCurrent('pm-1'))?.owed).toContain('corrections');
      await runOutbox('pm-1', pay);
      await editions().correct(digest, 'pm-1', 2);
      await editions().correct(digest, 'another', 2);
      expect((await editions().read(digest))?.corrected).toEqual(['pm-1:2']);
    });

    it('is carried forward by later revisions, listed, and dates the entry of the archive', async () => {
      await takeAndPay();
      expect((await dynamoSearchIndex(table).readAll('engineering'))[0]).not.toHaveProperty('changedAt');
      await takeAndPay({ severity: 'sev3' });
      const change = { revision: 2, at: noon };
      now = () => new Date('2026-11-20T12:00:00.500Z');
      await takeAndPay({ severity: 'sev3', title: 'Renamed' });

      expect(await pay.postmortems.readCurrent('pm-1')).toMatchObject({
        revision: 3,
        material: { engineering: change, leadership: change },
      });
      const [listed] = await dynamoPostmortemIndex(table).changedSince(new Date('2026-11-19'), now());
      expect(listed).toMatchObject({ revision: 3, materialAt: { engineering: noon, leadership: noon } });
      const { postmortems } = await dynamoPostmortemList(table)(new Date('2026-11-19'), now(), 10);
      expect(postmortems[0]).not.toHaveProperty('materialAt');
      expect(await dynamoSearchIndex(table).readAll('engineering')).toContainEqual(
        expect.objectContaining({ revision: 3, changedAt: noon }),
      );
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
    const stale: OutboxDeps = {
      ...pay,
      postmortems: { ...pay.postmortems, readCurrent: async () => ({ ...first, owed: ['projections'] }) },
    };
    await runOutbox('pm-1', stale);
    expect(await openActions(table)).toEqual([]);
  });

  it('keeps the day on which an action was first promised, across revisions and a new title of the postmortem', async () => {
    await takeAndPay();
    await takeAndPay({ title: 'Renamed', publishedAt: '2026-11-19T10:00:00Z' });
    expect(await openActions(table)).toMatchObject([{ promisedAt: '2026-11-18T10:00:00Z', postmortemTitle: 'Renamed' }]);
  });

  it('drops an action that was taken out, and one that is done from the open ones', async () => {
    await takeAndPay({ actionItems: [{ title: 'One' }, { title: 'Two' }] });
    await takeAndPay({ actionItems: [{ title: 'One', status: 'done' }] });
    expect(await openActions(table)).toEqual([]);
    expect((await pay.actions.list('pm-1')).filter(({ withdrawnAt }) => withdrawnAt === undefined)).toHaveLength(1);
  });

  describe('a promise that is closed', () => {
    const alarm = (status: string) => ({ actionItems: [{ title: 'Alarm', status }] });
    const closed = () => closedActions(table, new Date('2026-01-01T00:00:00Z'), new Date('2027-12-31T00:00:00Z'));
    const takeAt = (at: string, change: Record<string, unknown>) => {
      now = () => new Date(at);
      return takeAndPay(change);
    };
    beforeEach(() => takeAt(noon, alarm('open')));

    it.each(['done', 'declined'])('as %s is listed by when that was told, however often it is told again', async (status) => {
      await takeAt('2026-12-01T09:00:00.000Z', alarm(status));
      await takeAt('2027-02-01T09:00:00.000Z', { ...alarm(status), title: 'Renamed' });
      expect(await closed()).toMatchObject([{ title: 'Alarm', status, closedAt: '2026-12-01T09:00:00.000Z', postmortemTitle: 'Renamed' }]);
      expect(await openActions(table)).toEqual([]);
    });

    it('is open again when it is taken up again, and closed anew after that', async () => {
      await takeAt('2026-12-01T09:00:00.000Z', alarm('done'));
      await takeAt('2026-12-02T09:00:00.000Z', alarm('in-progress'));
      expect(await closed()).toEqual([]);
      expect(await openActions(table)).toMatchObject([{ title: 'Alarm' }]);
      expect((await pay.actions.list('pm-1'))[0]).not.toHaveProperty('closedAt');
      await takeAt('2026-12-03T09:00:00.000Z', alarm('done'));
      expect(await closed()).toMatchObject([{ closedAt: '2026-12-03T09:00:00.000Z' }]);
    });

    it('by leaving the document is withdrawn then, and what was kept before stays kept', async () => {
      await takeAt('2026-12-01T09:00:00.000Z', { actionItems: [] });
      expect(await closed()).toMatchObject([{ withdrawn: true, closedAt: '2026-12-01T09:00:00.000Z' }]);
      await takeAt('2026-12-02T09:00:00.000Z', alarm('done'));
      await takeAt('2026-12-03T09:00:00.000Z', { actionItems: [] });
      expect(await closed()).toMatchObject([{ status: 'done', closedAt: '2026-12-02T09:00:00.000Z' }]);
    });

    it('before anybody knew of it counts as closed when it was promised: an archive is no news', async () => {
      await takeAt(noon, { id: 'archive', publishedAt: '2026-03-02T10:00:00Z', ...alarm('done') });
      expect(await closed()).toMatchObject([{ postmortem: 'archive', closedAt: '2026-03-02T10:00:00Z' }]);
    });

    it('is listed only since an instant', async () => {
      await takeAt('2026-12-01T09:00:00.000Z', alarm('done'));
      const since = (instant: string) => closedActions(table, new Date(instant), new Date('2026-12-31T00:00:00Z'));
      expect(await since('2026-12-01T09:00:00Z')).toHaveLength(1);
      expect(await since('2026-12-01T09:00:01Z')).toEqual([]);
    });

    it.each([{ restricted: true }, { status: 'draft' }, { status: 'retracted' }])(
      'is in no list while its postmortem may not be told (%o), and back with its instant afterwards',
      async (hidden) => {
        await takeAt('2026-12-01T09:00:00.000Z', alarm('done'));
        await takeAt('2026-12-02T09:00:00.000Z', { ...alarm('done'), ...hidden });
        expect([await closed(), await openActions(table)]).toEqual([[], []]);
        await takeAt('2026-12-03T09:00:00.000Z', alarm('done'));
        expect(await closed()).toMatchObject([{ closedAt: '2026-12-01T09:00:00.000Z' }]);
      },
    );

    it('stays closed when the revision is paid again, and when an older one is paid late', async () => {
      const open = (await pay.postmortems.readCurrent('pm-1')) ?? expect.fail('not stored');
      const done = (await takeAt('2026-12-01T09:00:00.000Z', alarm('done'))).stored;
      for (const stored of [done, open]) {
        const postmortems = { ...pay.postmortems, readCurrent: async () => ({ ...stored, owed: ['projections' as const] }) };
        await runOutbox('pm-1', { ...pay, postmortems });
        expect(await closed()).toMatchObject([{ status: 'done', closedAt: '2026-12-01T09:00:00.000Z' }]);
      }
    });
  });

  it('lists how long it took to mitigate, where the document tells it', async () => {
    await takeAndPay({ startedAt: '2026-11-18T09:00:00Z', mitigatedAt: '2026-11-18T09:40:40Z' });
    await takeAndPay({ id: 'pm-2' });
    const listed = await dynamoPostmortemIndex(table).changedSince(new Date('2026-11-19T00:00:00Z'), now());
    expect(new Map(listed.map(({ id, minutesToMitigate }) => [id, minutesToMitigate]))).toEqual(
      new Map([
        ['pm-1', 41],
        ['pm-2', undefined],
      ]),
    );
  });

  it('lists what a brief counts: time to notice, time of harm and customers, where the document tells them', async () => {
    await takeAndPay({
      startedAt: '2026-11-18T09:00:00Z',
      detectedAt: '2026-11-18T09:04:00Z',
      resolvedAt: '2026-11-18T10:00:00Z',
      customerImpact: { customersAffected: 0, regions: [] },
    });
    await takeAndPay({ id: 'pm-2' });
    const listed = await dynamoPostmortemIndex(table).changedSince(new Date('2026-11-19T00:00:00Z'), now());
    const figures = listed.map(({ id, minutesToDetect, minutesOfHarm, customersAffected }) => [
      id,
      [minutesToDetect, minutesOfHarm, customersAffected],
    ]);
    expect(Object.fromEntries(figures)).toEqual({ 'pm-1': [4, 60, 0], 'pm-2': [undefined, undefined, undefined] });
  });

  it('lists what changed since an instant, owed or not', async () => {
    await takeAndPay();
    await take({ id: 'pm-2' });
    const index = dynamoPostmortemIndex(table);
    expect(await index.editionsOf(['pm-1', 'nobody'])).toEqual(new Map([['pm-1', { editions: [], namedIn: [] }]]));
    await index.recordEdition('pm-1', 'engineering-digest_2026-W47', 'carried');
    expect(await index.editionsOf(['pm-1'])).toEqual(new Map([['pm-1', { editions: ['engineering-digest_2026-W47'], namedIn: [] }]]));
    expect(await index.listedOf(['pm-2', 'nobody'])).toEqual(new Map([['pm-2', expect.objectContaining({ id: 'pm-2', revision: 1 })]]));
    const ids = (await index.changedSince(new Date('2026-11-19T00:00:00Z'), now())).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['pm-1', 'pm-2']);
    expect(await index.changedSince(new Date('2026-11-19T13:00:00Z'), now())).toEqual([]);
  });
});
