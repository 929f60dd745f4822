import { expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { StoredDrift } from '../../../core/runbook/finding.ts';
import { aComposing } from '../../support/composing.ts';
import { aSid } from '../../support/delivery.ts';
import { sampleDrift } from '../../support/samples/service.ts';

const aDrift = (found: StoredDrift | undefined) => {
  const world = aComposing();
  const told: (StoredDrift | undefined)[] = [];
  const { renderService } = world.deps;
  const deps = {
    ...world.deps,
    drift: { read: async () => found },
    renderService: (...[kind, facts, brand]: Parameters<typeof renderService>) => {
      told.push(facts.drift);
      return renderService(kind, facts, brand);
    },
  };
  const ask = (subscriber: string, about = '2026-W49') =>
    startEdition(
      { kind: 'service', mail: { kind: 'drift', about, realm: 'staff', subscriber, at: new Date('2026-11-29T23:00:00Z') } },
      deps,
    );
  return { ...world, ask, told };
};

it('is one for each operator and week, whenever it is asked for', async () => {
  const { ask, editions, started, told, world } = aDrift(sampleDrift);

  await ask(aSid(1));
  world.now = new Date('2026-11-26T09:00:00Z');
  await ask(aSid(1));
  await ask(aSid(2));

  expect([...editions.values()].map(({ audience, service }) => [audience, service])).toEqual(
    [aSid(1), aSid(2)].map((sid) => [
      { kind: 'list', subscribers: [sid] },
      { kind: 'drift', about: '2026-W49' },
    ]),
  );
  expect([told, new Set(started).size]).toEqual([[sampleDrift, sampleDrift], 2]);
  await ask(aSid(1), '2026-W50');
  expect(editions.size).toBe(3);
});

it.each([
  ['nothing is known', undefined],
  ['everything was mended meanwhile', { ...sampleDrift, findings: [], more: 0 }],
])('is not made where %s', async (_, found) => {
  const { ask, editions } = aDrift(found);

  expect(await ask(aSid(1))).toBeUndefined();
  expect(editions.size).toBe(0);
});
