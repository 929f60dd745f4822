import type { Hash } from '../../core/approval/approval-request.ts';
import type { ApprovalFile } from '../../core/approval/valid-approvals.ts';
import { afterPress, type NoticePress, publicVersionOf } from '../../core/notice/after-press.ts';
import { dueOf, type NoticePace, settlesAt } from '../../core/notice/due.ts';
import type { External } from '../../core/notice/external.ts';
import {
  afterLookStep,
  beginLook,
  type LookEvent,
  type LookFacts,
  type LookState,
  type LookStep,
  type NoticeStanding,
  nextLookStep,
} from '../../core/notice/look-step.ts';
import type { PublicNotice } from '../../core/notice/ports.ts';
import { mayBeOne, mayHaveWritten, type Writers } from '../../core/shared/persons.ts';
import { aHash, anApprovalFile, anApprover, legal, ruth, tom } from './notice.ts';

/** What a revision of the postmortem is, in a story: one of two texts, hidden, or taken back. */
export type NoticeRevision = 'text A' | 'text B' | 'no text' | 'hidden' | 'retracted';
/** Who the file names: all three, or without the one who approves first. */
export type FileVersion = 'all' | 'without ruth';

export interface NoticeStory {
  /** Ruth and Tom have approved the first text, and the hold is over. Else nothing is seen yet. */
  readonly isApproved?: boolean;
  /** The revisions, the first of which is there at the beginning. */
  readonly revisions: readonly NoticeRevision[];
  /** Approvers who press once each, for whatever is asked when they read it. */
  readonly pressers: readonly ('ruth' | 'tom' | 'legal' | 'tagged ruth' | 'writer')[];
  /** How often somebody stops, or withdraws. */
  readonly stops?: number;
  readonly withdrawals?: number;
  /**
   * How often who wrote it changes, without its text, at any time: Ruth is named, then is not.
   */
  readonly writersChange?: number;
  /** The file changes once, at any time. */
  readonly fileChanges?: boolean;
  /** Workers that look at once. */
  readonly workers?: 1 | 2;
  /** Looks that are killed, at any step. */
  readonly crashes?: number;
  /** An artefact is written over once. */
  readonly forges?: number;
  readonly without?: NoticeSafeguard | undefined;
}

const noticeSafeguards = [
  "comparing the text at the release with the postmortem's",
  'comparing the artefact at the release',
  'the version of the row',
  'the version of the public notice',
  'the same person once',
  'the writer never',
  'the writers as they are named now',
  'who was once named for it',
  'the file at the release',
  'what a press is bound to',
  'a withdrawal before anything else',
  'the row before the postmortem',
] as const;
export type NoticeSafeguard = (typeof noticeSafeguards)[number];

interface Looking {
  readonly kind: 'look';
  readonly state: LookState;
  /** The revision that it read too early. Only without a safeguard. */
  readonly early?: number | undefined;
  /** What the postmortem and the file said when it read them. */
  readonly read?: { readonly text: Hash | undefined; readonly file: FileVersion; readonly writers: Writers } | undefined;
}
/** An approver who has read the row and decides by it. */
interface Pressing {
  readonly kind: 'press';
  readonly who: NoticeStory['pressers'][number];
  readonly row: External | undefined;
  /** The text that the page showed. */
  readonly content: Hash | undefined;
  readonly file: FileVersion;
}

interface Version {
  readonly n: number;
  /** Absent: a withdrawal. */
  readonly content?: string | undefined;
}

interface World {
  readonly now: number;
  readonly revision: number;
  readonly row?: External | undefined;
  readonly versions: readonly Version[];
  readonly current?: PublicNotice | undefined;
  /** A look is asked for. */
  readonly isAsked: boolean;
  readonly workers: readonly (Looking | null)[];
  /** Who reads a page now. */
  readonly page: Pressing | null;
  readonly pressed: readonly string[];
  readonly file: FileVersion;
  readonly left: {
    readonly stops: number;
    readonly withdrawals: number;
    readonly file: number;
    readonly writers: number;
    readonly crashes: number;
    readonly forges: number;
  };
  /** Whose word stands for which request and text, kept beside the product. */
  readonly words: readonly { readonly n: number; readonly content: Hash; readonly who: string }[];
  readonly isForged: boolean;
  /** Ruth is named as a writer now, and a row had her as one for as long as its text stood. */
  readonly isNamed: boolean;
  readonly wasNamed: boolean;
  /** The last version whose mail was made. */
  readonly told: number;
  /** The last version that somebody took back by hand, and its text. */
  readonly takenBack: number;
  readonly takenText?: Hash | undefined;
}

