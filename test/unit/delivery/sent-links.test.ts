import { expect, it } from 'vitest';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import type { Leaf } from '../../../core/delivery/range.ts';
import { sentLinks } from '../../../core/delivery/sent-mail.ts';
import type { Edition } from '../../../core/edition/edition.ts';
import { type Block, type EditionFragments, placeholders } from '../../../core/mail/fragments.ts';
import { aLeaf, anEdition, aProfile, linkingCard, someFragments, someMade } from '../../support/delivery.ts';

const ada = aProfile();
const issuedAt = 1_800_000_000;

interface Sent {
  readonly outcome?: Outcome;
  readonly leaf?: Partial<Leaf>;
  readonly edition?: Partial<Edition>;
  readonly content?: Partial<EditionFragments>;
  readonly slot?: string;
}
const cards = ['pm-1', 'pm-2', 'pm-3'].map(linkingCard);
const accepted = (signs: string): Outcome => ({ kind: 'accepted', attempt: 1, messageId: 'm', made: someMade({ cards: signs }) });

/** The postmortems to which the mail links that Ada got. */
async function links({ outcome, leaf, edition, content, slot = 'default' }: Sent, at = issuedAt): Promise<string[]> {
  const found = {
    range: { edition: 'e', slot, prefix: '' },
    leaf: aLeaf({ ...leaf, ...(outcome && { outcomes: { [ada.sid]: outcome } }) }),
  };
  const linked = await sentLinks('engineering-digest_2026-W47', ada, at, {
    editions: { read: async () => anEdition(edition) },
    fragments: { readFragments: async () => someFragments({ blocks: cards, ...content }) },
    leaves: { find: async (_edition, wanted) => (wanted === slot ? found : undefined) },
  });
  return [...linked].toSorted();
}

it('are those of its cards, in full or as a line, and of none that was left out', async () => {
  expect(await links({ outcome: accepted('210') })).toEqual(['pm-1', 'pm-2']);
  const nothing = { html: '', text: '' };
  const follow = { heading: nothing, rest: nothing, reasons: {} };
  expect(await links({ outcome: accepted('0a4'), content: { follow } })).toEqual(['pm-2', 'pm-3']);
});

it('are those of decisions too, which lead whoever does not decide to the postmortem', async () => {
  const asked = { html: `<a href="${placeholders.decide}/pm-9">`, text: '' };
  expect(await links({ outcome: accepted(''), content: { blocks: [{ kind: 'fixed', fragment: asked }] } })).toEqual(['pm-9']);
});

it.each<[string, Sent]>([
  ['is being sent', { leaf: { submitting: { [ada.sid]: { attempt: 1, made: someMade({ cards: '200' }) } } } }],
  ['is in doubt', { outcome: { kind: 'in doubt', attempt: 1, made: someMade({ cards: '200' }) } }],
  ['is unconfirmed', { outcome: { kind: 'unconfirmed', attempt: 1, made: someMade({ cards: '200' }) } }],
  ['went to a slot that she left', { outcome: accepted('200'), slot: 'fri-17', edition: { slots: ['default', 'fri-17'] } }],
  ['was recalled for the others', { outcome: accepted('200'), edition: { recalled: true } }],
])('are known of a mail that %s', async (_, sent) => {
  expect(await links(sent)).toEqual(['pm-1']);
});

it.each<[string, Sent]>([
  ['was skipped', { outcome: { kind: 'skipped', reason: 'snoozed' } }],
  ['was refused', { outcome: { kind: 'refused', attempt: 1, code: 'MessageRejected' } }],
  ['is in no range', {}],
  ['belongs to an edition that sends nothing', { outcome: accepted('222'), edition: { content: undefined } }],
])('are none where she %s', async (_, sent) => {
  expect(await links(sent)).toEqual([]);
});

it('tell the copies of a mail apart by when their links were made', async () => {
  const earlier = [someMade({ cards: '200', issuedAt: issuedAt - 600 })];
  const outcome: Outcome = { kind: 'unconfirmed', attempt: 2, made: someMade({ cards: '020' }), earlier };
  expect(await links({ outcome }, issuedAt - 600)).toEqual(['pm-1']);
  expect(await links({ outcome }, issuedAt)).toEqual(['pm-2']);
});

const naming = (...postmortems: string[]): Block => {
  const text = postmortems.map((id) => `${placeholders.read}/${id}\n`).join('');
  return { kind: 'fixed', fragment: { html: text, text }, names: { postmortems, instead: { html: '', text: '' } } };
};

it('are those of promises and of what an account was merged into', async () => {
  expect(await links({ outcome: accepted(''), content: { blocks: [naming('pm-8'), naming('pm-9')] } })).toEqual(['pm-8', 'pm-9']);
});

it('are none of a text that the mail may have left without, and all of one that changed after it had left', async () => {
  const sent = { outcome: accepted(''), content: { blocks: [naming('pm-8', 'pm-9')] } };
  expect(await links({ ...sent, edition: { withheld: ['pm-8'], missed: ['pm-8'] } })).toEqual([]);
  expect(await links({ ...sent, edition: { withheld: ['pm-8'] } })).toEqual(['pm-8', 'pm-9']);
});

it('are no pages but those of postmortems', async () => {
  const head = { html: `${placeholders.read} ${placeholders.read}/_ ${placeholders.view}/x ${placeholders.preferences}/y`, text: '' };
  expect(await links({ outcome: accepted('000'), content: { head } })).toEqual([]);
});
