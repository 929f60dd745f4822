import { lookAfterMs } from '../../core/slack/after-look.ts';
import {
  after,
  begin,
  longestWorkMs,
  nextStep,
  type PostEvent,
  type PostFacts,
  type PostState,
  type PostStep,
  postLeaseMs,
  type Target,
} from '../../core/slack/post-step.ts';
import { askedFor } from '../../core/slack/repost.ts';
import type { Shown, SlackChannel, SlackPostRow, WantedPost } from '../../core/slack/slack-post.ts';
import { type WantedView, wantedView } from '../../core/slack/wanted-view.ts';
import { aRendition } from './rendition.ts';

/** What a revision of the postmortem is, in a story: one of two texts, taken back, or hidden. */
export type Revision = 'text A' | 'text B' | 'retracted' | 'hidden';

/** How often what goes wrong. */
export interface Faults {
  /** Workers that are killed, at any step. */
  readonly crashes: number;
  /** Calls without an answer: carried out, not carried out, or carried out later. */
  readonly doubts: number;
  /** Calls that Slack throttles. */
  readonly throttles: number;
  /** Messages that somebody deletes. */
  readonly deletions: number;
  /** Edits, and then removals, that Slack refuses. */
  readonly refusals: number;
  /** Operators who ask for another look. */
  readonly asks: number;
  /** Whether a look may miss messages of the last seconds. */
  readonly isHistoryLate: boolean;
  /** Whether the channel is shared with another company at some time. */
  readonly isShared: boolean;
}
export const noFaults: Faults = {
  crashes: 0,
  doubts: 0,
  throttles: 0,
  deletions: 0,
  refusals: 0,
  asks: 0,
  isHistoryLate: false,
  isShared: false,
};

export interface Story {
  /** The revisions, the first of which is there at the beginning. */
  readonly revisions: readonly Revision[];
  readonly workers: 1 | 2;
  readonly faults: Faults;
  /** The stored list lacks the channel's name, by which the file gives it another audience. */
  readonly isNameUnknown?: boolean | undefined;
  /** What is taken away. */
  readonly without?: Safeguard | undefined;
}

const safeguards = [
  'the mark before the call',
  'the lease of an edit',
  'a lease that outlives the function',
  'looking into the history',
  'asking whether the channel is shared',
  'asking for the name of the channel',
  'one attempt for each call',
  'reading what is wanted after the mark',
  'reading what is wanted before the row',
  'what is shown is unknown while it is edited',
  'the look for a second message',
  'deleting what cannot be edited',
  'the version of the row',
] as const;
export type Safeguard = (typeof safeguards)[number];

/** A message in the channel. `age`: milliseconds since Slack took it, up to `lagMs`. */
interface Message {
  readonly ts: string;
  readonly shown: Shown;
  readonly age: number;
}
/** A call without an answer that Slack may still carry out. `age`: milliseconds since it was made. */
interface Pending {
  readonly call: 'post' | 'update' | 'remove';
  readonly ts?: string;
  readonly shown?: Shown;
  readonly age: number;
}
interface Worker {
  readonly state: PostState;
  readonly age: number;
  /** The revision that was wanted when it began, and when it marked the row, if it was hidden. */
  readonly beganAt: number;
  readonly markedAt: number;
  /** Whether the channel was shared when the worker asked. */
  readonly isShared?: boolean;
  /** The row as it was when the worker read what is wanted. Only without a safeguard. */
  readonly early?: SlackPostRow | undefined;
}

/** Everything at one moment. Times are relative to `t0`, which is always now. */
interface World {
  /** The revision that is wanted, counted from 1. */
  readonly revision: number;
  readonly row?: SlackPostRow | undefined;
  /** Milliseconds until each message of the queue comes. */
  readonly queue: readonly number[];
  readonly workers: readonly (Worker | null)[];
  readonly messages: readonly Message[];
  readonly pending: readonly Pending[];
  readonly posts: number;
  readonly left: Faults;
  readonly isShared: boolean;
  /** Something happened after which the promises say less. */
  readonly isDeleted: boolean;
  readonly isTooLate: boolean;
  /** Slack carried out a call so late that the last look need not have shown it. */
  readonly isLate: boolean;
  readonly told: 'nothing' | 'unconfirmed';
}

