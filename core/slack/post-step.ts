import { hourMs } from '../shared/duration.ts';
import type { Instant } from '../shared/instant.ts';
import type { Audience } from '../stream/audience.ts';
import { afterLook, inDoubt, inMs, twiceMs } from './after-look.ts';
import type { FoundMessage, SlackAnswer } from './ports.ts';
import type { Shown, SlackChannel, SlackPost, SlackPostRow } from './slack-post.ts';
import { sharedView, type WantedView } from './wanted-view.ts';

/**
 * How long a mark or an edit keeps others away. The function ends earlier, so nobody who is still
 * at work has lost the post.
 */
export const postLeaseMs = 30_000;
/** The longest that the function may run. */
export const longestWorkMs = 25_000;
/** What must be left of it before a post is marked: a place, one call and three writes. */
const callMs = 15_000;

/** SQS delays a message by at most this many seconds. */
const longestDelay = 900;
/** Seconds until a history that cannot be read is asked for again. */
const unreadableDelay = 60;
/** Seconds until it is tried again to hide what Slack refuses to hide. Without end. */
const notWithdrawnDelay = 300;
/** How long nothing is asked of a Slack that does not know our token. */
export const stoppedMs = 600_000;
/** Seconds until it is asked again all the same, because something has to be hidden. */
const stoppedWithdrawalDelay = 60;

/** Slack's words for too many calls. */
export const throttles: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited']);

/** All that one worker knows of the post that it works on. */
export interface PostState {
  readonly owner: string;
  /** The revision that is wanted, as it was read last; 0: nothing is. */
  readonly revision?: number | undefined;
  /** As it was read or written last. Version 0: it is not stored yet. */
  readonly row?: SlackPostRow | undefined;
  readonly target?: Target | undefined;
  readonly fit?: Fit | undefined;
  /** The channel as Slack described it, and with it the name that decides its audience. */
  readonly channel?: SlackChannel | undefined;
  readonly hasPlace: boolean;
  /** What came of the last call. No write has recorded it yet. */
  readonly called?: Called | undefined;
  /** What was marked: the hash of the text, and what the post showed before. */
  readonly marked?: { readonly hash: string; readonly before?: Shown | undefined } | undefined;
  /** The link of another audience, before the mark. */
  readonly isOldLinkRevoked: boolean;
  /** After the mark. */
  readonly isLinkPut: boolean;
  /** It was read after the mark that the same revision is still wanted. */
  readonly isChecked: boolean;
  /** The messages that the history showed just now, or why it could not be read. */
  readonly looked?: readonly FoundMessage[] | undefined;
  readonly unreadable?: { readonly code: string; readonly isRefused: boolean } | undefined;
  /** A second message was there, so that both are known. */
  readonly isSecondRemoved: boolean;
  /** What is wanted was read once more, because a later revision is shown. */
  readonly isReadAgain: boolean;
  readonly ending?: Ending | undefined;
}

/** What a post should be. */
export interface Target {
  readonly view: WantedView | 'nothing';
  readonly audience: Audience;
  /** The channel's name by which the audience was decided. Undefined: nobody knew it. */
  readonly channelName: string | undefined;
  /** The link's secret that the view prints. */
  readonly link?: string | undefined;
  /** The secret that takes its place once the text has to go. */
  readonly nextLink?: string | undefined;
  /** Whether it opens something: see `slack.links`. */
  readonly isLinkOpen: boolean;
}

/** Whether a text may stand in the channel. A code: Slack's reason why not. */
export type Fit = 'fit' | 'shared' | { readonly code: string };

/** `shown`: what the message shows if the call was carried out. */
export type Called =
  | { readonly call: 'post'; readonly shown: Shown; readonly answer: SlackAnswer<{ readonly ts: string }> }
  | { readonly call: 'update'; readonly shown: Shown; readonly answer: SlackAnswer<void> }
  | { readonly call: 'remove'; readonly answer: SlackAnswer<void> };

