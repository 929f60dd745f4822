import type { Occasion } from '../../core/compose/plan-edition.ts';
import type { StartDeps } from '../../core/compose/ports.ts';
import { startEdition } from '../../core/compose/start-edition.ts';
import type { DigestContent } from '../../core/content/digest-content.ts';
import { type OutboxDeps, runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { type TellAgainDeps, tellAgain } from '../../core/sweep/tell-again.ts';
import { aComposing } from './composing.ts';
import { aDistribution } from './distribution.ts';
import { aCard, aFragment, anEdition } from './fragments.ts';
import { aPostmortem } from './postmortem.ts';
import { noReviews } from './reviews-in-memory.ts';

/** The moments of composing at which something else may happen. */
export type Step = 'putContent' | 'create' | 'recordEdition' | 'read' | 'correct';

/** Intake and `compose` over the same postmortems and editions in memory, at a clock of the test. */
export function aCorrecting({
  held = ['default'],
  now = '2026-11-20T10:00:00Z',
  file = {},
}: {
  held?: readonly string[];
  now?: string;
  /** What the distribution file says beside the usual. */
  file?: Record<string, unknown>;
} = {}) {
  const { world, deps: composing, stored, editions } = aComposing({ held, now });
  const kept = new Map<string, unknown>();
  const fragments = new Map<string, EditionFragments>();
  const contents: DigestContent[] = [];
  const distribution = aDistribution(file);
  /** Called before each step. It may throw, as a process that dies there. */
  const during = { step: async (_: Step): Promise<void> => {} };

  const postmortems: OutboxDeps['postmortems'] = {
    readCurrent: async (id) => stored.get(id),
    putRevision: async () => {},
    async putCurrent(one, before) {
      const known = stored.get(one.postmortem.id);
      if (known?.revision !== before?.revision) return false;
      stored.set(one.postmortem.id, { ...one, editions: known?.editions ?? [], namedIn: known?.namedIn ?? [] });
      return true;
    },
    async clearOwed({ postmortem: { id }, revision }, left = []) {
      const known = stored.get(id);
      if (known?.revision === revision) stored.set(id, { ...known, owed: left });
    },
    async noteMissed(id, edition) {
      const known = stored.get(id);
      if (!known) return;
      const kept = known.editions.filter((one) => one !== edition);
      stored.set(id, { ...known, editions: kept, namedIn: [...new Set([...known.namedIn, edition])] });
    },
  };
  const outbox: OutboxDeps = {
    postmortems,
    revisions: { note: async () => {} },
    actions: { list: async () => [], put: async () => true },
    reviews: noReviews,
    renditions: { put: async (audience, id, revision, rendition) => void kept.set(`${audience} ${id} ${revision}`, rendition) },
    search: { put: async () => {}, hide: async () => {} },
    editions: {
      ...composing.editions,
      async release(id, postmortem) {
        const edition = editions.get(id);
        const without = (all: readonly string[] = []) => all.filter((one) => one !== postmortem);
        if (edition) editions.set(id, { ...edition, withheld: without(edition.withheld), missed: without(edition.missed) });
      },
    },
    queue: { alert: async () => {}, published: async () => {} },
  };
  const deps: StartDeps = {
    ...composing,
    distribution: async () => distribution,
    renditions: async (audience, id, revision) => kept.get(`${audience} ${id} ${revision}`),
    renderDigest: (content) => {
      contents.push(content);
      return fragmentsOf(content);
    },
    postmortems: {
      ...composing.postmortems,
      async read(id) {
        await during.step('read');
        return composing.postmortems.read(id);
      },
      async recordEdition(...args) {
        await during.step('recordEdition');
        return composing.postmortems.recordEdition(...args);
      },
    },
    editions: {
      ...composing.editions,
      async putContent(id, made) {
        await during.step('putContent');
        fragments.set(id, made);
        return composing.editions.putContent(id, made);
      },
      async create(edition) {
        await during.step('create');
        return composing.editions.create(edition);
      },
      async correct(...args) {
        await during.step('correct');
        return composing.editions.correct(...args);
      },
    },
  };
  const telling: TellAgainDeps = {
    edition: async (id) => editions.get(id),
    editions: outbox.editions,
    postmortems,
    updates: composing.updates,
    renditions: deps.renditions,
    ranges: { read: async () => undefined, replace: async () => false },
    send: async () => {},
    queue: outbox.queue,
    distribution: deps.distribution,
    newOwner: () => 'sweep',
    now: () => world.now,
  };
  const at = (instant: string | number) => {
    world.now = new Date(instant);
  };
  /** The write of intake that decides. Nothing is owed any more after `pay`. */
  const take = (change: Record<string, unknown> = {}) =>
    takePostmortem(
      { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] },
      { postmortems, revisions: outbox.revisions, distribution, now: () => world.now },
    );
  const pay = (id = 'pm-1') => runOutbox(id, outbox);
  /** As `sweep` pays, a minute later at most. */
  const sweep = (id = 'pm-1') => runOutbox(id, { ...outbox, tellAgain: (one) => tellAgain(one, telling) });
  return {
    world,
    deps,
    stored,
    editions,
    fragments,
    contents,
    during,
    at,
    take,
    pay,
    sweep,
    async publish(change: Record<string, unknown> = {}, instant?: string) {
      if (instant !== undefined) at(instant);
      const { stored: one } = await take(change);
      await pay(one.postmortem.id);
    },
    /** Composes the weekly digest that is due at an instant. */
    async compose(instant: string | number, occasion: Partial<Extract<Occasion, { kind: 'scheduled' }>> = {}) {
      at(instant);
      return startEdition({ kind: 'scheduled', stream: 'engineering-digest', at: new Date(instant), ...occasion }, deps);
    },
    /** Changes what is stored of a postmortem, as another release or another part would. */
    change(id: string, by: Partial<StoredPostmortem>) {
      const one = stored.get(id);
      if (one) stored.set(id, { ...one, ...by });
    },
  };
}

/** Cards and corrections without looks. */
const fragmentsOf = ({ sections, corrections }: DigestContent): EditionFragments =>
  anEdition(
    [
      ...sections.flatMap(({ name, cards }) => cards.map(({ postmortem }) => aCard(postmortem, { section: name }))),
      ...(corrections?.entries ?? []).map(({ postmortem, chosenBy, topics = [] }) =>
        aCard(postmortem, { section: 'corrected', severity: chosenBy, topics: topics.map(({ topic }) => topic) }),
      ),
      ...(corrections?.more
        ? [
            {
              kind: 'fixed' as const,
              fragment: aFragment('more'),
              names: { postmortems: corrections.more.postmortems, instead: aFragment('') },
            },
          ]
        : []),
    ],
    { correctedNotice: aFragment('corrected'), standsWithoutCards: true },
  );