const t0 = Date.UTC(2026, 10, 17, 14, 30);
const facts: PostFacts = { now: t0, remainingMs: longestWorkMs };
const instant = (ms: number): string => new Date(t0 + ms).toISOString().replace('.000Z', 'Z');
/** A history shows each message this long after Slack took it. */
const lagMs = 20_000;
/** A call that Slack carries out later than this is not looked for any more. */
const watchedMs = lookAfterMs.reduce((sum, ms) => sum + ms, 0);
/** A function that runs for longer than its leases. */
const tooLongMs = 2 * postLeaseMs;

const named = 'c';
const isText = ({ view }: { readonly view: string }): boolean => view !== 'emptied';

/** One thing that may happen, and the world after it. */
interface Next {
  readonly what: string;
  readonly world: World;
}

export interface Explored {
  readonly states: number;
  /** The first promise that was broken, with everything that led to it. */
  readonly broken?: { readonly promise: string; readonly history: readonly string[]; readonly world: unknown } | undefined;
}

class Broken extends Error {}

/**
 * Tries everything that can happen in a story, in every order, with the functions that decide a
 * post's steps. Ends at the first broken promise.
 */
export function explore(story: Story, most = 5_000_000): Explored {
  const rules = rulesOf(story);
  const first: World = {
    revision: 1,
    queue: [0],
    workers: Array.from({ length: story.workers }, () => null),
    messages: [],
    pending: [],
    posts: 0,
    left: story.faults,
    isShared: false,
    isDeleted: false,
    isTooLate: false,
    isLate: false,
    told: 'nothing',
  };
  const known = new Map<string, number>();
  const parents: number[] = [];
  const names: string[] = [];
  const edges: number[][] = [];
  const frontier: { readonly id: number; readonly world: World }[] = [];
  const add = (world: World, parent: number, what: string): number => {
    const key = keyOf(world);
    const found = known.get(key);
    if (found !== undefined) return found;
    const id = parents.length;
    known.set(key, id);
    parents.push(parent);
    names.push(what);
    edges.push([]);
    frontier.push({ id, world });
    return id;
  };
  const historyOf = (id: number): string[] => (id <= 0 ? [] : [...historyOf(parents[id] ?? 0), names[id] ?? '']);
  add(first, -1, '');
  for (let at = 0; at < frontier.length; at += 1) {
    const entry = frontier[at];
    if (!entry) break;
    // What was visited is let go.
    frontier[at] = undefined as never;
    const { id, world } = entry;
    try {
      const all = rules.next(world);
      if (all.length === 0) rules.judgeEnd(world);
      for (const { what, world: to } of all) edges[id]?.push(add(to, id, what));
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { states: parents.length, broken: { promise: error.message, history: historyOf(id), world } };
    }
    if (parents.length > most) throw new Error(`more than ${most} states`);
  }
  const circle = onACircle(edges);
  if (circle === undefined) return { states: parents.length };
  return { states: parents.length, broken: { promise: 'P4: it ends', history: historyOf(circle), world: undefined } };
}

/** A state from which one comes back to it. */
function onACircle(edges: readonly (readonly number[])[]): number | undefined {
  const into = new Int32Array(edges.length);
  for (const to of edges) for (const id of to) into[id] = (into[id] ?? 0) + 1;
  const free = [...into.keys()].filter((id) => into[id] === 0);
  let count = 0;
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    count += 1;
    for (const to of edges[id] ?? []) {
      into[to] = (into[to] ?? 0) - 1;
      if (into[to] === 0) free.push(to);
    }
  }
  if (count === edges.length) return undefined;
  // What is left lies on a circle or behind one. Going back from there ends on one.
  const before = new Map<number, number>();
  for (const [id, to] of edges.entries()) if ((into[id] ?? 0) > 0) for (const next of to) before.set(next, id);
  const seen = new Set<number>();
  let at = [...into.keys()].find((id) => (into[id] ?? 0) > 0);
  while (at !== undefined && !seen.has(at)) {
    seen.add(at);
    at = before.get(at);
  }
  return at;
}