const pace: NoticePace = { settlingMs: 600_000 };
const t0 = Date.UTC(2026, 10, 17, 14);
const content: Readonly<Record<string, Hash>> = { 'text A': aHash('1'), 'text B': aHash('2') };
const artefactOf = (text: Hash): Hash => (text === aHash('1') ? aHash('a') : aHash('b'));
const textOf = (artefact: Hash): Hash => (artefact === aHash('a') ? aHash('1') : aHash('2'));
/** Ruth as another entry would have her, and somebody who wrote the text. */
const people = {
  ruth,
  tom,
  legal,
  'tagged ruth': anApprover('e', 'ruth.abara+two@example.com'),
  writer: anApprover('f', 'ana.silva@example.com'),
} as const;
const writers: Writers = { addresses: ['ana.silva@example.com'], names: [] };
const more: Writers = { ...writers, addresses: [...writers.addresses, 'ruth.abara@example.com'] };
const writersIn = ({ isNamed }: Pick<World, 'isNamed'>): Writers => (isNamed ? more : writers);
const everybody = Object.values(people);
const files: Readonly<Record<FileVersion, ApprovalFile>> = {
  all: anApprovalFile({ approvers: everybody }),
  'without ruth': anApprovalFile({ approvers: everybody.filter((one) => one !== ruth && one !== people['tagged ruth']) }),
};
const pm = 'checkout-down';
const publicId = 'bcdfghjkmn';

/** Everybody's approvals of the first text are there, and its release is due. */
function approvedWorld(): Pick<World, 'now' | 'row' | 'words'> {
  const [at, releaseAt] = ['2026-11-17T14:20:00Z', '2026-11-17T14:30:00Z'];
  const text = aHash('1');
  const approvals = [ruth, tom].map(({ person }) => ({ person, sid: person, at, content: text, ticked: [] }));
  const request = { state: 'approved', n: 1, content: text, artefact: artefactOf(text), approvals, at, releaseAt } as const;
  const seen = { content: text, at: '2026-11-17T14:00:00Z' };
  return {
    now: Date.parse(releaseAt),
    row: { postmortem: pm, version: 4, publicId, n: 1, seen, writers, request: { ...request, approvals }, mails: [] },
    words: [ruth, tom].map((one) => ({ n: 1, content: text, who: one === ruth ? 'ruth' : 'tom' })),
  };
}

/** Of a text that goes on changing, so that only the first change decides when it settles. */
const latest = '2027-11-17T14:00:00Z';

class Broken extends Error {}

export interface ExploredNotice {
  readonly states: number;
  readonly broken?: { readonly promise: string; readonly history: readonly string[] } | undefined;
  /** Whether there is an end at which customers read each of these texts. */
  readonly reached: readonly string[];
}

/**
 * Tries everything that can happen in a story, in every order, with the functions that decide about
 * a notice. Ends at the first broken promise.
 */
export function exploreNotice(story: NoticeStory, most = 3_000_000): ExploredNotice {
  const { next, judge, judgeEnd } = rulesOf(story);
  const first: World = {
    now: t0,
    revision: 0,
    versions: [],
    isAsked: true,
    workers: Array.from({ length: story.workers ?? 1 }, () => null),
    page: null,
    pressed: [],
    file: 'all',
    left: {
      stops: story.stops ?? 0,
      withdrawals: story.withdrawals ?? 0,
      file: story.fileChanges ? 1 : 0,
      writers: story.writersChange ?? 0,
      crashes: story.crashes ?? 0,
      forges: story.forges ?? 0,
    },
    words: [],
    isForged: false,
    isNamed: false,
    wasNamed: false,
    told: 0,
    takenBack: 0,
    ...(story.isApproved && approvedWorld()),
  };
  const known = new Set<string>([keyOf(first)]);
  const frontier: { readonly world: World; readonly parent: number; readonly what: string }[] = [{ world: first, parent: -1, what: '' }];
  const reached = new Set<string>();
  const historyOf = (id: number): string[] => {
    const entry = frontier[id];
    return !entry || entry.parent < 0 ? [] : [...historyOf(entry.parent), entry.what];
  };
  for (let at = 0; at < frontier.length; at += 1) {
    const entry = frontier[at];
    if (!entry) break;
    try {
      let isEnd = true;
      for (const { what, world } of next(entry.world)) {
        isEnd = false;
        judge(entry.world, world);
        const key = keyOf(world);
        if (known.has(key)) continue;
        known.add(key);
        frontier.push({ world, parent: at, what });
      }
      if (isEnd) reached.add(judgeEnd(entry.world));
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      return { states: frontier.length, broken: { promise: error.message, history: historyOf(at) }, reached: [...reached] };
    }
    if (frontier.length > most) throw new Error(`more than ${most} states`);
  }
  return { states: frontier.length, reached: [...reached].toSorted() };
}

