import { describe, expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import { type EditionFragments, namedIn } from '../../../core/mail/fragments.ts';
import type { Relevance } from '../../../core/relevance/relevance.ts';
import type { Similar } from '../../../core/relevance/similar.ts';
import { renderDigest } from '../../../emails/render-edition.ts';
import { actionsAsOf } from '../../support/actions-as-of.ts';
import { aComposing } from '../../support/composing.ts';
import { aPostmortem } from '../../support/postmortem.ts';
import { aSimilar } from '../../support/similar-in-memory.ts';

const earlier = { id: 'earlier', title: 'The cart fell', publishedAt: '2025-03-03T09:00:00Z' };
const rows = actionsAsOf(aPostmortem({ ...earlier, actionItems: [{ title: 'Limit the queue' }] }), []);
const found: Relevance = { postmortem: 'later', revision: 1, at: '2026-11-20T09:00:00Z', terms: [], teams: [], similar: ['earlier'] };

/** The digest that tells of the later one. */
async function digestOf(state: Similar['state'] = 'found', change: object = {}) {
  const world = aComposing();
  world.publish({ id: 'later', title: 'The cart is down', publishedAt: '2026-11-18T09:00:00Z' });
  world.publish({ ...earlier, ...change });
  const digests: EditionFragments[] = [];
  await startEdition(
    { kind: 'scheduled', stream: 'engineering-digest', at: new Date('2026-11-23T08:00:00Z') },
    {
      ...world.deps,
      relevance: async () => new Map([['later', found]]),
      similar: async () => [aSimilar({ state, promises: rows.map(({ aid }) => ({ aid, caught: false })) })],
      actionRows: async (id) => (id === 'earlier' ? rows : []),
      renderDigest: (...given) => {
        const digest = renderDigest(...given);
        digests.push(digest);
        return digest;
      },
    },
  );
  const [digest] = digests;
  const card = digest?.blocks.find((block) => block.kind === 'card');
  return digest && card?.kind === 'card' ? { digest, card } : expect.unreachable();
}

describe('a card of a digest', () => {
  it('says that it happened before, and what became of the promise', async () => {
    const { digest, card } = await digestOf();
    const sentence = 'Looks like “The cart fell” of March 2025; its promise “Limit the queue” is still open.';
    expect(card.card.html).toContain(sentence);
    expect(card.card.text.replaceAll(/\s+/g, ' ')).toContain(`It happened before: ${sentence}`);
    expect((await digestOf('confirmed')).card.card.html).toContain('The same failure as “The cart fell”');
    expect(namedIn(digest)).toContain('earlier');
  });

  it('has a form without it, for when the earlier one is withheld', async () => {
    const { card } = await digestOf();
    expect(card.names?.postmortem).toBe('earlier');
    for (const text of [card.names?.instead.html, card.names?.instead.text, card.line.html]) {
      expect(text).toContain('The cart is down');
      expect(text).not.toMatch(/The cart fell|Limit the queue|happened before/);
    }
  });

  it.each([{ restricted: true }, { status: 'retracted' }, { status: 'draft', publishedAt: undefined }])(
    'names nothing that may not be told: %o',
    async (change) => {
      const { digest } = await digestOf('found', change);
      expect(JSON.stringify(digest)).not.toMatch(/The cart fell|Limit the queue|happened before/);
      expect(namedIn(digest)).not.toContain('earlier');
    },
  );

  it('says nothing of what was dismissed', async () => {
    expect(JSON.stringify((await digestOf('dismissed')).digest)).not.toMatch(/The cart fell|Limit the queue/);
  });
});
