import { composeUpdate } from '../../core/compose/compose-update.ts';
import type { StartDeps } from '../../core/compose/ports.ts';
import { startEdition } from '../../core/compose/start-edition.ts';
import { readerMail } from '../../core/delivery/make-mail.ts';
import type { Outcome } from '../../core/delivery/outcome.ts';
import type { Leaf } from '../../core/delivery/range.ts';
import { countOutcomes } from '../../core/delivery/tally.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { isOver } from '../../core/edition/edition-state.ts';
import { lookedAtFrom } from '../../core/incident-update/incident-updates.ts';
import { type OutboxDeps, runOutbox } from '../../core/intake/run-outbox.ts';
import { takePostmortem } from '../../core/intake/take-postmortem.ts';
import type { EditionFragments } from '../../core/mail/fragments.ts';
import type { Postmortem } from '../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import type { UpdateStream } from '../../core/stream/stream.ts';
import { tellAgain } from '../../core/sweep/tell-again.ts';
import { aLeaf, aProfile, aSid, someFragments, someMade } from './delivery.ts';
import { aDistribution } from './distribution.ts';
import { aPostmortem } from './postmortem.ts';
import { noReviews, reviewsInMemory } from './reviews-in-memory.ts';
import { updatesInMemory } from './updates-in-memory.ts';

/** A mail that a reader got. */
export interface GotMail {
  readonly reader: number;
  readonly edition: string;
  readonly at: number;
  readonly subject: string;
  readonly text: string;
  /** The revision that it tells. Undefined: it tells of none. */
  readonly revision: number | undefined;
}

/** What happens, one thing after the other. */
interface Happening {
  readonly at: number;
  readonly happens: () => Promise<void>;
}

const stream = 'sev1-alerts';
const start = Date.parse('2026-11-17T14:00:00Z');
const minuteMs = 60_000;
const onAlerts = { [stream]: { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] } };
const settings = {
  publicUrl: 'https://lessons.example.com',
  sender: { name: 'Afterword', address: 'afterword@example.com' },
  keys: { kid: 'k', key: 'not secret' },
};

/** Fragments that hold every string of a content: what a composer says, without its looks. */
export const sayingAll = (content: {
  readonly subject: string;
  readonly postmortem?: string;
  readonly mergedInto?: unknown;
}): EditionFragments => {
  const fragment = { html: JSON.stringify(content), text: JSON.stringify(content) };
  const { subject, postmortem } = content;
  const block = postmortem
    ? ({ kind: 'card', section: 'only', postmortem, usual: 'card', card: fragment, line: fragment } as const)
    : ({ kind: 'fixed', fragment } as const);
  return someFragments({ subject, blocks: [block] });
};

type Renderers = Pick<StartDeps, 'renderAlert' | 'renderUpdate'>;

/**
 * One stream with updates over the real intake, outbox, composer and mail maker, with everything
 * outside in memory and a clock of its own. A call of `kills` may throw before or after any write
 * of composing, as a crash does.
 */