/** Two independent hashes of 53 bits: shorter than the text, and never equal by chance. */
function keyOf(world: World): string {
  // Versions are compared with each other alone.
  const versions = [world.row, ...world.workers.flatMap((worker) => [worker?.state.row, worker?.early])].map((row) => row?.version ?? 0);
  const ranks = [...new Set([0, ...versions])].toSorted((a, b) => a - b);
  const text = JSON.stringify(world, (name, value) => (name === 'version' ? ranks.indexOf(value) : value));
  return `${hashOf(text, 1)} ${hashOf(text, 2)}`;
}
function hashOf(text: string, seed: number): number {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return 4294967296 * (2097151 & b) + (a >>> 0);
}

function rulesOf({ revisions, without, isNameUnknown = false }: Story) {
  const views = new Map<string, WantedView | 'nothing'>();
  const wantedAt = (revision: number): WantedPost => {
    const kind = revisions[revision - 1] ?? 'hidden';
    const standing = kind === 'hidden' || kind === 'retracted' ? kind : 'told';
    return {
      postmortem: 'pm',
      revision,
      updatedAt: '2026-11-17T14:00:00Z',
      standing,
      ...(standing === 'told' && { told: { severity: 'sev2', services: [], newsDate: '2026-11-17' } }),
    };
  };
  /** The real view, with a short hash in place of its content. */
  const viewAt = (revision: number, row: SlackPostRow | undefined): WantedView | 'nothing' => {
    const post = row?.post;
    const shown = post?.state === 'posted' ? post.shown : undefined;
    const key = `${revision} ${post?.state} ${shown?.revision} ${shown?.view} ${shown?.hash === ''}`;
    const known = views.get(key);
    if (known) return known;
    const wanted = wantedAt(revision);
    const made = wantedView({
      wanted,
      row,
      audience: 'engineering',
      mayBegin: true,
      rendition: wanted.standing === 'told' ? aRendition({ title: revisions[revision - 1] }) : undefined,
      shownTitle: shown && shown.revision > 0 ? revisions[shown.revision - 1] : undefined,
      settings: { labels: { sev1: '1', sev2: '2', sev3: '3', sev4: '4', unclassified: '-' }, zone: 'UTC' },
      day: '2026-11-17',
    });
    const view = made === 'nothing' ? made : { ...made, hash: made.hash.slice(0, 6), content: undefined as never };
    views.set(key, view);
    return view;
  };
  /** Without the name it counts as a channel of engineering. */
  const targetAt = (revision: number, row: SlackPostRow | undefined, told: SlackChannel | undefined): Target => ({
    view: viewAt(revision, row),
    audience: isNameUnknown && told ? 'cross-functional' : 'engineering',
    channelName: isNameUnknown ? told?.name : named,
    isLinkOpen: false,
  });
  const draft: SlackPostRow = {
    postmortem: 'pm',
    channel: 'C',
    audience: 'engineering',
    key: 'k',
    post: { state: 'absent', since: instant(0), doubts: 0 },
    version: 0,
  };
  const isHidden = (revision: number): boolean => revisions[revision - 1] === 'hidden';
  const ifHidden = (revision: number): number => (isHidden(revision) ? revision : 0);

  const spend = (left: Faults, fault: Exclude<keyof Faults, 'isHistoryLate' | 'isShared'>): Faults | undefined =>
    left[fault] > 0 ? { ...left, [fault]: left[fault] - 1 } : undefined;

  const withWorker = (world: World, at: number, worker: Worker | null): World => ({
    ...world,
    workers: world.workers.map((one, n) => (n === at ? worker : one)),
  });
  const queued = (world: World, delay: number): World => ({ ...world, queue: [...world.queue, delay].toSorted((a, b) => a - b) });

  /** Whether a call may show this now. */
  const judgeCall = (world: World, worker: Worker, shown: Shown): void => {
    if (isText(shown) && isHidden(worker.beganAt) && world.revision === worker.beganAt)
      throw new Broken('P3: a worker that began after the hiding shows no text');
    if (isText(shown) && isHidden(worker.markedAt) && world.revision === worker.markedAt)
      throw new Broken('P3: a post that was marked after the hiding shows no text');
    const post = worker.state.row?.post;
    const endsAt = post?.state === 'posting' ? post.leaseEndsAt : post?.state === 'posted' ? post.lease?.endsAt : undefined;
    if (endsAt !== undefined && Date.parse(endsAt) <= t0) throw new Broken('P6: nobody calls whose lease has ended');
    if (isText(shown) && worker.isShared) throw new Broken('P5: no text begins in a channel that was shared when it was asked');
    if (isText(shown) && isNameUnknown && worker.state.target?.audience !== 'cross-functional')
      throw new Broken('P7: a text is that of the audience which the channel has by its name');
  };
  const judgeEdit = (before: Shown, now: Shown): void => {
    if (now.view === 'full' && now.revision < before.revision) throw new Broken('P6: a lower revision is never shown after a higher one');
    if (now.view === 'struck' && before.view === 'emptied' && now.revision < before.revision)
      throw new Broken('P6: a title that was hidden does not come back');
  };

  const taken = (world: World, shown: Shown, lateness: number): World => ({
    ...world,
    posts: world.posts + 1,
    messages: [...world.messages, { ts: String(world.posts + 1), shown, age: world.left.isHistoryLate ? 0 : lagMs }],
    isTooLate: world.isTooLate || lateness > watchedMs,
    isLate: world.isLate || lateness > watchedMs - lagMs,
  });
  const edited = (world: World, ts: string, shown: Shown): World => {
    for (const one of world.messages) if (one.ts === ts) judgeEdit(one.shown, shown);
    return { ...world, messages: world.messages.map((one) => (one.ts === ts ? { ...one, shown } : one)) };
  };
  const gone = (world: World, ts: string): World => ({ ...world, messages: world.messages.filter((one) => one.ts !== ts) });
  const carriedOut = (world: World, { call, ts = '', shown }: Pending, lateness = 0): World => {
    if (call === 'remove' || !shown) return gone(world, ts);
    return call === 'post' ? taken(world, shown, lateness) : edited(world, ts, shown);
  };

  /** What a call can come to: the world after it, and the answer. */
  function* answers(world: World, pending: Pending): Generator<{ how: string; world: World; answer: object }> {
    const { call, ts } = pending;
    const stands = call === 'post' || world.messages.some((one) => one.ts === ts);
    const ok = { kind: 'ok', value: call === 'post' ? { ts: String(world.posts + 1) } : undefined };
    if (!stands && call === 'update') {
      yield { how: 'not found', world, answer: { kind: 'refused', code: 'message_not_found' } };
      return;
    }
    yield { how: 'done', world: carriedOut(world, pending), answer: ok };
    const doubts = spend(world.left, 'doubts');
    if (doubts) {
      const lost = { ...world, left: doubts };
      const answer = { kind: 'in doubt', code: 'timeout' };
      if (without === 'one attempt for each call' && call === 'post') {
        const again = carriedOut(carriedOut(lost, pending), pending);
        yield {
          how: 'done twice, because the first answer was lost',
          world: again,
          answer: { kind: 'ok', value: { ts: String(again.posts) } },
        };
      }
      yield { how: 'done, the answer is lost', world: carriedOut(lost, pending), answer };
      yield { how: 'never done, no answer', world: lost, answer };
      yield { how: 'done later, no answer', world: { ...lost, pending: [...lost.pending, pending] }, answer };
    }
    const throttled = spend(world.left, 'throttles');
    if (throttled)
      yield { how: 'throttled', world: { ...world, left: throttled }, answer: { kind: 'later', seconds: 5, code: 'ratelimited' } };
    const refused = call === 'post' ? undefined : spend(world.left, 'refusals');
    if (refused) yield { how: 'refused', world: { ...world, left: refused }, answer: { kind: 'refused', code: 'edit_window_closed' } };
  }

  /** The steps that meet nobody else are taken at once. */
  const settle = (world: World, at: number, worker: Worker): World => {
    let { state } = worker;
    for (;;) {
      const step = stepOf(state);
      if (step.do === 'take place') state = after(state, { kind: 'place asked for' }, facts);
      else if (step.do === 'put link') state = after(state, { kind: 'link put' }, facts);
      else return withWorker(world, at, { ...worker, state });
    }
  };

  /** The step of the real function, or what it would be without a safeguard. */
  const stepOf = (state: PostState): PostStep => {
    const step = nextStep(blinded(state), facts);
    if (without === 'deleting what cannot be edited' && step.do === 'remove')
      return { do: 'end', handled: { kind: 'settled', state: 'posted' } };
    if (step.do !== 'write') return step;
    const { post } = step.row;
    if (without === 'what is shown is unknown while it is edited' && step.marks && post.state === 'posted')
      return { ...step, row: { ...step.row, post: { ...post, shown: step.marks.before ?? post.shown } } };
    if (without === 'the look for a second message' && post.state === 'posted' && post.twice) {
      const { twice: _, ...once } = post;
      return { ...step, row: { ...step.row, post: once } };
    }
    return step;
  };
  /** The row as somebody sees it who does not know leases. */
  const blinded = (state: PostState): PostState => {
    const { row, owner } = state;
    if (!row) return state;
    const { post } = row;
    if (without === 'the lease of an edit' && post.state === 'posted' && post.lease && post.lease.owner !== owner)
      return { ...state, row: { ...row, post: { ...post, lease: { ...post.lease, endsAt: instant(0) } } } };
    return state;
  };

  function* actsOf(world: World, at: number, worker: Worker): Generator<Next> {
    const { state } = worker;
    const step = stepOf(state);
    const name = `worker ${at + 1}: ${step.do}`;
    const go = (event: PostEvent, to: World = world, more: Partial<Worker> = {}): World =>
      settle(to, at, { ...worker, ...more, state: after(state, event, facts) });
    const callsOf = function* (pending: Pending, eventOf: (answer: never) => PostEvent): Generator<Next> {
      if (pending.shown) judgeCall(world, worker, pending.shown);
      for (const { how, world: to, answer } of answers(world, pending))
        yield {
          what: `${name} ${pending.shown ? `${pending.shown.view} ${pending.shown.revision}` : ''}: ${how}`,
          world: go(eventOf(answer as never), to),
        };
    };
    switch (step.do) {
      case 'read wanted':
        yield {
          what: name,
          world: go({ kind: 'wanted read', revision: world.revision }, world, {
            early: without === 'reading what is wanted before the row' ? world.row : undefined,
          }),
        };
        return;
      case 'check wanted': {
        const revision = without === 'reading what is wanted after the mark' ? (state.revision ?? 0) : world.revision;
        yield { what: `${name} ${revision}`, world: go({ kind: 'wanted checked', revision }) };
        return;
      }
      case 'read row': {
        const stored = without === 'reading what is wanted before the row' ? worker.early : world.row;
        const target = targetAt(state.revision ?? 0, stored, state.channel);
        yield { what: name, world: go({ kind: 'row read', row: stored ?? draft, target }) };
        return;
      }
      case 'ask channel': {
        const isShared = without === 'asking whether the channel is shared' ? false : world.isShared;
        // Whoever does not ask goes by what the list has.
        const name = without === 'asking for the name of the channel' ? (state.target?.channelName as string) : named;
        const value = { id: 'C', name, isMember: true, isArchived: false, isShared, isPrivate: false };
        yield { what: name, world: go({ kind: 'channel told', answer: { kind: 'ok', value } }, world, { isShared: world.isShared }) };
        return;
      }
      case 'look': {
        const seen = without === 'looking into the history' ? [[]] : seenIn(world);
        for (const found of seen)
          yield { what: `${name}: finds ${found.length}`, world: go({ kind: 'looked', answer: { kind: 'ok', value: found } }) };
        return;
      }
      case 'write': {
        const version = world.row?.version ?? 0;
        const isNoMark = without === 'the mark before the call' && step.row.post.state === 'posting' && step.marks !== undefined;
        const isOurs = step.row.version === version || without === 'the version of the row' || without === 'the mark before the call';
        const row = { ...step.row, version: Math.min(step.row.version + 1, 99) };
        const told = isOurs && row.post.state === 'unconfirmed' ? 'unconfirmed' : world.told;
        const to = isOurs && !isNoMark ? { ...world, row, told } : world;
        const marked = step.marks ? { markedAt: ifHidden(world.revision) } : {};
        yield { what: `${name} ${row.post.state}${isOurs ? '' : ': too late'}`, world: go({ kind: 'written', step, isOurs }, to, marked) };
        return;
      }
      case 'post':
        yield* callsOf({ call: 'post', shown: shownOf(step.view), age: 0 }, (answer) => ({
          kind: 'called',
          called: { call: 'post', shown: shownOf(step.view), answer },
        }));
        return;
      case 'update':
        yield* callsOf({ call: 'update', ts: step.ts, shown: shownOf(step.view), age: 0 }, (answer) => ({
          kind: 'called',
          called: { call: 'update', shown: shownOf(step.view), answer },
        }));
        return;
      case 'remove':
        yield* callsOf({ call: 'remove', ts: step.ts, age: 0 }, (answer) => ({ kind: 'called', called: { call: 'remove', answer } }));
        return;
      case 'remove second':
        yield* callsOf({ call: 'remove', ts: step.ts, age: 0 }, (answer) => ({ kind: 'second removed', ts: step.ts, answer }));
        return;
      case 'end': {
        const sent = step.delay === undefined ? world : queued(world, step.delay * 1000);
        yield { what: `${name} ${step.handled.kind} ${step.delay ?? ''}`, world: withWorker(sent, at, null) };
        const left = step.delay === undefined ? undefined : spend(world.left, 'crashes');
        if (left) yield { what: `worker ${at + 1} dies before it acknowledges`, world: queued({ ...withWorker(sent, at, null), left }, 0) };
        return;
      }
      case 'revoke link':
      case 'put link':
      case 'take place':
        throw new Error(`${step.do} is taken at once`);
      default:
        step satisfies never;
    }
  }

  function* events(world: World): Generator<Next> {
    const idle = world.workers.indexOf(null);
    if (idle >= 0 && (world.queue[0] ?? 1) <= 0) {
      const owner = freeOwner(world);
      const worker = { state: begin(owner), age: 0, beganAt: ifHidden(world.revision), markedAt: 0 };
      yield { what: `worker ${idle + 1} takes a message`, world: settle({ ...world, queue: world.queue.slice(1) }, idle, worker) };
    }
    for (const [at, worker] of world.workers.entries()) {
      if (!worker) continue;
      yield* actsOf(world, at, worker);
      const left = spend(world.left, 'crashes');
      // Its message was not acknowledged.
      if (left) yield { what: `worker ${at + 1} dies`, world: queued({ ...withWorker(world, at, null), left }, 0) };
    }
    if (world.revision < revisions.length)
      yield {
        what: `revision ${world.revision + 1}: ${revisions[world.revision]}`,
        world: queued({ ...world, revision: world.revision + 1 }, 0),
      };
    for (const [n, pending] of world.pending.entries()) {
      const to = { ...world, pending: world.pending.filter((_, m) => m !== n) };
      yield { what: `Slack carries out a late ${pending.call}`, world: carriedOut(to, pending, pending.age) };
    }
    for (const { ts } of world.messages) {
      const left = spend(world.left, 'deletions');
      if (left) yield { what: `somebody deletes ${ts}`, world: { ...gone(world, ts), left, isDeleted: true } };
    }
    const asks = spend(world.left, 'asks');
    const post = world.row && askedFor(world.row.post, new Date(t0));
    if (asks && world.row && post && wantedAt(world.revision).standing === 'told') {
      const row = { ...world.row, post, version: world.row.version + 1 };
      yield { what: 'an operator asks for another look', world: queued({ ...world, row, left: asks }, 0) };
    }
    if (world.left.isShared)
      yield { what: 'the channel is shared', world: { ...world, isShared: true, left: { ...world.left, isShared: false } } };
    const passed = timePasses(world);
    if (passed) yield passed;
  }

  /** Time goes on to the next moment at which something is due. */
  function timePasses(world: World): Next | undefined {
    const oldest = Math.max(-1, ...world.workers.map((worker) => worker?.age ?? -1));
    const due = world.queue.filter((delay) => delay > 0);
    const ms = Math.min(...due);
    if (due.length === 0) return undefined;
    // A function does not run for longer.
    const longest = without === 'a lease that outlives the function' ? tooLongMs : longestWorkMs;
    if (oldest >= 0 && oldest + ms > longest) return undefined;
    const shift = (state: PostState): PostState => ({ ...state, row: state.row && earlier(state.row, ms) });
    const later = {
      ...world,
      row: world.row && earlier(world.row, ms),
      queue: world.queue.map((delay) => Math.max(0, delay - ms)),
      workers: world.workers.map((worker) => worker && { ...worker, age: worker.age + ms, state: shift(worker.state) }),
      messages: world.messages.map((one) => ({ ...one, age: Math.min(lagMs, one.age + ms) })),
      // An edit is carried out while its lease runs, or never.
      pending: world.pending
        .map((one) => ({ ...one, age: Math.min(watchedMs + 1, one.age + ms) }))
        .filter(({ call, age }) => call === 'post' || age < postLeaseMs),
    };
    const settled = later.workers.reduce<World>((to, worker, at) => (worker ? settle(to, at, worker) : to), later);
    return { what: `${ms / 1000} seconds pass`, world: settled };
  }

  function judgeEnd(world: World): void {
    const { messages, row } = world;
    if (messages.length > 1 && !world.isTooLate) throw new Broken('P1: never two standing posts of one key');
    if (isHidden(world.revision) && !world.isLate && messages.some(({ shown }) => isText(shown)))
      throw new Broken('P3: nothing that was hidden stays readable');
    if (world.isDeleted || world.isLate) return;
    const wanted = viewAt(world.revision, row);
    const [message] = messages;
    const state = row?.post.state ?? 'none';
    if (wanted === 'nothing') {
      const kind = revisions[world.revision - 1];
      if (message?.shown.view === 'full' && kind !== 'text A' && kind !== 'text B') throw new Broken('P2: what is shown is what is wanted');
      if (!message && (kind === 'text A' || kind === 'text B') && state !== 'lost') throw new Broken('P2: it is shown');
      return;
    }
    // People are told.
    if (world.told === 'unconfirmed') return;
    if (row?.post.state === 'posted' && row.post.refused) return;
    if (state === 'refused' && world.isShared) return;
    if (wanted.view === 'full' && state === 'lost') return;
    const isRight =
      message && (world.isShared ? message.shown.view === 'emptied' || message.shown.revision > 0 : message.shown.view === wanted.view);
    if (!isRight) throw new Broken('P2: what is shown is what is wanted');
    if (!world.isShared && message.shown.hash !== wanted.hash) throw new Broken('P2: what is shown is what is wanted');
  }

  return { next: (world: World): Next[] => [...events(world)], judgeEnd };
}

