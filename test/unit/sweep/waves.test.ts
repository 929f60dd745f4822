import { describe, expect, it } from 'vitest';
import type { Tally } from '../../../core/edition/edition.ts';
import type { SweepDeps } from '../../../core/sweep/sweep.ts';
import { anEdition } from '../../support/delivery.ts';
import { aWorld, keyOf, type World } from '../../support/delivery-fixture.ts';
import { aSweep } from '../../support/sweep.ts';

const tuesday = 'w2-0900-Europe--Berlin';
const friday = 'w5-0900-Europe--Berlin';
const waves = { default: '2026-11-23T08:00:00Z', [tuesday]: '2026-11-24T08:00:00Z', [friday]: '2026-11-27T08:00:00Z' };
const counted: Tally = { version: 1, counts: { accepted: 1 } };
const inWaves = (change = {}) => anEdition({ slots: ['default', tuesday, friday], waves, begun: ['default'], ...change });

/** A world with one edition in waves, its notes kept, and what sweep sent to its lane. */
function aWavedWorld(change: Parameters<typeof inWaves>[0] = {}, at = '2026-11-24T08:00:30Z') {
  const world = aWorld(0, { edition: inWaves(change), now: Date.parse(at) });
  const sent: string[] = [];
  let dies = '';
  const deps: Partial<SweepDeps> = {
    open: { editions: async () => [world.edition.id], settling: async () => [], outboxes: async () => [] },
    send: async (_edition, range) => {
      sent.push(range.slot);
      if (dies === range.slot) throw new Error('died behind a message');
    },
    waves: {
      due: async () => [world.edition.id],
      async begin(_id, slots) {
        if (dies === 'note') throw new Error('died before the note');
        world.edition = { ...world.edition, begun: [...new Set([...(world.edition.begun ?? []), ...slots])] };
      },
    },
  };
  const sweeper = aSweep(world, deps);
  return {
    world,
    sent,
    ...sweeper,
    dieAt: (what: string) => {
      dies = what;
    },
  };
}
const finish = (world: World, ...slots: string[]) => {
  world.edition = { ...world.edition, tallies: Object.fromEntries(slots.map((slot) => [slot, counted])) };
};

describe('a wave', () => {
  it('is begun when it is due, once, and not before', async () => {
    const { world, sent, run } = aWavedWorld({}, '2026-11-24T07:59:59Z');
    finish(world, 'default');
    await run();
    expect(sent).toEqual([]);
    world.now = Date.parse('2026-11-24T08:00:30Z');
    await run();
    expect(sent).toEqual([tuesday]);
    expect(world.edition.begun).toEqual(['default', tuesday]);
  });

  it.each([tuesday, 'note'])('is begun again after a crash at %s', async (where) => {
    const { world, sent, run, dieAt, failures } = aWavedWorld();
    finish(world, 'default');
    dieAt(where);
    await run();
    expect(failures).toEqual(['wave']);
    expect(world.edition.begun).toEqual(['default']);
    dieAt('');
    await run();
    expect(sent).toEqual([tuesday, tuesday]);
    expect(world.edition.begun).toContain(tuesday);
  });

  it('waits while its edition is paused, and leaves when it is resumed', async () => {
    const { world, sent, run } = aWavedWorld({ paused: true });
    await run();
    expect(sent).toEqual([]);
    world.edition = { ...world.edition, paused: false };
    finish(world, 'default');
    await run();
    expect(sent).toEqual([tuesday]);
  });

  it.each([{ recalled: true }, { superseded: { by: 'sev1-alerts_pm-1_r2', wasPaused: false } }])(
    'of an edition that is over (%j) is begun at once, due or not, so that everybody in it has an outcome',
    async (over) => {
      const { world, sent, run } = aWavedWorld(over);
      finish(world, 'default');
      await run();
      expect(sent).toEqual([tuesday, friday]);
    },
  );

  it('that was not begun is not taken for one that lost its message, however quiet its lane is', async () => {
    const { world, sent, run } = aWavedWorld({}, '2026-11-24T07:00:00Z');
    finish(world, 'default');
    for (let n = 0; n < 4; n += 1) expect((await run()).rows).toBe(0);
    expect(sent).toEqual([]);
  });

  it('whose message was lost is sent again once its lane was quiet twice since it left', async () => {
    const { world, sent, run } = aWavedWorld();
    finish(world, 'default');
    await run();
    await run();
    expect(sent).toEqual([tuesday]);
    world.now = Date.parse('2026-11-24T08:02:30Z');
    await run();
    expect(sent).toEqual([tuesday, tuesday]);
  });

  it('counts as old from when it left; what was sent and what is to come do not count', async () => {
    const { world, run } = aWavedWorld({ begun: ['default', tuesday] }, '2026-11-24T09:00:00Z');
    expect((await run()).oldestMs).toBe(25 * 3600_000 - 1000);
    finish(world, 'default');
    expect((await run()).oldestMs).toBe(3600_000);
    finish(world, 'default', tuesday);
    expect((await run()).oldestMs).toBe(0);
  });
});

it('a walk that ran out of rows goes on in the slot where it stopped, and leaves no slot out', async () => {
  const { world, run, memory } = aWavedWorld({ begun: ['default', tuesday, friday] });
  // Two slots with more unfinished ranges than one run reads.
  for (const slot of ['default', tuesday]) {
    const prefixes = ['', ...Array.from({ length: 9 }, (_, bits) => levels(bits + 1)).flat()];
    for (const prefix of prefixes) world.rows.set(keyOf({ edition: 'e', slot, prefix }), { shape: 'split', tallies: {} });
  }
  await run();
  const first = memory().cursor;
  await run();
  const second = memory().cursor;
  expect([first?.slot, second?.slot]).toEqual(['default', 'default']);
  for (let n = 0; n < 6 && memory().cursor?.slot !== tuesday; n += 1) await run();
  expect(memory().cursor).toMatchObject({ slot: tuesday });
});

const levels = (bits: number) => Array.from({ length: 2 ** bits }, (_, n) => n.toString(2).padStart(bits, '0'));