export function anIncidentWorld(change: {
  readonly readers?: number;
  readonly distribution?: Distribution;
  readonly renderers?: Renderers;
  /** Seconds from the message of an edition to the mail of a reader. */
  readonly sendsAfter?: (reader: number, edition: string) => number;
  /** Seconds from a worker's look at the brakes to its call. It holds the leaf meanwhile. */
  readonly callsAfter?: number;
  readonly kills?: (call: string) => void;
}) {
  const { readers = 3, distribution = aDistribution(), sendsAfter = () => 1, callsAfter = 0, kills = () => {} } = change;
  const renderers: Renderers = change.renderers ?? { renderAlert: sayingAll, renderUpdate: sayingAll };
  const current = new Map<string, StoredPostmortem>();
  const revisions = new Map<string, Postmortem>();
  const renditions = new Map<string, unknown>();
  const editions = new Map<string, Edition>();
  const contents = new Map<string, EditionFragments>();
  const leaves = new Map<string, Leaf>();
  const updates = updatesInMemory();
  const mails: GotMail[] = [];
  const agenda: Happening[] = [];
  let at = start;
  let isLaneHeld = false;
  const now = () => new Date(at);
  const profiles = Array.from({ length: readers }, (_, n) => aProfile({ sid: aSid(n), streams: onAlerts }));
  const later = (seconds: number, happens: Happening['happens']) => {
    agenda.push({ at: at + seconds * 1000, happens });
  };

  const edit = (id: string, by: (edition: Edition) => Partial<Edition>) => {
    const edition = editions.get(id);
    if (edition) editions.set(id, { ...edition, ...by(edition) });
  };
  const store: OutboxDeps['postmortems'] = {
    readCurrent: async (id) => current.get(id),
    async putRevision({ postmortem, revision, hash }) {
      revisions.set(`${postmortem.id} ${revision} ${hash}`, postmortem);
    },
    async putCurrent(stored, before) {
      const { editions: told = [], namedIn = [] } = current.get(stored.postmortem.id) ?? {};
      if (current.get(stored.postmortem.id)?.revision !== before?.revision) return false;
      current.set(stored.postmortem.id, { ...stored, editions: told, namedIn });
      return true;
    },
    async clearOwed({ postmortem: { id }, revision }, left = []) {
      const stored = current.get(id);
      if (stored?.revision === revision) current.set(id, { ...stored, owed: [...left] });
    },
    async noteMissed(id, edition) {
      const stored = current.get(id);
      if (!stored) return;
      const told = stored.editions.filter((one) => one !== edition);
      current.set(id, { ...stored, editions: told, namedIn: [...new Set([...stored.namedIn, edition])] });
    },
  };
  /** A later decision about the same edition counts. */
  const decided = new Map<string, number>();
  const decides = (id: string, revision: number) => {
    if (revision < (decided.get(id) ?? 0)) return false;
    decided.set(id, revision);
    return true;
  };
  const holder = {
    async withhold(id: string, postmortem: string, revision: number) {
      if (!editions.get(id)?.names.includes(postmortem) || !decides(id, revision)) return;
      edit(id, ({ withheld }) => ({ withheld: [...new Set([...withheld, postmortem])] }));
    },
    async release(id: string, postmortem: string, revision: number) {
      if (decides(id, revision)) edit(id, ({ withheld }) => ({ withheld: withheld.filter((one) => one !== postmortem) }));
    },
    correct: async () => {},
  };
  const ask = async (of: UpdateStream, postmortem: string, seconds = 0) => later(seconds, () => compose(of, postmortem));
  const queue = { alert: (id: string) => ask(stream, id), published: async () => {} };

  const paying: OutboxDeps = {
    postmortems: store,
    revisions: { note: async () => {} },
    actions: { list: async () => [], put: async () => true },
    reviews: noReviews,
    renditions: { put: async (audience, id, revision, rendition) => void renditions.set(`${audience} ${id} ${revision}`, rendition) },
    search: { put: async () => {}, hide: async () => {} },
    editions: holder,
    queue,
  };
  const readRendition = async (audience: string, id: string, revision: number) => renditions.get(`${audience} ${id} ${revision}`);

  const crashing = <Args extends unknown[], R>(call: string, act: (...args: Args) => Promise<R>) => {
    return async (...args: Args): Promise<R> => {
      kills(`before ${call}`);
      const answer = await act(...args);
      kills(`after ${call}`);
      return answer;
    };
  };
  const deps: StartDeps = {
    distribution: async () => distribution,
    postmortems: {
      changedSince: async () => [],
      read: crashing('read', async (id) => current.get(id)),
      listedOf: async () => new Map(),
      readRevision: async (id, revision, hash) => revisions.get(`${id} ${revision} ${hash}`),
      editionsOf: async () => new Map(),
      recordEdition: crashing('recordEdition', async (id, edition, how) => {
        const stored = current.get(id);
        if (!stored || stored.namedIn.includes(edition)) return undefined;
        const member = how === 'carried' ? 'editions' : 'namedIn';
        current.set(id, { ...stored, [member]: [...new Set([...stored[member], edition])] });
        return current.get(id);
      }),
    },
    renditions: readRendition,
    actions: async () => [],
    relevance: async () => new Map(),
    readership: { readings: { of: async () => [] }, sizes: { read: async () => undefined } },
    similar: async () => [],
    actionRows: async () => [],
    externals: { read: async () => undefined },
    sids: async () => ({}),
    editions: {
      ...holder,
      read: async (id) => editions.get(id),
      putContent: crashing('putContent', async (id, fragments) => {
        contents.set(`${id} ${at}`, fragments);
        return { hash: `${id} ${at}`, parts: 1 };
      }),
      create: crashing('create', async (edition) => {
        if (editions.has(edition.id)) return false;
        editions.set(edition.id, edition);
        leaves.set(edition.id, aLeaf({ outcomes: {}, state: 'done' }));
        return true;
      }),
      begin: async () => {},
      supersede: crashing('supersede', async (id, by) => {
        const edition = editions.get(id);
        if (!edition) return 'unknown';
        const { superseded = { by, wasPaused: edition.paused } } = edition;
        edit(id, () => ({ superseded, paused: false }));
        return { wasPaused: superseded.wasPaused };
      }),
    },
    zones: async () => [],
    drift: { read: async () => undefined },
    heldMail: { read: async () => undefined },
    reviews: reviewsInMemory(),
    registry: { slots: async () => [] },
    updates: { read: updates.read, put: crashing('put', updates.put) },
    ranges: { read: async ({ edition }) => leaves.get(edition) },
    start: crashing('start', async (edition, _slots, seconds) => later(seconds, () => send(edition.id))),
    lookAgain: crashing('lookAgain', ask),
    renderDigest: () => someFragments(),
    renderBrief: () => someFragments(),
    renderImpact: () => someFragments(),
    renderImpactWeek: () => someFragments(),
    ...renderers,
    renderReminders: () => someFragments(),
    renderService: () => someFragments(),
    profileWriterSeconds: 30,
    leaseSeconds: 30,
    pace: { windowMs: 2 * minuteMs, settlingMs: minuteMs },
    now,
  };

  /** A message whose run dies comes again, after six of the composer's timeouts. */
  async function compose(of: UpdateStream, postmortem: string) {
    try {
      await startEdition({ kind: 'incident', stream: of, postmortem }, deps);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      later(360, () => compose(of, postmortem));
    }
  }

  async function send(id: string) {
    for (const [reader] of profiles.entries()) later(sendsAfter(reader, id), () => mailTo(reader, id));
  }

  /** `seen`: the edition as its worker read it. */
  async function mailTo(reader: number, id: string, seen?: Edition): Promise<void> {
    const [edition, leaf, profile] = [seen ?? editions.get(id), leaves.get(id), profiles[reader]];
    const fragments = contents.get(edition?.content?.hash ?? '');
    if (!edition || !leaf || !profile || !fragments || leaf.outcomes[profile.sid]) return;
    if ((edition.paused || isLaneHeld) && !isOver(edition)) return later(5, () => mailTo(reader, id));
    if (callsAfter > 0 && !seen) {
      leaves.set(id, { ...leaf, state: 'open', leaseEndsAt: at + deps.leaseSeconds * 1000 });
      return later(callsAfter, () => mailTo(reader, id, edition));
    }
    const outcome = (): Outcome => {
      if (edition.recalled) return { kind: 'skipped', reason: 'recalled' };
      if (edition.superseded) return { kind: 'skipped', reason: 'superseded' };
      const mail = readerMail(edition, fragments, profile, settings, { withheld: new Set(edition.withheld), issuedAt: 0 });
      if (typeof mail === 'string') return { kind: 'skipped', reason: mail };
      mails.push({ reader, edition: id, at, subject: mail.subject, text: mail.text, revision: edition.carries[0]?.revision });
      return { kind: 'accepted', attempt: 1, messageId: 'm', made: someMade() };
    };
    const outcomes = { ...leaf.outcomes, [profile.sid]: outcome() };
    leaves.set(id, { ...leaf, version: leaf.version + 1, leaseEndsAt: 0, outcomes });
    const tallies = { default: { version: leaf.version, counts: countOutcomes(outcomes) } };
    if (Object.keys(outcomes).length === profiles.length) edit(id, () => ({ tallies, completedAt: now().toISOString() }));
  }

  const telling = {
    ...paying,
    edition: async (id: string) => editions.get(id),
    updates,
    renditions: readRendition,
    ranges: {
      read: async ({ edition }: { readonly edition: string }) => leaves.get(edition),
      async replace({ edition }: { readonly edition: string }, leaf: Leaf) {
        leaves.set(edition, leaf);
        return true;
      },
    },
    send: async ({ id }: Edition) => later(0, () => send(id)),
    distribution: async () => distribution,
    newOwner: () => 'sweep',
    now,
  };
  async function sweep() {
    for (const { postmortem, owed } of current.values()) {
      if (owed.length > 0) await runOutbox(postmortem.id, { ...paying, tellAgain: (stored) => tellAgain(stored, telling) });
    }
    for (const row of updates.rows.values()) if ((lookedAtFrom(row)?.getTime() ?? Infinity) <= at) await ask(row.stream, row.incident);
  }

  return {
    mails,
    editions,
    rows: updates.rows,
    current,
    now,
    /** What a preview shows of the incident. */
    preview: (id: string) => composeUpdate(stream, id, distribution, deps),
    outcomeOf: (reader: number, id: string) => leaves.get(id)?.outcomes[profiles[reader]?.sid ?? ''],
    /** Pauses the last edition that was made, or resumes all. */
    pause: (paused: boolean) => {
      for (const id of [...editions.keys()].slice(paused ? -1 : 0)) edit(id, () => ({ paused }));
    },
    /** Recalls the last edition that was made, unless it is over or complete. */
    recall: () =>
      edit([...editions.keys()].at(-1) ?? '', ({ completedAt, superseded, paused }) =>
        completedAt || superseded ? { paused } : { recalled: true, paused: false },
      ),
    /** Holds the lane, or opens it again. */
    hold: (held: boolean) => {
      isLaneHeld = held;
    },
    async publish(fields: Record<string, unknown>) {
      const postmortem = aPostmortem(fields);
      const read = { postmortem, sections: [], recognised: [], missing: [], warnings: [] };
      const taken = await takePostmortem(read, { ...paying, distribution, now });
      await runOutbox(taken.stored.postmortem.id, paying);
    },
    /** Lets time pass, and what was to happen by then happen. Sweeps each minute. */
    async pass(ms: number) {
      const until = at + ms;
      for (;;) {
        agenda.sort((a, b) => a.at - b.at);
        const minute = Math.floor(at / minuteMs) * minuteMs + minuteMs;
        const next = agenda[0];
        if (next && next.at <= Math.min(minute, until)) {
          agenda.shift();
          at = Math.max(at, next.at);
          await next.happens();
        } else if (minute <= until) {
          at = minute;
          await sweep();
        } else break;
      }
      at = until;
    },
  };
}

/** A function is killed. */
export class Crash extends Error {}