/** How a message ended. All of them are acknowledged. */
export type PostHandled =
  /** Nothing is left to be done. */
  | { readonly kind: 'settled'; readonly state: SlackPost['state'] }
  /** A message was sent again. */
  | { readonly kind: 'later'; readonly why: string }
  /** Slack takes nothing of us. A message was sent again. */
  | { readonly kind: 'stopped'; readonly code: string }
  /** The text of what may not be shown stands. A message was sent again. */
  | { readonly kind: 'not withdrawn'; readonly code: string }
  /** Nobody will ever know whether it was posted. */
  | { readonly kind: 'unconfirmed' };

export interface Hold {
  readonly until: Instant;
  readonly why: string;
  /** The post's channel alone. */
  readonly isOfChannel: boolean;
}

/** `delay`: seconds until the message comes again. Undefined: it does not. */
export interface Ending {
  readonly handled: PostHandled;
  readonly delay?: number | undefined;
  readonly hold?: Hold | undefined;
}

export interface PostFacts {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds that this invocation still has. */
  readonly remainingMs: number;
}

/** One act of a worker. */
export type PostStep =
  | { readonly do: 'read wanted' }
  | { readonly do: 'read row' }
  /** `isFirst`: something has to be hidden. It waits for Slack's own limits alone. */
  | { readonly do: 'take place'; readonly isFirst: boolean }
  | { readonly do: 'ask channel' }
  | { readonly do: 'look'; readonly since: Instant }
  | { readonly do: 'write'; readonly row: SlackPostRow; readonly marks?: PostState['marked']; readonly ending?: Ending }
  | { readonly do: 'revoke link'; readonly link: string }
  | { readonly do: 'put link'; readonly link: string; readonly audience: Audience }
  | { readonly do: 'check wanted' }
  | { readonly do: 'post'; readonly view: WantedView }
  | { readonly do: 'update'; readonly ts: string; readonly view: WantedView }
  | { readonly do: 'remove'; readonly ts: string }
  | { readonly do: 'remove second'; readonly ts: string }
  | ({ readonly do: 'end' } & Ending);

/** What an act has brought. */
export type PostEvent =
  | { readonly kind: 'wanted read'; readonly revision: number }
  | { readonly kind: 'row read'; readonly row: SlackPostRow; readonly target: Target }
  /** `wait`: milliseconds until a place can be had. `stopped`: why Slack takes nothing of us. */
  | { readonly kind: 'place asked for'; readonly wait?: number; readonly stopped?: string }
  | { readonly kind: 'channel told'; readonly answer: SlackAnswer<SlackChannel> }
  | { readonly kind: 'looked'; readonly answer: SlackAnswer<readonly FoundMessage[]> }
  | { readonly kind: 'written'; readonly step: Extract<PostStep, { do: 'write' }>; readonly isOurs: boolean }
  | { readonly kind: 'link revoked' }
  | { readonly kind: 'link put' }
  | { readonly kind: 'wanted checked'; readonly revision: number }
  | { readonly kind: 'called'; readonly called: Called }
  | { readonly kind: 'second removed'; readonly ts: string; readonly answer: SlackAnswer<void> };

export const begin = (owner: string): PostState => ({
  owner,
  hasPlace: false,
  isOldLinkRevoked: false,
  isLinkPut: false,
  isChecked: false,
  isSecondRemoved: false,
  isReadAgain: false,
});

/** What is done next. docs/adr/059-posts.md explains it. */
export function nextStep(state: PostState, facts: PostFacts): PostStep {
  if (state.ending) return { do: 'end', ...state.ending };
  // WANTED first: who finds the row unmarked knows that a later mark reads WANTED after this.
  if (state.revision === undefined) return { do: 'read wanted' };
  const { row, target } = state;
  if (!row || !target) return { do: 'read row' };
  const { post } = row;
  if (state.called && isOurs(post, state.owner)) return recordStep(state, row, post, target, state.called, facts);
  switch (post.state) {
    case 'absent':
    case 'refused':
      return beginStep(state, row, post, target, facts);
    case 'posting':
      return postingStep(state, row, post, target, facts);
    case 'doubtful':
    case 'unconfirmed':
      return lookStep(state, row, post, target, facts);
    case 'posted':
      return editStep(state, row, post, target, facts);
    case 'lost':
      return settled(post);
    default:
      return post satisfies never;
  }
}

