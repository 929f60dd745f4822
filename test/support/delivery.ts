import { createHash } from 'node:crypto';
import type { Made } from '../../core/delivery/outcome.ts';
import type { Leaf } from '../../core/delivery/range.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { type Block, type EditionFragments, type Fragment, placeholders } from '../../core/mail/fragments.ts';
import type { PostmortemId } from '../../core/postmortem/postmortem.ts';
import type { Profile, SubscriberId } from '../../core/subscriber/subscriber.ts';

export const aSid = (n: number): SubscriberId => createHash('sha256').update(`person ${n}`).digest('hex').slice(0, 32);

export const aProfile = (change: Partial<Profile> = {}): Profile => {
  const sid = change.sid ?? aSid(1);
  return {
    sid,
    realm: 'staff',
    address: `${sid}@example.com`,
    team: 'Storefront',
    streams: {
      'engineering-digest': { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] },
    },
    revision: 1,
    ...change,
  };
};

export const anEdition = (change: Partial<Edition> = {}): Edition => ({
  id: 'engineering-digest_2026-W47',
  stream: 'engineering-digest',
  audience: { kind: 'stream' },
  scheduledFor: '2026-11-23T08:00:00Z',
  composedAt: '2026-11-23T08:00:01Z',
  cutoff: '2026-11-23T08:00:01Z',
  subject: 'Two incidents',
  carries: [{ id: 'pm-1', revision: 1, title: 'A failover', severity: 'sev2' }],
  names: ['pm-1'],
  content: { hash: 'abc', parts: 1 },
  slots: ['default'],
  paused: false,
  recalled: false,
  withheld: [],
  tallies: {},
  ...change,
});

const fragment = (text: string): Fragment => ({ html: `<p>${text}</p>`, text });
export const someFragments = (change: Partial<EditionFragments> = {}): EditionFragments => ({
  subject: 'Two incidents',
  head: fragment('head'),
  blocks: [
    {
      kind: 'card',
      section: 'fresh',
      postmortem: 'pm-1',
      usual: 'card',
      card: fragment('A failover, in full'),
      line: fragment('A failover'),
    },
  ],
  lines: { open: fragment('<'), close: fragment('>') },
  cutNotice: fragment('cut'),
  correctedNotice: fragment('corrected'),
  foot: fragment('foot \u0002unsubscribe\u0003'),
  ...change,
});

export const someMade = (change: Partial<Made> = {}): Made => ({
  profile: 1,
  cards: '2',
  tokenKey: 'k1',
  issuedAt: 1_800_000_000,
  ...change,
});

export const aLeaf = (change: Partial<Leaf> = {}): Leaf => ({
  shape: 'leaf',
  version: 1,
  owner: 'somebody',
  leaseEndsAt: 0,
  expectedBy: 0,
  step: 0,
  state: 'open',
  settlesAt: 0,
  isAsked: false,
  submitting: {},
  outcomes: {},
  denied: {},
  ...change,
});

/** A card that links to its postmortem, in full and as a line. */
export function linkingCard(postmortem: PostmortemId): Block {
  const link = (words: string) => {
    const html = `${words} <a href="${placeholders.read}/${postmortem}">${postmortem}</a>`;
    return { html, text: html };
  };
  return {
    kind: 'card',
    section: 'fresh',
    postmortem,
    usual: 'card',
    card: link(`<h2>All of ${postmortem}</h2>`),
    line: link('In brief:'),
  };
}