/**
 * A world as far as it decides what may still happen: times are relative to now, those that decide
 * nothing any more are left out, and versions of the row are compared with each other alone.
 */
function keyOf(world: World): string {
  const rows = [world.row, world.page?.row, ...world.workers.flatMap((worker) => [worker?.state.row, worker?.state.wanted])];
  const ranks = [...new Set([0, ...rows.map((row) => row?.version ?? 0)])].toSorted((a, b) => a - b);
  const ahead = (at: unknown): number => Math.max(0, Date.parse(String(at)) - world.now);
  return JSON.stringify(world, (name, value: unknown) => {
    switch (name) {
      case 'at':
      case 'publishedAt':
      case 'now':
      case 'reason':
        return undefined;
      case 'publicSince':
        return true;
      case 'askedAt':
        return Date.parse(String(value)) - world.now;
      case 'releaseAt':
      case 'againAt':
        return ahead(value);
      case 'seen':
        return isSeen(value)
          ? [value.content, ahead(settlesAt(value, pace)), ahead(settlesAt({ ...value, since: value.since ?? value.at, at: latest }, pace))]
          : value;
      case 'row':
      case 'wanted':
        return isRow(value) ? { ...value, version: undefined, rank: ranks.indexOf(value.version) } : value;
      default:
        return value;
    }
  });
}
const isSeen = (value: unknown): value is NonNullable<External['seen']> => typeof value === 'object' && value !== null && 'at' in value;
const isRow = (value: unknown): value is External => typeof value === 'object' && value !== null && 'version' in value;