type PostOf<S extends SlackPost['state']> = Extract<SlackPost, { state: S }>;

/** If not, the row was changed while we called, and what it says now counts. */
const isOurs = (post: SlackPost, owner: string): post is PostOf<'posting' | 'posted'> =>
  (post.state === 'posting' && post.owner === owner) || (post.state === 'posted' && post.lease?.owner === owner);

const isWithdrawn = ({ view }: Target): boolean => view !== 'nothing' && view.view !== 'full';
const settled = ({ state }: SlackPost): PostStep => ({ do: 'end', handled: { kind: 'settled', state } });
const write = (row: SlackPostRow, post: SlackPost, more: Omit<Extract<PostStep, { do: 'write' }>, 'do' | 'row'> = {}): PostStep => ({
  do: 'write',
  row: { ...row, post },
  ...more,
});
const later = (why: string, ms: number): Ending => ({ handled: { kind: 'later', why }, delay: secondsIn(ms) });
const wait = (why: string, ms: number): PostStep => ({ do: 'end', ...later(why, ms) });
/** A message that comes a moment too early would only be sent again. */
const secondsIn = (ms: number): number => Math.min(longestDelay, Math.max(1, Math.ceil(ms / 1000)));
const until = (instant: Instant, { now }: PostFacts): number => Date.parse(instant) - now;

/** There is no message, for all that we know. */
function beginStep(state: PostState, row: SlackPostRow, post: PostOf<'absent' | 'refused'>, target: Target, facts: PostFacts): PostStep {
  const { view } = target;
  if (view === 'nothing' || view.view !== 'full') return settled(post);
  if (post.state === 'refused' && post.hash === view.hash) return settled(post);
  const doubts = post.state === 'absent' ? post.doubts : 0;
  // The message of a first call may have come after the last look.
  const isToLook = doubts > 0 && !state.looked;
  if (state.unreadable) return unreadableStep(row, target, state.unreadable, facts);
  if (!state.hasPlace) return placeStep(target, facts);
  if (isToLook) return { do: 'look', since: post.since };
  if (doubts > 0 && state.looked && state.looked.length > 0)
    return write(row, afterLook(inDoubt({ since: post.since, attempt: 2 }, facts.now), state.looked, facts.now));
  if (!state.fit) return { do: 'ask channel' };
  const now = inMs(facts.now, 0);
  if (state.fit !== 'fit') {
    const waits = post.state === 'refused' ? post.since : now;
    return write(row, { state: 'refused', code: codeOf(state.fit), hash: view.hash, since: waits });
  }
  const since = doubts > 0 ? post.since : now;
  const leaseEndsAt = inMs(facts.now, postLeaseMs);
  const marked: SlackPost = { state: 'posting', owner: state.owner, leaseEndsAt, since, attempt: doubts === 0 ? 1 : 2 };
  return markStep(state, row, target, marked, { hash: view.hash });
}

/** A call needs a place, and time for its answer to be recorded. */
const placeStep = (target: Target, { remainingMs }: PostFacts): PostStep =>
  remainingMs < callMs ? wait('the function has too little time left', 0) : { do: 'take place', isFirst: isWithdrawn(target) };

const codeOf = (fit: Exclude<Fit, 'fit'>): string => (fit === 'shared' ? 'is_ext_shared' : fit.code);

/**
 * The mark. A text for another audience gets a link of its own, and the old one is revoked before,
 * because afterwards nobody knows it.
 */
