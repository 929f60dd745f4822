import { expect, it } from 'vitest';
import type { StoredHeldMail } from '../../../core/connector/held-mail.ts';
import { factOf, type InboundIncident, newInbound } from '../../../core/connector/inbound-incident.ts';
import type { Braked } from '../../../core/directory/ports.ts';
import { type TellHeldDeps, tellHeld } from '../../../core/operator/tell-held.ts';
import { aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const at = '2026-11-24T10:00:00Z';
const aHeld = (ref: string, change: Partial<InboundIncident> = {}): InboundIncident => ({
  ...newInbound('rootly', ref),
  state: 'held',
  why: 'unmapped severity',
  since: at,
  facts: { title: factOf('Logins were slow', at, 'api'), severity: factOf('Odd', at, 'api') },
  ...change,
});

function aWorld(...held: InboundIncident[]) {
  const world = {
    held,
    braked: [] as Braked[],
    mails: [] as string[],
    row: undefined as StoredHeldMail | undefined,
    dies: false,
    operators: [aSid(1), aSid(2)],
  };
  const deps: TellHeldDeps = {
    inbound: {
      async heldPage(limit, after = '0') {
        const [from, held] = [Number(after), world.held.filter(({ state }) => state === 'held')];
        const next = from + limit;
        return { held: held.slice(from, next), ...(next < held.length && { next: String(next) }) };
      },
    },
    braked: { since: async (from) => world.braked.filter(({ day }) => day >= from) },
    told: {
      read: async () => world.row,
      put: async (row) => {
        world.row = row;
      },
    },
    distribution: async () => aDistribution({ connectors: { rootly: { severities: { Odd: 'sev2', Worst: 'sev1' } } } }),
    operators: async () => ({ operators: world.operators, zone: 'Europe/Berlin' }),
    async mail({ kind, about, realm, subscriber, at: asked }) {
      if (world.dies) throw new Error('died');
      world.mails.push([kind, about, realm, subscriber, asked].join(' '));
    },
  };
  const run = (when: string) => tellHeld(new Date(when), deps);
  return { world, run };
}
const mail = (n: number, day: string, from: string) => `held ${day} staff ${aSid(n)} ${from}`;

it('asks for one mail to each operator of what is held, without a title, and for none when nothing is new', async () => {
  const { world, run } = aWorld(
    aHeld('a', { since: '2026-11-23T10:00:00Z', why: 'visibility unknown', detail: 'x'.repeat(400) }),
    aHeld('b'),
  );

  expect(await run('2026-11-25T07:00:00Z')).toEqual({ held: 2, fresh: 2, mails: 2 });
  const { mails } = world;
  expect(mails).toEqual([mail(1, '20261125', '2026-11-24T23:00:00Z'), mail(2, '20261125', '2026-11-24T23:00:00Z')]);
  expect(world.row).toMatchObject({
    day: '2026-11-25',
    held: [
      { ref: 'a', severity: 'Odd' },
      { ref: 'b', why: 'unmapped severity' },
    ],
  });
  expect(JSON.stringify(world.row)).not.toMatch(/Logins|x{301}/);

  expect(await run('2026-11-26T07:00:00Z')).toEqual({ held: 2, fresh: 0, mails: 0 });
  expect(world.mails).toHaveLength(2);
});

it('tells the next day what came meanwhile, and what is held for another reason by then', async () => {
  const { world, run } = aWorld(aHeld('a'));
  await run('2026-11-25T07:00:00Z');
  world.held.push(aHeld('b', { since: '2026-11-25T07:00:01Z' }));
  await run('2026-11-25T07:00:00Z');
  expect(world.row?.held.map(({ ref }) => ref)).toEqual(['a']);

  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ held: 2, fresh: 1, mails: 2 });
  world.held[0] = aHeld('a', { why: 'no text' });
  expect(await run('2026-11-27T07:00:00Z')).toMatchObject({ fresh: 1, mails: 2 });
});

