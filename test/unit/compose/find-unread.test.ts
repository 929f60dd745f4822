import { describe, expect, it } from 'vitest';
import { findUnread } from '../../../core/compose/find-unread.ts';
import type { StartDeps } from '../../../core/compose/ports.ts';
import { recordAndCheck } from '../../../core/compose/record-and-check.ts';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { revisionToldToAll, shownRevision } from '../../../core/edition/corrections.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import { occurrenceDueAt } from '../../../core/edition/occurrence.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import { namedIn } from '../../../core/mail/fragments.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import { renderDigest } from '../../../emails/render-edition.ts';
import { aComposing } from '../../support/composing.ts';
import { anEdition } from '../../support/delivery.ts';
import { order } from '../../support/digest.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aReader } from '../../support/fragments.ts';

const payments = 'team:payments';
const row = (postmortem: string, score = 7, change: Partial<Relevance> = {}): Relevance => ({
  postmortem,
  revision: 1,
  at: '2026-11-12T09:00:00Z',
  terms: [],
  teams: [
    {
      team: payments,
      name: 'Payments',
      score,
      reasons: [{ reason: { kind: 'runs', service: 'ledger' }, key: 'runs ledger', sentence: 'You run ledger.' }],
    },
  ],
  similar: [],
  ...change,
});
const counted = { read: async () => ({ at: '2026-11-16T08:00:00Z', staff: 9, teams: [{ team: payments, name: 'Payments', size: 6 }] }) };
const carried = { id: 'cart-down', revision: 1, title: 'Cart down', severity: 'sev2' as const };
const lastWeek = 'engineering-digest_2026-W46';

interface Given {
  readonly last?: Partial<Edition>;
  readonly rows?: readonly Relevance[];
  readonly deps?: Partial<StartDeps>;
  readonly publish?: (world: ReturnType<typeof aComposing>) => void;
}