function markStep(
  { isOldLinkRevoked }: PostState,
  row: SlackPostRow,
  { audience, link, view }: Target,
  post: SlackPost,
  marks: NonNullable<PostState['marked']>,
): PostStep {
  // What shows no text keeps the audience and the link of the text before.
  if (view === 'nothing' || view.view !== 'full') return write(row, post, { marks });
  const isOther = row.version > 0 && row.link !== undefined && row.link !== link;
  if (isOther && !isOldLinkRevoked) return { do: 'revoke link', link: row.link };
  return write({ ...row, audience, link }, post, { marks });
}

/** Marked: by us, who go on to the call, or by another. */
function postingStep(state: PostState, row: SlackPostRow, post: PostOf<'posting'>, target: Target, facts: PostFacts): PostStep {
  const left = until(post.leaseEndsAt, facts);
  if (left <= 0) return write(row, { ...inDoubt(post, facts.now), lookAt: inMs(facts.now, 0) });
  if (post.owner !== state.owner) return wait('another worker posts it', left);
  const { view } = target;
  // It was taken back between the mark and the call.
  if (view === 'nothing' || view.view !== 'full') return write(row, absentAgain(post));
  return callStep(state, target, { do: 'post', view });
}

const absentAgain = ({ since, attempt }: PostOf<'posting'>): SlackPost => ({ state: 'absent', since, doubts: attempt === 1 ? 0 : 1 });

/** The last acts before a call that shows a text. */
function callStep({ isLinkPut, isChecked }: PostState, { audience, link, isLinkOpen }: Target, call: PostStep): PostStep {
  if (!isLinkPut && isLinkOpen && link !== undefined && isText(call)) return { do: 'put link', link, audience };
  return isChecked ? call : { do: 'check wanted' };
}
const isText = (step: PostStep): boolean => (step.do === 'post' || step.do === 'update') && step.view.view === 'full';

/** Looks whether the message is there: when it is time, or at once if its text has to go. */
function lookStep(
  state: PostState,
  row: SlackPostRow,
  post: PostOf<'doubtful' | 'unconfirmed'>,
  target: Target,
  facts: PostFacts,
): PostStep {
  const { looked } = state;
  if (state.unreadable) return unreadableStep(row, target, state.unreadable, facts);
  const left = post.state === 'doubtful' ? until(post.lookAt, facts) : 0;
  const isDue = post.state === 'doubtful' && left <= 0;
  if (!looked) {
    if (!isDue && !isWithdrawn(target)) return post.state === 'doubtful' ? wait('it is looked for', left) : settled(post);
    return state.hasPlace ? { do: 'look', since: post.since } : placeStep(target, facts);
  }
  const doubtful: PostOf<'doubtful'> = post.state === 'doubtful' ? post : { ...inDoubt({ ...post, attempt: 2 }, facts.now), looks: 2 };
  if (looked.length === 0 && !isDue) return post.state === 'doubtful' ? wait('it is looked for', left) : settled(post);
  const { unreadableSince: _, ...readable } = doubtful;
  const after = afterLook(readable, looked, facts.now);
  if (after.state === 'unconfirmed') return write(row, after, { ending: { handled: { kind: 'unconfirmed' } } });
  if (after.state === 'doubtful') return write(row, after, { ending: later('it is looked for', until(after.lookAt, facts)) });
  return write(row, after);
}

/**
 * A history that cannot be read for an hour ends the doubt, because nobody can tell. It does not
 * end while a text has to go. The time in which Slack is throttled or stopped does not count.
 */
