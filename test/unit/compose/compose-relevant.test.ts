import { describe, expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { aComposing } from '../../support/composing.ts';
import { aDistribution } from '../../support/distribution.ts';

const asked = { kind: 'postmortem', stream: 'relevant-incidents', postmortem: 'cart-down' } as const;
const team = (name: string, score: number) => ({
  team: `team:${name}`,
  name,
  score,
  reasons: [{ reason: { kind: 'runs' as const, service: 'ledger' }, key: 'runs ledger', sentence: 'You run ledger.' }],
});
const row = (...teams: ReturnType<typeof team>[]): Relevance => ({
  postmortem: 'cart-down',
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams,
  similar: [],
});

async function told(
  found: Relevance | undefined,
  change: Record<string, unknown> = {},
  streams: object = { 'relevant-incidents': { severities: ['sev2'] } },
) {
  const world = aComposing();
  world.publish({ id: 'cart-down', title: 'Cart down', publishedAt: '2026-11-20T09:00:00Z', ...change });
  const deps = {
    ...world.deps,
    relevance: async () => new Map(found ? [['cart-down', found]] : []),
    distribution: async () => aDistribution({ streams }),
  };
  const first = await startEdition(asked, deps);
  const again = await startEdition(asked, deps);
  return { first, again, content: world.rendered[0], edition: world.editions.get('relevant-incidents_cart-down_r1') };
}

describe('the mail about what is relevant to a team', () => {
  it('is made once, with its card for the teams to which it matters much and for nobody else', async () => {
    const { first, again, content, edition } = await told(row(team('payments', 7), team('search', 4)));
    expect(first).toEqual({ edition: 'relevant-incidents_cart-down_r1', existed: false });
    expect(again).toEqual({ edition: 'relevant-incidents_cart-down_r1', existed: true });
    expect(content).toMatchObject({
      subject: 'Relevant to your team: Cart down',
      sections: [{ cards: [{ postmortem: 'cart-down' }], onlyForTeams: true }],
      relevant: [{ team: 'team:payments', cards: [{ sentence: 'You run ledger.' }] }],
    });
    expect(edition).toMatchObject({ stream: 'relevant-incidents', slots: ['default'], carries: [{ id: 'cart-down' }] });
  });

  it.each([
    ['where it matters much to nobody', row(team('search', 4)), {}, undefined],
    ['where only an earlier text was looked at', { ...row(team('payments', 7)), revision: 2 }, {}, undefined],
    ['where nobody has looked', undefined, {}, undefined],
    ['of what may not be told', row(team('payments', 7)), { restricted: true }, undefined],
    ['of a severity that the file does not name', row(team('payments', 7)), { severity: 'sev3' }, undefined],
    ['where the file does not name the stream', row(team('payments', 7)), {}, {}],
  ])('is not made %s', async (_why, found, change, streams) => {
    const { first, edition } = await told(found, change, streams);
    expect([first, edition]).toEqual([undefined, undefined]);
  });
});