const shownOf = ({ revision, view, hash }: WantedView): Shown => ({ revision, view, hash });

/** Nobody who is at work, or has left a mark, has this name. */
const freeOwner = ({ row, workers }: World): string => {
  const text = JSON.stringify([row, workers.map((worker) => worker?.state.owner)]);
  return ['a', 'b', 'c', 'd'].map((one) => `owner ${one}`).find((one) => !text.includes(one)) ?? 'owner e';
};

/** What a look can find: what is old enough, and any of the rest. */
function seenIn({ messages, left }: World): { readonly ts: string }[][] {
  const fresh = left.isHistoryLate ? messages.filter(({ age }) => age < lagMs) : [];
  let all = [messages];
  for (const one of fresh) all = all.flatMap((list) => [list, list.filter((other) => other !== one)]);
  return all.map((list) => list.map(({ ts }) => ({ ts })));
}

/** A row after time has passed, as if it had been written so much earlier. */
function earlier(row: SlackPostRow, ms: number): SlackPostRow {
  const move = (at: string) => instant(Math.max(0, Date.parse(at) - t0 - ms));
  const { post } = row;
  switch (post.state) {
    case 'posting':
      return { ...row, post: { ...post, leaseEndsAt: move(post.leaseEndsAt), since: instant(0) } };
    case 'doubtful':
      return { ...row, post: { ...post, lookAt: move(post.lookAt), since: instant(0) } };
    case 'posted':
      return {
        ...row,
        post: {
          ...post,
          ...(post.hidesSince && { hidesSince: instant(0) }),
          ...(post.lease && { lease: { ...post.lease, endsAt: move(post.lease.endsAt) } }),
          ...(post.twice && { twice: { since: instant(0), lookAt: move(post.twice.lookAt) } }),
        },
      };
    default:
      return { ...row, post: { ...post, since: instant(0) } };
  }
}
