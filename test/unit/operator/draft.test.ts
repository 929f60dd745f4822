import { expect, it } from 'vitest';
import { startEdition } from '../../../core/compose/start-edition.ts';
import type { AlertContent } from '../../../core/content/alert-content.ts';
import type { DigestContent } from '../../../core/content/digest-content.ts';
import { addresseesOf } from '../../../core/delivery/addressees.ts';
import type { WantedTest } from '../../../core/edition/test-mail.ts';
import { type PreviewDraft, previewEdition } from '../../../core/operator/preview-edition.ts';
import { sendTest } from '../../../core/operator/send-test.ts';
import { occasionOf } from '../../../lambdas/shared/occasion.ts';
import { aComposing } from '../../support/composing.ts';
import { aProfile, aSid, someFragments } from '../../support/delivery.ts';

const text = `---
id: pool
severity: sev1
startedAt: 2026-11-26T10:00:00Z
status: draft
---
# The pool ran dry

## Summary

No orders for an hour.

## Action items

- [ ] Watch the pool (Jo Park, 2026-12-04)
`;
const ada = aProfile({ sid: aSid(1), address: 'ada@example.com' });

/** Thursday 26 November, with one postmortem of another team that is stored. */
function anAuthor() {
  const world = aComposing({ now: '2026-11-26T12:00:30Z' });
  world.publish({ id: 'other', title: 'Of another team', publishedAt: '2026-11-24T10:00:00Z' });
  const asked: WantedTest[] = [];
  const card = { html: 'a card', text: 'a card' };
  const blocks = [{ kind: 'card', section: 'only', postmortem: 'pool', usual: 'card', card, line: card } as const];
  const told: string[] = [];
  const counted: string[] = [];
  const deps = {
    ...world.deps,
    renderAlert: ({ headline }: AlertContent) => {
      told.push(headline);
      return someFragments({ blocks });
    },
    renderDigest: ({ sections, stats }: DigestContent) => {
      counted.push(stats[0]?.value ?? '');
      told.push(...sections.flatMap(({ cards }) => cards.map(({ title }) => title)));
      return someFragments({ blocks });
    },
    publicUrl: 'https://lessons.example.com',
    profileOf: async () => ada,
    addressees: addresseesOf(['*@example.com']),
    ask: async (wanted: WantedTest) => void asked.push(wanted),
  };
  const preview = (stream: 'engineering-digest' | 'sev1-alerts', change: Partial<PreviewDraft> = {}) =>
    previewEdition({ stream, draft: { type: 'text/markdown', text, ...change } }, deps);
  return { ...world, deps, told, counted, asked, preview };
}

it('stands in the digest that is due next as if it were published now, among the others', async () => {
  const { preview, told, stored } = anAuthor();

  expect((await preview('engineering-digest')).edition).toBe('engineering-digest_2026-W48');

  expect(told).toEqual(['The pool ran dry', 'Of another team']);
  expect([...stored.keys()]).toEqual(['other']);
});

it('stands there alone for somebody who may not read the others', async () => {
  const { preview, told, counted } = anAuthor();
  await preview('engineering-digest', { alone: true });
  expect(told).toEqual(['The pool ran dry']);
  await preview('engineering-digest');
  expect(counted).toEqual(['1', '2']);
});

it('is shown as the mail about it that leaders would get', async () => {
  const { preview, told } = anAuthor();
  expect((await preview('sev1-alerts')).edition).toBe('sev1-alerts_pool_r1');
  expect(told).toEqual(['The pool ran dry']);
});

it.each([
  ['restricted: true', 'is restricted: nobody is told of it'],
  ['status: retracted', 'is retracted: nobody is told of it'],
])('is refused with %s', async (line, problem) => {
  const withdrawn = text.replace('status: draft', line);
  await expect(anAuthor().preview('engineering-digest', { text: withdrawn })).rejects.toMatchObject({
    flaws: [{ field: 'draft', problem }],
  });
});

it('replaces the text that is stored under its id', async () => {
  const { preview, told, publish } = anAuthor();
  publish({ id: 'pool', title: 'As it was', publishedAt: '2026-11-25T10:00:00Z' });
  await preview('engineering-digest');
  expect(told).toEqual(['The pool ran dry', 'Of another team']);
});

it('comes as a test to its author, alone, and is withheld by nothing that is not stored', async () => {
  const { deps, asked, told, editions } = anAuthor();
  const sent = await sendTest({ stream: 'sev1-alerts', to: 'ada@example.com', draft: { type: 'text/markdown', text } }, deps);
  const [wanted] = asked;
  if (!wanted?.draft) throw new Error('compose was not asked for a draft');
  expect(wanted.shows).toEqual({ stream: 'sev1-alerts', postmortem: 'pool' });

  // As it crosses the queue.
  const { shows, subscriber, at, draft } = wanted;
  const message = { stream: 'service', test: shows, subscriber, at: at.toISOString(), draftId: 'd1' } as const;
  const occasion = await occasionOf(message, { read: async (id) => (id === 'd1' ? draft : undefined) });
  if (!occasion) throw new Error('the draft is stored');
  expect(occasion).toEqual({ kind: 'test', wanted });
  await startEdition(occasion, deps);

  expect(editions.get(sent.edition)).toMatchObject({ carries: [], names: [], withheld: [], subject: expect.stringMatching(/^Test: /) });
  expect(told).toEqual(['The pool ran dry', 'The pool ran dry']);
});
