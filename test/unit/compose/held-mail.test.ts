import { expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { HeldFacts, StoredHeldMail } from '../../../core/connector/held-mail.ts';
import { aComposing } from '../../support/composing.ts';
import { aSid } from '../../support/delivery.ts';

const day = '2026-11-25';
const held = [{ source: 'rootly', ref: 'a1', why: 'unmapped severity', severity: 'Odd', since: '2026-11-24T23:30:00Z' }];

function aHeldMail(stored: Omit<StoredHeldMail, 'day'> = { held, more: 7 }) {
  const world = aComposing();
  const told: (HeldFacts | undefined)[] = [];
  const { renderService } = world.deps;
  const deps = {
    ...world.deps,
    heldMail: { read: async () => ({ day, ...stored }) },
    renderService: (...[kind, facts, brand]: Parameters<typeof renderService>) => {
      told.push(facts.held);
      return renderService(kind, facts, brand);
    },
  };
  const ask = (about: string) =>
    startEdition(
      { kind: 'service', mail: { kind: 'held', about, realm: 'staff', subscriber: aSid(1), at: new Date('2026-11-24T23:00:00Z') } },
      deps,
    );
  return { ...world, ask, told };
}

it('tells of what its day was told, once, with days in the organisation’s zone', async () => {
  const { ask, editions, told } = aHeldMail();

  await ask('20261125');
  await ask('20261125');

  expect([...editions.values()].map(({ audience, service }) => [audience, service])).toEqual([
    [
      { kind: 'list', subscribers: [aSid(1)] },
      { kind: 'held', about: '20261125' },
    ],
  ]);
  expect(told[0]).toEqual({ held: [{ ...held[0], since: '25 November' }], more: 7, braked: [] });
});

it('is made of what the directory tried alone, and of nothing at all not', async () => {
  const braked = [{ at: '2026-11-24T23:30:00Z', what: 'It tried more.', remedy: 'Look there' }];
  const { ask, told } = aHeldMail({ held: [], braked });
  await ask('20261125');
  expect(told[0]).toEqual({ held: [], more: 0, braked: [{ ...braked[0], at: '25 November' }] });
  expect(await aHeldMail({ held: [] }).ask('20261125')).toBeUndefined();
});

it('is not made for a day of which nothing is known', async () => {
  const { ask, editions } = aHeldMail();

  expect(await ask('20261124')).toBeUndefined();
  expect(editions.size).toBe(0);
});