function unreadableStep(
  row: SlackPostRow,
  target: Target,
  { code, isRefused }: NonNullable<PostState['unreadable']>,
  facts: PostFacts,
): PostStep {
  const { post } = row;
  const isKept = isWithdrawn(target) && isRefused && post.state !== 'posted';
  const ending: Ending = isKept
    ? { handled: { kind: 'not withdrawn', code }, delay: notWithdrawnDelay }
    : later(code, unreadableDelay * 1000);
  if (post.state !== 'doubtful') return { do: 'end', ...ending };
  const since = post.unreadableSince;
  if (since === undefined) return write(row, { ...post, unreadableSince: inMs(facts.now, 0) }, { ending });
  if (isWithdrawn(target) || until(since, facts) > -hourMs) return { do: 'end', ...ending };
  return write(row, { state: 'unconfirmed', since: post.since }, { ending: { handled: { kind: 'unconfirmed' } } });
}

/** The message stands: it is edited if it shows something else, and a second one is looked for. */
function editStep(state: PostState, row: SlackPostRow, post: PostOf<'posted'>, target: Target, facts: PostFacts): PostStep {
  const left = post.lease ? until(post.lease.endsAt, facts) : 0;
  const isMarked = left > 0 && post.lease?.owner === state.owner;
  if (left > 0 && !isMarked) return wait('another worker edits it', left);
  const view = viewFor(state, target);
  if (view === 'nothing') return twiceStep(state, row, post, target, facts);
  const { shown, refused } = post;
  if (shown.hash === view.hash || (view.view === 'full' && refused?.hash === view.hash))
    return post.hidesSince === undefined ? twiceStep(state, row, post, target, facts) : write(row, withoutNote(post));
  if (view.view !== 'full' && post.hidesSince === undefined) return noteStep(state, row, post, target, facts);
  if (isMarked && state.marked?.hash === view.hash) {
    if (!state.hasPlace) return placeStep(target, facts);
    return callStep(state, target, { do: 'update', ts: post.ts, view });
  }
  if (!state.hasPlace) return placeStep(target, facts);
  if (view.view !== 'emptied' && !state.fit) return { do: 'ask channel' };
  if (view.view === 'full' && state.fit && state.fit !== 'fit')
    return write(row, { ...withoutLease(post), refused: refusedFor(codeOf(state.fit), view.hash, post, facts) });
  const lease = { owner: state.owner, endsAt: inMs(facts.now, postLeaseMs) };
  const next = { revision: view.revision, view: view.view, hash: '' };
  return markStep(
    state,
    row,
    { ...target, view },
    { ...(view.view === 'full' ? withoutNote(post) : post), shown: next, lease },
    { hash: view.hash, before: isMarked ? state.marked?.before : shown },
  );
}

/**
 * Notes that a text or title has to go, before it waits for anything, so that people are told what
 * still stands. The link ends with the text: whoever has it reads no later revision.
 */
function noteStep(
  { isOldLinkRevoked }: PostState,
  row: SlackPostRow,
  post: PostOf<'posted'>,
  { nextLink }: Target,
  facts: PostFacts,
): PostStep {
  const noted = { ...post, hidesSince: inMs(facts.now, 0) };
  if (post.shown.view !== 'full' || row.link === undefined) return write(row, noted);
  return isOldLinkRevoked ? write({ ...row, link: nextLink }, noted) : { do: 'revoke link', link: row.link };
}

/** A text, or the title of one that is struck, is taken out of a shared channel. */
const viewFor = ({ fit }: PostState, { view }: Target): WantedView | 'nothing' =>
  fit === 'shared' && view !== 'nothing' && view.view !== 'emptied' ? sharedView(view) : view;

/** Since when it waits stays. */
const refusedFor = (code: string, hash: string, { refused }: PostOf<'posted'>, { now }: PostFacts) => ({
  ...{ code, hash },
  since: refused?.since ?? inMs(now, 0),
});

const withoutNote = ({ hidesSince: _, ...post }: PostOf<'posted'>): PostOf<'posted'> => post;
const withoutLease = ({ lease: _, ...post }: PostOf<'posted'>): PostOf<'posted'> => post;

