import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoForgottenList } from '../../adapters/dynamodb/erasure-store.ts';
import { dynamoEvidenceStore } from '../../adapters/dynamodb/evidence-store.ts';
import { dynamoPeopleList, dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoLeafFinder, dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { evidenceKey } from '../../adapters/dynamodb/table-shape.ts';
import type { DeliveryEvent } from '../../core/delivery/evidence.ts';
import { rootOf } from '../../core/delivery/range.ts';
import { type FeedbackDeps, type FeedbackEvent, handleEvent } from '../../core/feedback/handle-event.ts';
import { aLeaf, anEdition, aProfile, aSid, someMade } from '../support/delivery.ts';
import { oneEngine } from '../support/one-engine.ts';

const now = () => new Date('2026-11-23T08:00:00Z');

const freshTable = oneEngine();

describe('an event of SES', () => {
  let table: Table;
  let deps: FeedbackDeps;
  beforeEach(async () => {
    table = await freshTable();
    const editions = dynamoEditionStore(table, now);
    const people = dynamoPeopleStore(table);
    deps = {
      evidence: dynamoEvidenceStore(table, now),
      people,
      refusals: { refuse: (sid, why) => dynamoForgottenList(table).refuse(sid, why) },
      leaves: dynamoLeafFinder(table),
      ranges: dynamoRangeLedger(table, now),
      editions,
    };
    await editions.create(anEdition());
    await editions.create(anEdition({ id: 'customer-notices_n1', stream: 'customer-notices' }));
    await people.writeProfile(aProfile(), 0);
    await people.writeProfile(aProfile({ realm: 'customers' }), 0);
  });

  const anEvent = (change: Partial<DeliveryEvent> = {}, cause?: FeedbackEvent['cause']): FeedbackEvent => ({
    delivery: {
      ...{
        kind: 'accepted',
        at: '2026-11-23T08:00:05Z',
        edition: anEdition().id,
        slot: 'default',
        subscriber: aSid(1),
        attempt: 1,
        messageId: 'm-1',
      },
      ...change,
    },
    ...(cause && { cause }),
  });
  const suppressed = async (realm: 'staff' | 'customers' = 'staff') =>
    (await deps.people.readProfiles([{ realm, sid: aSid(1) }]))[0]?.suppressed;

  it('leaves evidence, however early it comes', async () => {
    expect(await handleEvent(anEvent({ kind: 'delivered' }), deps)).toEqual({ kind: 'recorded' });
    expect(await table.read(evidenceKey(anEdition().id, aSid(1)))).toMatchObject({ a1: { delivered: '2026-11-23T08:00:05Z' }, m1: 'm-1' });
  });

  it('of an edition that is not there is parked, and nothing is stored', async () => {
    const event = anEvent({ edition: 'engineering-digest_1999-W01', kind: 'bounced' }, 'permanent bounce');
    expect(await handleEvent(event, deps)).toEqual({ kind: 'parked', why: 'unknown edition' });
    expect(await table.read(evidenceKey('engineering-digest_1999-W01', aSid(1)))).toBeUndefined();
    expect(await suppressed()).toBeUndefined();
  });

  it('suppresses the one person of the one realm that the mail was for, once, and shows in the list of people', async () => {
    const event = anEvent({ kind: 'complained', edition: 'customer-notices_n1' }, 'complaint');
    expect(await handleEvent(event, deps)).toMatchObject({ suppression: 'suppressed' });
    expect(await handleEvent(event, deps)).toMatchObject({ suppression: 'unchanged' });
    expect(await suppressed('customers')).toEqual({ reason: 'complaint', at: '2026-11-23T08:00:05Z' });
    expect(await suppressed('staff')).toBeUndefined();
    const { people } = await dynamoPeopleList(table).list(10);
    expect(people.map(({ realm, suppressed: known }) => [realm, known?.reason]).toSorted()).toEqual([
      ['customers', 'complaint'],
      ['staff', undefined],
    ]);
  });

  it('F19: of a bounce and a delivery leads to the same, whichever is told first and however often', async () => {
    const events = [
      anEvent({ kind: 'delivered' }),
      anEvent({ kind: 'bounced', at: '2026-11-23T08:00:09Z' }, 'permanent bounce'),
      anEvent({ kind: 'accepted', at: '2026-11-23T08:00:01Z' }),
    ];
    for (const event of [...events, ...events].toReversed()) await handleEvent(event, deps);
    const { version: _, expiresAt: __, ...item } = (await table.read(evidenceKey(anEdition().id, aSid(1)))) ?? {};
    expect(item).toMatchObject({
      a1: { accepted: '2026-11-23T08:00:01Z', delivered: '2026-11-23T08:00:05Z', bounced: '2026-11-23T08:00:09Z' },
    });
    expect(await suppressed()).toEqual({ reason: 'permanent bounce', at: '2026-11-23T08:00:09Z' });
  });

  describe('that both suppresses and heals', () => {
    const leaf = aLeaf({ state: 'done', outcomes: { [aSid(1)]: { kind: 'unconfirmed', attempt: 1, made: someMade() } } });
    const complaint = anEvent({ kind: 'complained' }, 'complaint');
    const broken = async () => Promise.reject(new Error('broken'));
    const outcome = async () => (await deps.leaves.find(anEdition().id, 'default', aSid(1)))?.leaf.outcomes[aSid(1)]?.kind;
    beforeEach(async () => {
      await deps.ranges.create(rootOf(anEdition().id), leaf);
      await dynamoEvidenceStore(table, now).ask(anEdition().id, [aSid(1)]);
    });

    it.each([
      ['healing', (): FeedbackDeps => ({ ...deps, leaves: { find: broken } })],
      ['keeping evidence', (): FeedbackDeps => ({ ...deps, evidence: { add: broken } })],
    ])('suppresses though %s fails, however often, and heals when that is mended', async (_what, withBroken) => {
      for (let times = 0; times < 3; times += 1) await expect(handleEvent(complaint, withBroken())).rejects.toThrow('broken');
      expect([await suppressed(), await outcome()]).toEqual([{ reason: 'complaint', at: '2026-11-23T08:00:05Z' }, 'unconfirmed']);
      expect(await handleEvent(complaint, deps)).toEqual({ kind: 'recorded', healed: 'healed', suppression: 'unchanged' });
      expect(await outcome()).toBe('accepted');
    });

    it('heals though suppressing fails, and suppresses when that is mended', async () => {
      const people = { ...deps.people, writeProfile: broken };
      await expect(handleEvent(complaint, { ...deps, people })).rejects.toThrow('broken');
      expect([await suppressed(), await outcome()]).toEqual([undefined, 'accepted']);
      expect(await handleEvent(complaint, deps)).toEqual({ kind: 'recorded', healed: 'nothing to heal', suppression: 'suppressed' });
    });
  });

  it('of eight at once loses none, and suppresses once', async () => {
    const events = Array.from({ length: 8 }, (_, n) => anEvent({ kind: 'complained', at: `2026-11-23T08:00:0${n}Z` }, 'complaint'));
    const handled = await Promise.all(events.map((event) => handleEvent(event, deps)));
    expect(handled.filter((one) => one.kind === 'recorded' && one.suppression === 'suppressed')).toHaveLength(1);
    expect(await suppressed()).toEqual({ reason: 'complaint', at: '2026-11-23T08:00:00Z' });
  });
});