function rulesOf(story: NoticeStory) {
  const { revisions, without } = story;
  const standingAt = (revision: number, written = writers): NoticeStanding => {
    const kind = revisions[revision] ?? 'no text';
    const is = kind === 'retracted' ? 'taken back' : kind === 'hidden' ? 'hidden' : 'tellable';
    return { is, content: content[kind], writers: written, hasProducts: true, hasChange: true };
  };
  const factsOf = (world: World): LookFacts => ({ now: new Date(world.now), pace });
  const put = (world: World, row: External): { world: World; isOurs: boolean } => {
    const isOurs = without === 'the version of the row' || (world.row?.version ?? 0) === row.version;
    const wasNamed = row.seen !== undefined && (mayHaveWritten(ruth, row.writers ?? writers) || world.wasNamed);
    return { isOurs, world: isOurs ? { ...world, wasNamed, row: { ...row, version: (world.row?.version ?? 0) + 1 } } : world };
  };
  const withWorker = (world: World, at: number, worker: Looking | null): World => ({
    ...world,
    workers: world.workers.map((one, n) => (n === at ? worker : one)),
  });

  /** What a step comes to. */
  function carryOut(step: Exclude<LookStep, { do: 'end' }>, world: World, looking: Looking): { event: LookEvent; world: World } {
    switch (step.do) {
      case 'read row':
        return { world, event: { kind: 'row read', row: world.row } };
      case 'read document':
        return {
          world,
          event: {
            kind: 'document read',
            standing: standingAt(looking.early ?? world.revision, writersIn(world)),
            file: files[world.file],
          },
        };
      case 'count open':
        return { world, event: { kind: 'open counted', open: 0 } };
      case 'check':
        return { world, event: { kind: 'checked', check: { refuse: [], look: [] } } };
      case 'store artefact': {
        const text = looking.state.standing?.content ?? '';
        return { world, event: { kind: 'artefact stored', artefact: artefactOf(text) } };
      }
      case 'read artefact': {
        const text = world.isForged ? aHash('9') : textOf(step.artefact);
        // The adapter answers nothing for what differs from its hash.
        if (without === 'comparing the artefact at the release')
          return { world, event: { kind: 'artefact read', stored: { content: textOf(step.artefact), look: [] } } };
        return { world, event: { kind: 'artefact read', stored: world.isForged ? undefined : { content: text, look: [] } } };
      }
      case 'put version': {
        const text = step.artefact === undefined ? undefined : world.isForged ? aHash('9') : textOf(step.artefact);
        // What is not as it was approved is not put: the step throws, and the message comes again.
        const isThere = world.versions.some(({ n }) => n === step.version);
        const versions = isThere ? world.versions : [...world.versions, { n: step.version, ...(text !== undefined && { content: text }) }];
        return { world: { ...world, versions }, event: { kind: 'version put' } };
      }
      case 'read current':
        return { world, event: { kind: 'current read', current: world.current } };
      case 'show': {
        const isStill = (world.current?.version ?? 0) === (step.over?.version ?? 0) && (world.current?.version ?? 0) < step.notice.version;
        const isOurs = isStill || without === 'the version of the public notice';
        return { world: isOurs ? { ...world, current: step.notice } : world, event: { kind: 'shown', isOurs } };
      }
      case 'tell':
        return { world: { ...world, told: Math.max(world.told, step.version) }, event: { kind: 'done' } };
      case 'mail':
        return { world, event: { kind: 'done' } };
      case 'write': {
        const { isOurs, world: after } = put(world, step.row);
        return { world: after, event: { kind: 'written', isOurs } };
      }
      default:
        return step satisfies never;
    }
  }

  function* looks(world: World, at: number, looking: Looking): Generator<{ what: string; world: World }> {
    const step = nextLookStep(looking.state, factsOf(world));
    const name = `look ${at + 1}: ${step.do}`;
    if (step.do === 'end') {
      yield { what: name, world: withWorker(world, at, null) };
      return;
    }
    if (step.do === 'put version' && step.artefact !== undefined && world.isForged && without !== 'comparing the artefact at the release') {
      // It throws. The message comes again, and people are told by the alarm.
      yield { what: `${name} fails`, world: withWorker(world, at, null) };
      return;
    }
    if (step.do === 'write') judgeRelease(step.row, looking);
    const { event, world: after } = carryOut(step, world, looking);
    const read =
      step.do === 'read document'
        ? { read: { text: standingAt(world.revision).content, file: world.file, writers: writersIn(world) } }
        : {};
    const early = step.do === 'read row' && without === 'the row before the postmortem' ? { early: looking.early ?? world.revision } : {};
    const changed = adapted(event, looking, world);
    const state = afterLookStep(looking.state, changed, factsOf(world), pm);
    yield {
      what: `${name}${step.do === 'write' ? ` ${step.row.request?.state ?? ''}` : ''}`,
      world: withWorker(after, at, { ...looking, ...early, ...read, state }),
    };
    // Its message was not acknowledged, so it comes again.
    if (world.left.crashes > 0) {
      const left = { ...world.left, crashes: world.left.crashes - 1 };
      yield { what: `${name}, then it dies`, world: withWorker({ ...after, left, isAsked: true }, at, null) };
      yield { what: `${name.replace(':', ' dies before:')}`, world: withWorker({ ...world, left, isAsked: true }, at, null) };
    }
  }

  /** By what the look had read, which may be older by now. */
  function judgeRelease({ request }: External, { state, read }: Looking): void {
    if (request?.state !== 'releasing' || state.row?.request?.state !== 'approved') return;
    if (read?.text !== request.content) throw new Broken('N4: one byte voids');
    const named = files[read.file].approvers;
    const left = request.approvals.filter(({ person }) => named.some((one) => one.person === person));
    if (left.length < 2) throw new Broken('N1: the file names two of them still');
    const others = left.filter(({ person }) => !named.some((one) => one.person === person && mayHaveWritten(one, read.writers)));
    if (others.length < 2) throw new Broken('N7: two of them are no writers as they are named now');
  }

  /** What a look sees without a safeguard. */
  function adapted(event: LookEvent, looking: Looking, world: World): LookEvent {
    if (without === 'who was once named for it' && event.kind === 'row read' && event.row !== 'unknown' && event.row?.writers)
      return { ...event, row: { ...event.row, writers: writersIn(world) } };
    if (without === 'the writer never' && event.kind === 'row read' && event.row !== 'unknown' && event.row?.request?.state === 'approved')
      return { ...event, row: { ...event.row, writers: { addresses: [], names: [] } } };
    if (event.kind !== 'document read' || !event.standing) return event;
    if (without === 'the writers as they are named now') return { ...event, standing: { ...event.standing, writers } };
    const { request } = looking.state.row ?? {};
    const asked = request && 'content' in request ? request.content : undefined;
    if (without === "comparing the text at the release with the postmortem's" && request?.state === 'approved' && event.standing.content)
      return { ...event, standing: { ...event.standing, content: asked } };
    if (without === 'a withdrawal before anything else' && event.standing.is === 'taken back')
      return { ...event, standing: { ...event.standing, is: 'tellable', content: asked } };
    if (request?.state === 'approved') {
      if (without === 'the file at the release') return { ...event, file: files.all };
      if (without === 'the same person once') return { ...event, file: { ...files.all, approvers: estranged(files.all.approvers) } };
      if (without === 'the writer never') return { ...event, standing: { ...event.standing, writers: { addresses: [], names: [] } } };
    }
    return event;
  }

  /** An approver reads the page, and later presses. */
  function* presses(world: World): Generator<{ what: string; world: World }> {
    if (world.page) {
      const { who, row, content: shown, file } = world.page;
      const done: World = { ...world, page: null };
      const request = world.row?.request;
      const n = row?.request && 'n' in row.request ? row.request.n : 0;
      const asked = without === 'what a press is bound to' && request && 'n' in request ? request : undefined;
      const press: NoticePress = { act: 'approve', n: asked?.n ?? n, content: asked?.content ?? shown ?? '', ticked: [] };
      const stored = without === 'the version of the row' ? row : world.row;
      const loosened: ApprovalFile = files[file];
      const by = { sid: people[who].person };
      const rowNow = stored;
      const approvers = without === 'the same person once' ? estranged(loosened.approvers) : loosened.approvers;
      const after = rowNow
        ? afterPress(rowNow, press, by, {
            file: { ...loosened, approvers },
            writers: writersAtPress(world, rowNow),
            remarks: [],
            now: new Date(world.now),
          })
        : { refused: 'over' };
      if ('refused' in after) {
        yield { what: `${who}: ${after.refused}`, world: done };
        return;
      }
      const { isOurs, world: written } = put(done, after);
      const words = [...world.words, { n, content: shown ?? '', who }];
      yield {
        what: `${who} approves`,
        world: isOurs ? { ...written, words, isAsked: true } : { ...world, page: { ...world.page, row: world.row, file: world.file } },
      };
      return;
    }
    for (const who of story.pressers) {
      const { row } = world;
      if (world.pressed.includes(who) || row?.request?.state !== 'open') continue;
      const page: Pressing = { kind: 'press', who, row, content: row.request.content, file: world.file };
      yield { what: `${who} reads the page`, world: { ...world, page, pressed: [...world.pressed, who] } };
    }
  }

  const writersAtPress = (world: World, row: External): Writers => {
    if (without === 'the writer never') return { addresses: [], names: [] };
    return without === 'who was once named for it' ? writersIn(world) : (row.writers ?? writers);
  };

  function* acts(world: World): Generator<{ what: string; world: World }> {
    const { row, left } = world;
    const by = { sid: tom.person };
    const facts = { file: files.all, writers, remarks: [], now: new Date(world.now) };
    const act = (press: NoticePress, spent: World['left'], what: string): { what: string; world: World } | undefined => {
      const after = row && afterPress(row, press, by, facts);
      if (!after || 'refused' in after) return undefined;
      return { what, world: { ...put({ ...world, left: spent, isAsked: true }, after).world } };
    };
    if (left.stops > 0 && row?.request && 'n' in row.request) {
      const stopped = act({ act: 'stop', n: row.request.n, reason: 'no' }, { ...left, stops: left.stops - 1 }, 'tom stops it');
      if (stopped) yield stopped;
    }
    const version = row && (publicVersionOf(row)?.n ?? (row.request?.state === 'releasing' ? row.request.n : undefined));
    if (left.withdrawals > 0 && version !== undefined) {
      const taken = act({ act: 'withdraw', version, reason: 'no' }, { ...left, withdrawals: left.withdrawals - 1 }, 'tom withdraws it');
      if (taken) yield { ...taken, world: { ...taken.world, takenBack: version, takenText: row && textOfVersion(row, version) } };
    }
    if (left.file > 0) yield { what: 'the file changes', world: { ...world, file: 'without ruth', left: { ...left, file: 0 } } };
    if (left.writers > 0) {
      const named = { ...world, isNamed: !world.isNamed, isAsked: true, left: { ...left, writers: left.writers - 1 } };
      yield { what: named.isNamed ? 'ruth is named as a writer' : 'ruth is not named any more', world: named };
    }
    if (left.forges > 0 && row?.request)
      yield { what: 'an artefact is written over', world: { ...world, isForged: true, left: { ...left, forges: 0 } } };
    if (world.revision + 1 < revisions.length)
      yield { what: `revision ${revisions[world.revision + 1]}`, world: { ...world, revision: world.revision + 1, isAsked: true } };
  }

  function* next(world: World): Generator<{ what: string; world: World }> {
    const idle = world.workers.indexOf(null);
    if (idle >= 0 && world.isAsked) {
      const looking: Looking = {
        kind: 'look',
        state: beginLook(publicId),
        ...(without === 'the row before the postmortem' && { early: world.revision }),
      };
      yield { what: `look ${idle + 1} begins`, world: withWorker({ ...world, isAsked: false }, idle, looking) };
    }
    for (const [at, worker] of world.workers.entries()) if (worker) yield* looks(world, at, worker);
    yield* presses(world);
    yield* acts(world);
    // `sweep` asks for what is due. While nobody works, time goes on to the next thing that is.
    const due = world.row && dueOf(world.row, pace);
    const isQuiet = world.workers.every((worker) => worker === null) && !world.isAsked;
    if (isQuiet && due !== undefined && !(world.isForged && world.row?.request?.state === 'releasing')) {
      const now = Math.max(world.now, Date.parse(due));
      yield { what: `at ${new Date(now).toISOString().slice(8, 16)} it is due`, world: { ...world, now, isAsked: true } };
    }
  }

  function judge(before: World, after: World): void {
    const asked = after.row?.request;
    if (asked?.state === 'open' && asked.content === after.takenText && asked.n > after.takenBack && before.row?.request !== asked)
      throw new Broken('N6: what somebody took back is not asked by itself');
    const [was, is] = [before.current, after.current];
    if (was && is && is.version < was.version) throw new Broken('N2: the public version never falls');
    if (was === is || !is || is.standing !== 'public') return;
    const version = after.versions.find(({ n }) => n === is.version);
    if (version?.content === undefined) throw new Broken('N3: a public version has a text');
    const words = after.words.filter((word) => word.n === is.version && word.content === version.content);
    const heard: (keyof typeof people)[] = [];
    for (const { who } of words) {
      const name = everyName.find((one) => one === who);
      if (!name || mayHaveWritten(people[name], before.wasNamed ? more : writers)) continue;
      if (!heard.some((other) => mayBeOne(people[other], people[name]))) heard.push(name);
    }
    if (heard.length < 2)
      throw new Broken(before.wasNamed ? 'N7: two who never wrote it approved' : 'N1: two valid persons approved what is public');
  }

  /** At the end nothing is at work and nothing is due. */
  function judgeEnd(world: World): string {
    const { row, current } = world;
    const isPublic = current?.standing === 'public';
    const standing = standingAt(world.revision);
    if (isPublic && standing.is === 'taken back') throw new Broken('N3: nothing shows after a withdrawal');
    if (isPublic !== (row !== undefined && publicVersionOf(row) !== undefined) && !world.isForged)
      throw new Broken('N3: what is public is what the row says');
    if (row?.withdrawn && isPublic && row.withdrawn.n > current.version) throw new Broken('N3: nothing shows after a withdrawal');
    if (isPublic && current.version <= world.takenBack) throw new Broken('N3: nothing shows after a withdrawal');
    if (isPublic && world.told !== current.version) throw new Broken('N5: its mail was made');
    if (current?.standing === 'withdrawn' && world.told !== current.version) throw new Broken('N5: the mail of its withdrawal was made');
    const text = isPublic ? world.versions.find(({ n }) => n === current.version)?.content : undefined;
    return text === undefined
      ? (current?.standing ?? 'nothing')
      : text === aHash('1')
        ? 'text A'
        : text === aHash('2')
          ? 'text B'
          : 'forged';
  }

  return { next, judge, judgeEnd };
}
const textOfVersion = ({ shown, request }: External, version: number): Hash | undefined =>
  shown?.n === version ? shown.content : request && 'n' in request && request.n === version ? request.content : undefined;
/** As if nobody compared addresses. */
const estranged = (approvers: ApprovalFile['approvers']): ApprovalFile['approvers'] =>
  approvers.map((one) => (one === people['tagged ruth'] ? { ...one, addresses: ['x1@example.com'] } : one));
const everyName = ['ruth', 'tom', 'legal', 'tagged ruth', 'writer'] as const;