/** It shows what it should. A second message of it is removed. */
function twiceStep(state: PostState, row: SlackPostRow, post: PostOf<'posted'>, target: Target, facts: PostFacts): PostStep {
  const { twice } = post;
  if (!twice) return settled(post);
  const { twice: _, ...once } = post;
  if (state.isSecondRemoved) return write(row, once);
  if (twice.other !== undefined) return state.hasPlace ? { do: 'remove second', ts: twice.other } : placeStep(target, facts);
  const left = until(twice.lookAt, facts);
  if (state.unreadable) return unreadableStep(row, target, state.unreadable, facts);
  if (!state.looked) {
    if (left > 0 && !isWithdrawn(target)) return wait('a second message is looked for', left);
    return state.hasPlace ? { do: 'look', since: twice.since } : placeStep(target, facts);
  }
  const second = state.looked.find(({ ts }) => ts !== post.ts);
  if (second) return write(row, { ...post, twice: { ...twice, other: second.ts } });
  if (left > 0) return wait('a second message is looked for', left);
  return write(row, once);
}

/** Records what a call came to. */
function recordStep(
  { marked }: PostState,
  row: SlackPostRow,
  post: PostOf<'posting' | 'posted'>,
  target: Target,
  called: Called,
  facts: PostFacts,
): PostStep {
  if (post.state === 'posting') return called.call === 'post' ? recordPost(row, post, called, facts) : settled(post);
  return called.call === 'post' ? settled(post) : recordEdit(row, post, target, called, marked?.before, facts);
}

function recordPost(
  row: SlackPostRow,
  post: PostOf<'posting'>,
  { shown, answer }: Extract<Called, { call: 'post' }>,
  facts: PostFacts,
): PostStep {
  const { since, attempt } = post;
  switch (answer.kind) {
    case 'ok': {
      const twice = attempt === 2 && { twice: { since, lookAt: inMs(facts.now, twiceMs) } };
      return write(row, { state: 'posted', ts: answer.value.ts, shown, ...twice });
    }
    case 'refused':
      return write(row, { state: 'refused', code: answer.code, hash: shown.hash, since: inMs(facts.now, 0) });
    case 'later':
    case 'stopped':
      return write(row, absentAgain(post), { ending: notDone(answer, facts, true) });
    case 'in doubt': {
      const doubtful = inDoubt(post, facts.now);
      return write(row, doubtful, { ending: later(answer.code, until(doubtful.lookAt, facts)) });
    }
    default:
      return answer satisfies never;
  }
}

function recordEdit(
  row: SlackPostRow,
  post: PostOf<'posted'>,
  target: Target,
  called: Extract<Called, { call: 'update' | 'remove' }>,
  before: Shown | undefined,
  facts: PostFacts,
): PostStep {
  const { answer, call } = called;
  const free = withoutLease(post);
  const isText = post.shown.view === 'full';
  // What has to go counts as unknown until it is gone, so that it is tried again.
  const unchanged = (isText && before) || post.shown;
  switch (answer.kind) {
    case 'ok': {
      if (call === 'remove') return write(row, removed(post, facts));
      const { refused: _, ...done } = withoutNote(free);
      // Taken out of a shared channel, it waits for the day on which the channel is not shared.
      const isKeptOut = target.view !== 'nothing' && target.view.view === 'full' && called.shown.view === 'emptied';
      return write(row, {
        ...done,
        shown: called.shown,
        ...(isKeptOut && { refused: refusedFor(codeOf('shared'), '', post, facts) }),
      });
    }
    case 'refused': {
      const { code } = answer;
      if (call === 'update' && code === 'message_not_found') return write(row, deleted(post, facts));
      if (call === 'update' && !isText) return { do: 'remove', ts: post.ts };
      const hash = call === 'update' ? called.shown.hash : '';
      const refused = refusedFor(code, hash, post, facts);
      if (isText) return write(row, { ...free, shown: unchanged, refused });
      return write(row, { ...free, refused }, { ending: { handled: { kind: 'not withdrawn', code }, delay: notWithdrawnDelay } });
    }
    case 'later':
    case 'stopped':
      return write(row, { ...free, shown: unchanged }, { ending: notDone(answer, facts, false, isWithdrawn(target)) });
    case 'in doubt':
      // Nobody else edits it until the lease ends: by then Slack has done it, or never will.
      return wait(answer.code, post.lease ? until(post.lease.endsAt, facts) : 0);
    default:
      return answer satisfies never;
  }
}

