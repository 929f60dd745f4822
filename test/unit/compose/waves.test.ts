import { describe, expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { mostSlots } from '../../../core/subscriber/slot.ts';
import { aComposing } from '../../support/composing.ts';
import { aSid } from '../../support/delivery.ts';

/** Monday at 09:00 in Berlin. */
const digest = { kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') } as const;
const id = 'engineering-digest_2026-W47';
const tuesday = 'w2-0900-Europe--Berlin';
const kathmandu = 'w1-1300-Asia--Kathmandu';
const monday = 'w1-0900-Europe--Berlin';

describe('a digest for readers who chose a day and an hour', () => {
  it('leaves in waves, of which those that are due are begun at once', async () => {
    const { deps, editions, started } = aComposing({ held: ['default', tuesday, kathmandu, monday, 'monthly', 'published'] });
    await startEdition(digest, deps);
    expect(editions.get(id)).toMatchObject({
      slots: ['default', monday, tuesday, kathmandu],
      waves: {
        default: '2026-11-23T08:00:00Z',
        [monday]: '2026-11-23T08:00:00Z',
        [tuesday]: '2026-11-24T08:00:00Z',
        [kathmandu]: '2026-11-30T07:15:00Z',
      },
      begun: ['default', monday],
    });
    expect(started).toEqual([`${id} default 5`, `${id} ${monday} 5`]);
  });

  it('leaves for every slot that is listed, also where more are than readers may open today', async () => {
    const hours = Array.from({ length: 7 * 24 }, (_, n) => `w${1 + Math.floor(n / 24)}-${String(n % 24).padStart(2, '0')}00`);
    const held = ['Asia--Kathmandu', 'America--Bogota'].flatMap((zone) => hours.map((hour) => `${hour}-${zone}`));
    expect(held.length).toBeGreaterThan(mostSlots);
    const { deps, editions } = aComposing({ held });

    await startEdition(digest, deps);

    expect(new Set(editions.get(id)?.slots)).toEqual(new Set(['default', ...held]));
  });

  it('that is asked for late is one of its own time: whose day has passed gets it now, and not beside the next one', async () => {
    const { deps, editions, started } = aComposing({ held: [tuesday, kathmandu] });
    const wednesday = new Date('2026-11-25T13:00:00Z');
    await startEdition({ ...digest, at: wednesday }, { ...deps, now: () => wednesday });
    expect(editions.get(id)).toMatchObject({ scheduledFor: '2026-11-23T08:00:00Z', begun: ['default', tuesday] });
    expect(started).toEqual([`${id} default 5`, `${id} ${tuesday} 5`]);
  });

  it('that is asked for before its hour leaves at once', async () => {
    const { deps, editions, started } = aComposing({ held: [] });
    const early = new Date('2026-11-23T03:00:00Z');
    await startEdition({ ...digest, at: early }, { ...deps, now: () => early });
    expect(editions.get(id)?.scheduledFor).toBe('2026-11-23T03:00:00Z');
    expect(started).toEqual([`${id} default 5`]);
  });

  it('keeps no waves where all of them leave at once', async () => {
    const { deps, editions, started } = aComposing({ held: [monday] });
    await startEdition(digest, deps);
    expect(editions.get(id)?.slots).toEqual(['default', monday]);
    expect(editions.get(id)?.waves).toBeUndefined();
    expect(started).toHaveLength(2);
  });

  it('looks up who holds which slot after the cut-off, so that nobody who took one before it is missed', async () => {
    const { deps, editions } = aComposing({ held: [tuesday] });
    let clock = Date.parse('2026-11-23T08:00:00Z');
    let lookedAt = 0;
    const tick = () => {
      clock += 1;
      return new Date(clock);
    };
    const slots = async (...stream: Parameters<typeof deps.registry.slots>) => {
      lookedAt = tick().getTime();
      return deps.registry.slots(...stream);
    };
    await startEdition(digest, { ...deps, registry: { slots }, now: tick });
    expect(lookedAt).toBeGreaterThan(Date.parse(editions.get(id)?.cutoff ?? ''));
  });

  it.each(['start', 'begin'] as const)('begins them again after a crash in %s, and not those that were noted', async (where) => {
    const { world, deps, editions, started } = aComposing({ held: [tuesday] });
    world.dies = where;
    await expect(startEdition(digest, deps)).rejects.toThrow('died');
    await startEdition(digest, deps);
    expect(new Set(started)).toEqual(new Set([`${id} default 5`]));
    expect(editions.get(id)?.begun).toEqual(['default']);
    const before = started.length;
    await startEdition(digest, deps);
    expect(started).toHaveLength(before);
  });

  it('begins none while it is paused', async () => {
    const { world, deps, editions, started } = aComposing({ held: [tuesday] });
    world.dies = 'start';
    await expect(startEdition(digest, deps)).rejects.toThrow('died');
    const edition = editions.get(id);
    if (edition) editions.set(id, { ...edition, paused: true });
    await startEdition(digest, deps);
    expect(started).toEqual([]);
  });
});

describe('the digest of a month', () => {
  const october = { ...digest, frequency: 'monthly', at: new Date('2026-11-01T08:00:00Z') } as const;
  const monthly = 'engineering-digest_2026-10';

  it('tells of it to those who have it monthly, each at their hour, what their weeks told to others too', async () => {
    const { deps, publish, stored, editions, rendered, started } = aComposing({
      held: ['default', tuesday, 'monthly', 'm2-0900-Europe--Berlin'],
      now: '2026-11-01T08:00:30Z',
    });
    publish({ id: 'told', publishedAt: '2026-10-14T10:00:00Z' });
    publish({ id: 'november', publishedAt: '2026-11-01T01:00:00Z' });
    const told = stored.get('told');
    if (told) stored.set('told', { ...told, editions: ['engineering-digest_2026-W42', 'engineering-digest_told_r1'] });
    await startEdition(october, deps);
    expect(rendered[0]?.sections.flatMap(({ cards }) => cards.map(({ postmortem }) => postmortem))).toEqual(['told']);
    expect(rendered[0]).toMatchObject({ period: 'Monthly digest · October 2026' });
    expect(editions.get(monthly)).toMatchObject({
      slots: ['monthly', 'm2-0900-Europe--Berlin'],
      waves: { 'm2-0900-Europe--Berlin': '2026-11-03T08:00:00Z' },
      scheduledFor: '2026-11-01T08:00:00Z',
    });
    expect(started).toEqual([`${monthly} monthly 5`]);
  });

  it('is not made where nobody has it monthly, and then is no reason to be told late in the next', async () => {
    const { deps, editions } = aComposing({ held: ['default', tuesday, 'published'] });
    expect(await startEdition(october, deps)).toBeUndefined();
    expect(editions.size).toBe(0);
  });

  it('keeps nothing from the digest of the week', async () => {
    const { deps, publish, stored, rendered } = aComposing();
    publish({ id: 'one', publishedAt: '2026-11-18T10:00:00Z' });
    const one = stored.get('one');
    if (one) stored.set('one', { ...one, editions: ['engineering-digest_2026-11', 'engineering-digest_one_r1'] });
    await startEdition(digest, deps);
    expect(rendered[0]?.sections[0]?.cards).toHaveLength(1);
  });
});

describe('a postmortem for who wants each as it is published', () => {
  const occasion = { kind: 'postmortem', stream: 'engineering-digest', postmortem: 'pm-1' } as const;

  it('is one card to those who hold that slot', async () => {
    const { deps, publish, editions, rendered, started } = aComposing({ held: ['default', 'published', tuesday] });
    publish({ id: 'pm-1', severity: 'sev2' });
    expect(await startEdition(occasion, deps)).toEqual({ edition: 'engineering-digest_pm-1_r1', existed: false });
    expect(rendered[0]).toMatchObject({ headline: 'A Sev-2 postmortem is published.', sections: [{ cards: [{ postmortem: 'pm-1' }] }] });
    expect(editions.get('engineering-digest_pm-1_r1')).toMatchObject({ slots: ['published'], incident: 'pm-1' });
    expect(started).toEqual(['engineering-digest_pm-1_r1 published 5']);
  });

  it('is not made where nobody wants it, nor where it may not be told any more', async () => {
    const nobody = aComposing({ held: ['monthly', tuesday] });
    nobody.publish();
    expect(await startEdition(occasion, nobody.deps)).toBeUndefined();
    const restricted = aComposing({ held: ['published'] });
    restricted.publish({ restricted: true });
    expect(await startEdition(occasion, restricted.deps)).toBeUndefined();
    expect(restricted.editions.size).toBe(0);
  });
});

describe('a mail that answers', () => {
  const mail = {
    kind: 'confirm',
    about: 'engineering-digest',
    realm: 'staff',
    subscriber: aSid(1),
    at: new Date('2026-11-23T08:00:00Z'),
  } as const;

  it('goes to one person at once, and says what it is about', async () => {
    const { deps, editions, started } = aComposing();
    const made = await startEdition({ kind: 'service', mail }, deps);
    expect(editions.get(made?.edition ?? '')).toMatchObject({
      stream: 'service',
      realm: 'staff',
      service: { kind: 'confirm', about: 'engineering-digest' },
      audience: { kind: 'list', subscribers: [aSid(1)] },
      subject: 'confirm, Engineering digest',
      tracksOpens: false,
    });
    expect(started).toEqual([`${made?.edition} default 0`]);
  });

  it('is one however often it is asked for within ten minutes, but one for each kind, stream and person', async () => {
    const { deps, editions } = aComposing();
    const ask = (change: object) => startEdition({ kind: 'service', mail: { ...mail, ...change } }, deps);
    await ask({});
    await ask({ at: new Date('2026-11-23T08:09:59Z') });
    expect(editions.size).toBe(1);
    await ask({ about: 'leadership-brief' });
    await ask({ kind: 'welcome' });
    await ask({ subscriber: aSid(2) });
    await ask({ realm: 'customers' });
    await ask({ at: new Date('2026-11-23T08:10:00Z') });
    expect(editions.size).toBe(6);
    expect([...editions.keys()].filter((key) => key.startsWith('service-customers_'))).toHaveLength(1);
  });
});