it('tells once of what the directory was not let do, also where nothing else is held, and of what it tries a day later', async () => {
  const { world, run } = aWorld();
  const of = (day: string, hour: string): Braked => ({ day, at: `${day}T${hour}:00:00Z`, brake: 'leavers', most: 20 });
  world.braked = [of('2026-11-24', '09'), of('2026-11-25', '08')];
  expect(await run('2026-11-25T07:00:00Z')).toEqual({ held: 0, fresh: 1, mails: 2 });
  expect(world.row?.braked).toMatchObject([{ at: '2026-11-24T09:00:00Z', what: expect.stringContaining('suspend at most 20') }]);
  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ fresh: 1, mails: 2 });
  expect(await run('2026-11-27T07:00:00Z')).toMatchObject({ fresh: 0, mails: 0 });
});

it('asks for the mails of its day again, whatever a first run had done when it died', async () => {
  const { world, run } = aWorld(aHeld('a'));
  world.dies = true;
  await expect(run('2026-11-25T07:00:00Z')).rejects.toThrow('died');
  world.dies = false;

  expect(await run('2026-11-25T07:10:00Z')).toMatchObject({ mails: 2 });
  expect(world.mails).toContain(mail(1, '20261125', '2026-11-24T23:00:00Z'));
});

it('tells the next day what a run owed that died for good', async () => {
  const { world, run } = aWorld(aHeld('a'));
  world.dies = true;
  await expect(run('2026-11-25T07:00:00Z')).rejects.toThrow('died');
  world.dies = false;
  expect(await run('2026-11-26T07:00:00Z')).toEqual({ held: 1, fresh: 0, mails: 2 });
  expect(world.mails).toEqual([mail(1, '20261126', '2026-11-25T23:00:00Z'), mail(2, '20261126', '2026-11-25T23:00:00Z')]);
  expect(await run('2026-11-27T07:00:00Z')).toMatchObject({ mails: 0 });
});

it('owes nothing for a row of an earlier release, nor for what is held no more', async () => {
  const { world, run } = aWorld(aHeld('a'));
  await run('2026-11-25T07:00:00Z');
  const { mailed: _, ...earlier } = world.row as StoredHeldMail;
  world.row = earlier;
  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ fresh: 0, mails: 0 });
  Object.assign(world, { row: { ...earlier, mailed: false }, held: [] });
  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ held: 0, mails: 0 });
});

it('counts nothing as told while a mail reaches no operator', async () => {
  const { world, run } = aWorld(aHeld('a'));
  const { operators } = world;
  world.operators = [];
  expect(await run('2026-11-25T07:00:00Z')).toMatchObject({ fresh: 1, mails: 0 });
  world.operators = operators;
  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ fresh: 1, mails: 2 });
});

it('leaves out what was released or hidden meanwhile', async () => {
  const { world, run } = aWorld(aHeld('a', { state: 'published' }));
  expect(await run('2026-11-25T07:00:00Z')).toEqual({ held: 0, fresh: 0, mails: 0 });
  expect(world.row).toBeUndefined();
});

it('reads page by page, keeps the urgent ones and the latest, and counts the others', async () => {
  const worst = { facts: { severity: factOf('Worst', at, 'api') } };
  const { world, run } = aWorld(aHeld('old'), aHeld('worst', worst), ...Array.from({ length: 2099 }, (_, n) => aHeld(`r${n}`)));
  expect(await run('2026-11-25T07:00:00Z')).toMatchObject({ held: 2101, fresh: 2101, mails: 2 });
  const refs = () => world.row?.held.map(({ ref }) => ref) ?? [];
  expect([refs().length, refs()[0], refs()[1], refs().at(-1), world.row?.more]).toEqual([2000, 'worst', 'r100', 'r2098', 101]);
  expect(world.row?.held[0]).toMatchObject({ urgent: true });
  expect(await run('2026-11-26T07:00:00Z')).toMatchObject({ fresh: 0, mails: 0 });
});