/** Somebody deleted it. Of a post that was called for twice, the other message may still come. */
const deleted = ({ twice }: PostOf<'posted'>, { now }: PostFacts): SlackPost =>
  twice ? { state: 'doubtful', since: twice.since, attempt: 2, looks: 2, lookAt: twice.lookAt } : { state: 'lost', since: inMs(now, 0) };

/** We removed it. Of a post that was called for twice, the other message may still come. */
const removed = ({ twice }: PostOf<'posted'>, { now }: PostFacts): SlackPost =>
  twice
    ? { state: 'doubtful', since: twice.since, attempt: 1, looks: 2, lookAt: twice.lookAt }
    : { state: 'absent', since: inMs(now, 0), doubts: 0 };

/**
 * A call that was certainly not carried out is made again. `isPost`: Slack counts messages by
 * channel, and every other call for all channels together.
 */
function notDone(
  answer: Extract<SlackAnswer<unknown>, { kind: 'later' | 'stopped' }>,
  { now }: PostFacts,
  isPost: boolean,
  isWithdrawal = false,
): Ending {
  const { code } = answer;
  if (answer.kind === 'stopped') {
    const hold = { until: inMs(now, stoppedMs), why: code, isOfChannel: false };
    if (isWithdrawal) return { handled: { kind: 'not withdrawn', code }, delay: stoppedWithdrawalDelay, hold };
    return { handled: { kind: 'stopped', code }, delay: secondsIn(stoppedMs), hold };
  }
  const ms = Math.max(1, answer.seconds) * 1000;
  return { ...later(code, ms), ...(throttles.has(code) && { hold: { until: inMs(now, ms), why: code, isOfChannel: isPost } }) };
}

/** Takes in what an act has brought. */
export function after(state: PostState, event: PostEvent, facts: PostFacts): PostState {
  switch (event.kind) {
    case 'wanted read':
      return { ...state, revision: event.revision, row: undefined };
    case 'row read':
      return afterRow(state, event);
    case 'place asked for':
      return afterPlace(state, event);
    case 'channel told':
      return afterChannel(state, event.answer, facts);
    case 'looked':
      return afterLooking(state, event.answer, facts);
    case 'written':
      return afterWrite(state, event);
    case 'link revoked':
      return { ...state, isOldLinkRevoked: true };
    case 'link put':
      return { ...state, isLinkPut: true };
    case 'wanted checked':
      // Another revision: what is to be shown is made anew. The mark stays.
      return event.revision === state.revision
        ? { ...state, isChecked: true }
        : { ...state, isChecked: true, revision: event.revision, row: undefined };
    case 'called':
      return afterCall(state, event.called);
    case 'second removed':
      return afterSecond(state, event, facts);
    default:
      return event satisfies never;
  }
}

/** A later revision is shown than the one that we read: somebody was faster, and we read again. */
function afterRow(state: PostState, { row, target }: Extract<PostEvent, { kind: 'row read' }>): PostState {
  const isStale = row.post.state === 'posted' && row.post.shown.revision > (state.revision ?? 0);
  if (isStale && !state.isReadAgain) return { ...state, revision: undefined, isReadAgain: true };
  // What was seen before the row was read may be gone again, and counts for a second message alone.
  const looked = row.post.state === 'posted' || state.looked?.length === 0 ? state.looked : undefined;
  return { ...state, row, looked, target: isStale ? { ...target, view: 'nothing' } : target, isReadAgain: false };
}

