import type { StartDeps } from '../../core/compose/ports.ts';
import type { DigestContent } from '../../core/content/digest-content.ts';
import { listedPostmortem } from '../../core/content/listed-postmortem.ts';
import type { Edition } from '../../core/edition/edition.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import { someFragments } from './delivery.ts';
import { aDistribution } from './distribution.ts';
import { aPostmortem } from './postmortem.ts';
import { reviewsInMemory } from './reviews-in-memory.ts';
import { updatesInMemory } from './updates-in-memory.ts';

/**
 * The dependencies of `compose` in memory, for readers in these slots: plain fakes that record
 * calls.
 */
export function aComposing({ held = [], now = '2026-11-23T08:00:02Z' }: { held?: readonly string[]; now?: string } = {}) {
  const stored = new Map<string, StoredPostmortem>();
  const editions = new Map<string, Edition>();
  const started: string[] = [];
  const rendered: DigestContent[] = [];
  const world = {
    now: new Date(now),
    held: held.map((slot) => ({ slot, since: '2026-01-01T00:00:00Z' })),
    /** Simulates a crash of the process at the next call of this name. */
    dies: '' as '' | 'start' | 'begin',
    stored,
    editions,
    started,
    rendered,
    publish(change: Record<string, unknown> = {}) {
      const postmortem = aPostmortem(change);
      stored.set(postmortem.id, {
        postmortem,
        revision: 1,
        hash: 'h',
        updatedAt: '2026-11-20T00:00:00Z',
        owed: [],
        editions: [],
        namedIn: [],
      });
    },
  };
  const dieIn = (what: typeof world.dies) => {
    if (world.dies !== what) return;
    world.dies = '';
    throw new Error(`died in ${what}`);
  };
  const change = (id: string, by: (edition: Edition) => Partial<Edition>) => {
    const edition = editions.get(id);
    if (edition) editions.set(id, { ...edition, ...by(edition) });
  };
  const deps: StartDeps = {
    distribution: async () => aDistribution(),
    postmortems: {
      changedSince: async () =>
        [...stored.values()].map(({ postmortem, revision, material, updatedAt }) => ({
          ...postmortem,
          revision,
          updatedAt,
          publishedAt: postmortem.publishedAt ?? '',
          ...(material && { materialAt: Object.fromEntries(Object.entries(material).map(([audience, { at }]) => [audience, at])) }),
        })),
      read: async (id) => stored.get(id),
      listedOf: async (ids) => new Map(ids.flatMap((id) => stored.get(id) ?? []).map((one) => [one.postmortem.id, listedPostmortem(one)])),
      readRevision: async (id) => stored.get(id)?.postmortem,
      editionsOf: async (ids) => new Map(ids.map((id) => [id, stored.get(id) ?? { editions: [], namedIn: [] }])),
      async recordEdition(id, edition, how) {
        const one = stored.get(id);
        const list = how === 'carried' ? 'editions' : 'namedIn';
        if (one) stored.set(id, { ...one, [list]: [...new Set([...one[list], edition])] });
        return stored.get(id);
      },
    },
    renditions: async () => undefined,
    actions: async () => [],
    relevance: async () => new Map(),
    readership: { readings: { of: async () => [] }, sizes: { read: async () => undefined } },
    similar: async () => [],
    actionRows: async () => [],
    externals: { read: async () => undefined },
    sids: async () => ({}),
    editions: {
      read: async (id) => editions.get(id),
      putContent: async () => ({ hash: 'h', parts: 1 }),
      async create(edition) {
        if (editions.has(edition.id)) return false;
        editions.set(edition.id, edition);
        return true;
      },
      supersede: async () => 'unknown',
      withhold: async (id, postmortem) =>
        change(id, ({ withheld, missed = [], completedAt }) => ({
          withheld: [...new Set([...withheld, postmortem])],
          ...(!completedAt && { missed: [...new Set([...missed, postmortem])] }),
        })),
      correct: async (id, postmortem, revision) =>
        change(id, ({ corrected = [] }) => ({ corrected: [...new Set([...corrected, `${postmortem}:${revision}`])] })),
      async begin(id, slots) {
        dieIn('begin');
        change(id, ({ begun = [] }) => ({ begun: [...new Set([...begun, ...slots])] }));
      },
    },
    updates: updatesInMemory(),
    ranges: { read: async () => undefined },
    zones: async () => [],
    drift: { read: async () => undefined },
    heldMail: { read: async () => undefined },
    reviews: reviewsInMemory(),
    registry: { slots: async () => world.held },
    async start(edition, slots, delay) {
      dieIn('start');
      started.push(...slots.map((slot) => `${edition.id} ${slot} ${delay}`));
    },
    renderDigest: (content) => {
      rendered.push(content);
      return someFragments();
    },
    renderBrief: () => someFragments(),
    renderAlert: () => someFragments(),
    renderUpdate: () => someFragments(),
    renderImpact: () => someFragments(),
    renderImpactWeek: () => someFragments(),
    renderReminders: () => someFragments(),
    renderService: (kind, { stream = 'no stream' }) => someFragments({ subject: `${kind}, ${stream}` }),
    profileWriterSeconds: 5,
    lookAgain: async () => {},
    leaseSeconds: 7,
    pace: { windowMs: 120_000, settlingMs: 60_000 },
    now: () => world.now,
  };
  return { ...world, world, deps };
}
