import { expect, it } from 'vitest';
import { dynamoEditionReader, dynamoEditionStore } from '../../adapters/dynamodb/edition-store.ts';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { dynamoSlotRegistry } from '../../adapters/dynamodb/slot-registry.ts';
import { dynamoSlotStore } from '../../adapters/dynamodb/slot-store.ts';
import { subscriptionKey } from '../../adapters/dynamodb/table-shape.ts';
import { type ChangeDeps, changeSettings } from '../../core/preferences/change-settings.ts';
import { anEdition, aProfile } from '../support/delivery.ts';
import { aDistribution } from '../support/distribution.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

const digest = 'engineering-digest';
const act = { way: 'page', wording: 'page-1', who: 'reader', through: 'page' } as const;

onEachEngine('settings on %s', (freshTable) => {
  async function aStage() {
    const table = await freshTable();
    const lines: object[] = [];
    let clock = Date.parse('2026-11-20T09:00:00Z');
    const deps: ChangeDeps = {
      people: dynamoPeopleStore(table),
      slots: dynamoSlotStore(table),
      editions: dynamoEditionReader(table),
      distribution: aDistribution(),
      identitySecret: async () => 'identity',
      audit: { record: async (line) => void lines.push(line) },
      now: () => new Date(clock++),
    };
    const ada = aProfile();
    await deps.people.putSubscription(digest, 'default', ada.sid, '2026-11-01T00:00:00Z');
    await deps.people.writeProfile(ada, 0);
    return {
      table,
      deps,
      ada,
      lines,
      change: (frequency: string, weekday?: string) =>
        changeSettings(ada, { streams: { [digest]: { frequency, ...(weekday && { weekday }) } } }, act, deps),
      to: (instant: string) => {
        clock = Date.parse(instant);
      },
    };
  }

  it('a hundred presses at once change one thing once', async () => {
    const { deps, ada, lines, change } = await aStage();
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => change('off')));
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['saved']));
    expect(await deps.people.readProfiles([ada])).toMatchObject([{ revision: 2, streams: { [digest]: { on: false } } }]);
    expect(lines).toHaveLength(1);
  });

  it('keep the row of a slot while an edition may need it, and leave nothing behind afterwards', async () => {
    const { table, deps, ada, change, to } = await aStage();
    const rowOf = (slot: string) => table.read(subscriptionKey(digest, slot, ada.sid));
    await change('weekly', '3');
    const editions = dynamoEditionStore(table, deps.now);
    await editions.create(anEdition({ cutoff: '2026-11-23T08:00:01Z', slots: ['w3-0900-Europe--Berlin'] }));
    to('2026-11-23T12:00:00Z');
    await change('weekly', '4');
    to('2026-11-23T15:00:00Z');
    await change('monthly');
    expect(await rowOf('default')).toBeUndefined();
    expect(await rowOf('w3-0900-Europe--Berlin')).toBeDefined();
    await editions.setTally('engineering-digest_2026-W47', 'w3-0900-Europe--Berlin', { version: 1, counts: { accepted: 1 } });
    to('2026-11-24T15:00:00Z');
    await change('published');
    expect((await dynamoSlotRegistry(table).slots(digest)).map(({ slot }) => slot).toSorted()).toEqual([
      'm4-0900-Europe--Berlin',
      'published',
    ]);
    to('2026-11-24T19:00:00Z');
    await change('weekly');
    const [profile] = await deps.people.readProfiles([ada]);
    expect(profile?.streams[digest]?.slots.map(({ slot }) => slot)).toEqual(['published', 'default']);
  });
});