function afterPlace(state: PostState, { wait: ms, stopped }: Extract<PostEvent, { kind: 'place asked for' }>): PostState {
  return ms === undefined ? { ...state, hasPlace: true } : { ...state, ending: later(stopped ?? 'the channel’s pace', ms) };
}

function afterChannel(state: PostState, answer: SlackAnswer<SlackChannel>, facts: PostFacts): PostState {
  switch (answer.kind) {
    case 'ok':
      return knowing(state, answer.value);
    case 'refused':
      return { ...state, fit: { code: answer.code } };
    case 'later':
      // It concerns this question alone, and what has to be hidden asks none.
      return { ...state, ending: later(answer.code, answer.seconds * 1000) };
    case 'stopped':
      return { ...state, ending: notDone(answer, facts, false, state.target && isWithdrawn(state.target)) };
    case 'in doubt':
      return { ...state, ending: later(answer.code, unreadableDelay * 1000) };
    default:
      return answer satisfies never;
  }
}

/** What is to be shown is made anew if the audience was decided by another name, or by none. */
const knowing = (state: PostState, channel: SlackChannel): PostState => ({
  ...state,
  fit: fitOf(channel),
  channel,
  row: state.target?.channelName === channel.name ? state.row : undefined,
});

/** The app must be a member: only then can it read back what it posted. */
const fitOf = ({ name, isArchived, isMember, isShared }: SlackChannel): Fit => {
  if (isShared) return 'shared';
  // Without a name nobody knows whose text belongs there.
  if (name === '') return { code: 'channel_not_found' };
  if (isArchived) return { code: 'is_archived' };
  return isMember ? 'fit' : { code: 'not_in_channel' };
};

function afterLooking(state: PostState, answer: SlackAnswer<readonly FoundMessage[]>, facts: PostFacts): PostState {
  switch (answer.kind) {
    case 'ok':
      return { ...state, hasPlace: false, looked: answer.value };
    case 'later':
    case 'stopped':
      return { ...state, ending: notDone(answer, facts, false, state.target && isWithdrawn(state.target)) };
    case 'refused':
    case 'in doubt':
      return { ...state, unreadable: { code: answer.code, isRefused: answer.kind === 'refused' } };
    default:
      return answer satisfies never;
  }
}

function afterWrite(state: PostState, { step, isOurs: isWritten }: Extract<PostEvent, { kind: 'written' }>): PostState {
  // Somebody else has changed the row. What came of a call is recorded in it if it is still ours.
  if (!isWritten) return { ...again(state), ...(state.called && { called: state.called, marked: state.marked }) };
  if (!step.marks) return { ...again(state), ending: step.ending };
  const row = { ...step.row, version: step.row.version + 1 };
  return { ...state, row, marked: step.marks, called: undefined, isLinkPut: false, isChecked: false };
}

/** Reads what is wanted and what there is anew. */
const again = ({ owner, hasPlace, fit, channel, looked, isSecondRemoved }: PostState): PostState => ({
  ...begin(owner),
  hasPlace,
  fit,
  channel,
  looked,
  isSecondRemoved,
});

/** What was seen in the history counts no more once our own message is gone. */
const afterCall = (state: PostState, called: Called): PostState => ({
  ...state,
  hasPlace: false,
  called,
  looked: called.call === 'remove' || called.answer.kind === 'refused' ? undefined : state.looked,
});

function afterSecond(state: PostState, { ts, answer }: Extract<PostEvent, { kind: 'second removed' }>, facts: PostFacts): PostState {
  switch (answer.kind) {
    case 'ok':
      return { ...state, hasPlace: false, isSecondRemoved: true, looked: state.looked?.filter((one) => one.ts !== ts) };
    case 'later':
    case 'stopped':
      return { ...state, ending: notDone(answer, facts, false) };
    case 'refused':
    case 'in doubt':
      return { ...state, ending: later(answer.code, unreadableDelay * 1000) };
    default:
      return answer satisfies never;
  }
}