/** The digest of the week of 16 November 2026, after one that carried `cart-down`. */
async function composed({ last = {}, rows = [row('cart-down')], deps: change = {}, publish }: Given = {}) {
  const world = aComposing();
  const { deps, editions, stored } = world;
  world.publish({ id: 'cart-down', title: 'Cart down', severity: 'sev2', publishedAt: '2026-11-11T09:00:00Z' });
  const one = stored.get('cart-down');
  if (one) stored.set('cart-down', { ...one, editions: [lastWeek] });
  publish?.(world);
  editions.set(lastWeek, anEdition({ id: lastWeek, stream: 'engineering-digest', carries: [carried], ...last }));
  const asked: string[] = [];
  const all: StartDeps = {
    ...deps,
    relevance: async (ids) => new Map(rows.filter(({ postmortem }) => ids.includes(postmortem)).map((each) => [each.postmortem, each])),
    readership: {
      readings: {
        of: async (id) => {
          asked.push(id);
          return [];
        },
      },
      sizes: counted,
    },
    ...change,
  };
  await startEdition({ kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') }, all);
  const content = world.rendered[0];
  const cards = content?.relevant?.flatMap((team) => team.cards.map(({ postmortem, sentence }) => [team.team, postmortem, sentence]));
  return { ...world, content, cards, asked, edition: editions.get('engineering-digest_2026-W47') };
}
const corrected =
  (at: string) =>
  ({ stored }: ReturnType<typeof aComposing>) => {
    const one = stored.get('cart-down');
    if (one) stored.set('cart-down', { ...one, material: { engineering: { revision: 2, at } } });
  };
const comesBack = [[payments, 'cart-down', 'Nobody in your team seems to have read it yet.']];

describe('what nobody in a team read', () => {
  it('comes back in the digest of the week after, for that team alone', async () => {
    const { content, cards, edition } = await composed();
    expect(cards).toEqual(comesBack);
    expect(content?.sections).toMatchObject([{ name: 'unread', onlyForTeams: true, cards: [{ postmortem: 'cart-down' }] }]);
    // It is no news, and the text that all readers know is still that of the week before.
    expect(edition).toMatchObject({ carries: [], remembers: [{ id: 'cart-down', revision: 1, onlyForTeams: true }] });
    expect(edition && [shownRevision(edition, 'cart-down'), revisionToldToAll(edition, 'cart-down')]).toEqual([1, undefined]);
  });

  it.each<[string, Given]>([
    ['the digest before did not carry it', { last: { carries: [] } }],
    ['it was withheld there', { last: { withheld: ['cart-down'] } }],
    ['that digest was recalled', { last: { recalled: true } }],
    ['nothing of that digest was sent', { last: { content: undefined } }],
    ['it was materially corrected since, and a correction tells it', { publish: corrected('2026-11-17T00:00:00Z') }],
    ['it was materially corrected too late for a correction', { publish: corrected('2027-11-17T00:00:00Z') }],
    [
      'it may not be told any more',
      { publish: ({ publish }) => publish({ id: 'cart-down', restricted: true, publishedAt: '2026-11-11T09:00:00Z' }) },
    ],
    ['only an earlier text was looked at', { rows: [row('cart-down', 7, { revision: 2 })] }],
    ['teams were not counted', { deps: { readership: { readings: { of: async () => [] }, sizes: { read: async () => undefined } } } }],
    [
      'opens are not tracked',
      {
        deps: {
          distribution: async () =>
            aDistribution({
              streams: { 'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, tracking: 'none' } },
            }),
        },
      },
    ],
  ])('does not come back where %s', async (_why, given) => {
    expect((await composed(given)).cards).toBeUndefined();
  });

  it('does not come back in the digest of a month', async () => {
    const { deps, publish, editions } = aComposing();
    publish({ id: 'cart-down', publishedAt: '2026-10-21T09:00:00Z' });
    const id = 'engineering-digest_2026-W43';
    editions.set(id, anEdition({ id, stream: 'engineering-digest', carries: [carried] }));
    const month = occurrenceDueAt('engineering-digest', new Date('2026-12-01T08:00:00Z'), aDistribution(), 'monthly');
    const all = {
      ...deps,
      relevance: async () => new Map([['cart-down', row('cart-down')]]),
      readership: { readings: { of: async () => [] }, sizes: counted },
    };
    const telling = { told: new Set<string>(), relevance: [] };
    const found = (kind: 'month' | 'week') => findUnread({ ...month, kind }, telling, aDistribution(), all);
    expect((await found('month')).unread).toEqual([]);
    expect((await found('week')).unread).toHaveLength(1);
  });

  it('is asked for only where it matters much to a team', async () => {
    expect((await composed({ rows: [row('cart-down', 4)] })).asked).toEqual([]);
    expect((await composed()).asked).toEqual(['cart-down']);
  });

  it('comes after the news of the team, and not where three of them come first', async () => {
    const news = (count: number): Given => {
      const ids = ['new-a', 'new-b', 'new-c'].slice(0, count);
      return {
        rows: [row('cart-down'), ...ids.map((id) => row(id, 3))],
        publish: ({ publish }) => {
          for (const id of ids) publish({ id, publishedAt: '2026-11-18T12:00:00Z' });
        },
      };
    };
    expect((await composed(news(2))).cards?.map(([, id]) => id)).toEqual(['new-a', 'new-b', 'cart-down']);
    const full = await composed(news(3));
    expect(full.cards?.map(([, id]) => id)).toEqual(['new-a', 'new-b', 'new-c']);
    expect(full.edition?.remembers).toBeUndefined();
  });

  it('reaches that team in a quiet week, and others hear nothing of it', async () => {
    const { content } = await composed();
    if (!content) throw new Error('nothing was rendered');
    const fragments = renderDigest(content);
    expect(namedIn(fragments)).toContain('cart-down');
    const mail = (reader: { team: string; withheld?: ReadonlySet<string> }) => {
      const made = assembleMail(fragments, { ...aReader(), ...reader });
      if (typeof made === 'string') throw new Error(made);
      return `${made.subject}\n${order(made).join('.')}`;
    };
    expect(mail({ team: payments })).toMatch(/Nobody in your team seems to have read it yet[\s\S]*Cart down/);
    expect(mail({ team: 'team:search' })).not.toMatch(/Cart down|seems to have|From the week before/);
    expect(mail({ team: payments, withheld: new Set(['cart-down']) })).not.toMatch(/Cart down|seems to have|Relevant to your team/);
  });

  it('is withheld by a restriction that comes while the digest is made', async () => {
    const { edition, stored, deps, editions, world } = await composed();
    if (!edition) throw new Error('no edition');
    world.publish({ id: 'cart-down', restricted: true });
    await recordAndCheck({ ...edition, names: ['cart-down'] }, deps);
    expect(editions.get(edition.id)?.withheld).toContain('cart-down');
    expect(stored.get('cart-down')?.namedIn).toEqual([edition.id]);
  });
});
