import type { ApprovalRequest, Hash, Holding, Voiding } from '../approval/approval-request.ts';
import { type ApprovalFile, validApprovals } from '../approval/valid-approvals.ts';
import { dayMs, minuteMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Writers } from '../shared/persons.ts';
import { afterFileChange } from './after-file-change.ts';
import { firstPublicAt, publicVersionOf, withdrawn } from './after-press.ts';
import { asksAt, isBeingWithdrawn, lapsesAt, type NoticePace, remindsAt } from './due.ts';
import type { External, PublicId, ReviewMailKind } from './external.ts';
import type { PublicNotice } from './ports.ts';
import { allWriters, noWriters, whyNotAsked } from './why-held.ts';

/** What the postmortem says now, as far as its notice goes. */
export interface NoticeStanding {
  /** `hidden`: a draft or restricted. `taken back`: retracted, or told by another postmortem. */
  readonly is: 'tellable' | 'hidden' | 'taken back';
  /** Of the text that asks. Absent: none does. */
  readonly content?: Hash | undefined;
  readonly writers: Writers;
  readonly hasProducts: boolean;
  /** It says what changed. */
  readonly hasChange: boolean;
}

/** What the lint found in the text that asks, by the ids of its remarks. */
export interface NoticeCheck {
  readonly refuse: readonly string[];
  readonly look: readonly string[];
}

/** An artefact as it is stored, by what its release compares. */
export interface StoredArtefact {
  readonly content: Hash;
  readonly look: readonly string[];
}

/** What a look does with a row. */
export type NoticeGoal = 'ask' | 'release' | 'show' | 'take away' | 'tell' | 'mail' | 'write';

/** What a look knows by now. */
export interface LookState {
  /** The id that a notice gets which has none. */
  readonly newPublicId: PublicId;
  /** Absent: it is to be read. */
  readonly row?: External | undefined;
  readonly standing?: NoticeStanding | undefined;
  /** Absent: the file names no approvers. */
  readonly file?: ApprovalFile | undefined;
  readonly goal?: NoticeGoal | undefined;
  /** Of goal `write`: the row after it. */
  readonly wanted?: External | undefined;
  readonly open?: number | undefined;
  readonly check?: NoticeCheck | 'failed' | undefined;
  /** Undefined: not asked for yet. */
  readonly artefact?: Hash | undefined;
  readonly stored?: StoredArtefact | 'missing' | undefined;
  readonly isVersionPut?: boolean | undefined;
  readonly current?: PublicNotice | 'none' | undefined;
  readonly isShown?: boolean | undefined;
  readonly isDone?: boolean | undefined;
  /** How often the row was read. */
  readonly rounds: number;
  /** Whether the row was written. */
  readonly wrote: boolean;
  readonly end?: 'rests' | 'unknown' | 'check failed' | 'kept changing' | undefined;
}

/** The next thing to do. Each is one call, so that a crash is between two of them. */
export type LookStep =
  | { readonly do: 'read row' }
  | { readonly do: 'read document'; readonly publicId: PublicId }
  | { readonly do: 'count open' }
  | { readonly do: 'check' }
  | { readonly do: 'store artefact'; readonly isUpdate: boolean }
  | { readonly do: 'read artefact'; readonly artefact: Hash }
  /** Of a release, with what was approved; of a withdrawal, with no text. */
  | { readonly do: 'put version'; readonly publicId: PublicId; readonly version: number; readonly artefact?: Hash }
  | { readonly do: 'read current'; readonly publicId: PublicId }
  /** On condition that `over` is still the current one. */
  | { readonly do: 'show'; readonly notice: PublicNotice; readonly over: PublicNotice | undefined }
  /** Of a release, with what was approved. */
  | { readonly do: 'tell'; readonly publicId: PublicId; readonly version: number; readonly artefact?: Hash }
  /** What the row owes people: audit lines, receipts, mails to approvers. */
  | { readonly do: 'mail'; readonly row: External }
  | { readonly do: 'write'; readonly row: External; readonly before: External }
  | { readonly do: 'end'; readonly row: External | undefined; readonly how: NonNullable<LookState['end']>; readonly wrote: boolean };

export type LookEvent =
  | { readonly kind: 'row read'; readonly row: External | 'unknown' | undefined }
  | { readonly kind: 'document read'; readonly standing: NoticeStanding | undefined; readonly file: ApprovalFile | undefined }
  | { readonly kind: 'open counted'; readonly open: number }
  | { readonly kind: 'checked'; readonly check: NoticeCheck | 'failed' }
  | { readonly kind: 'artefact stored'; readonly artefact: Hash }
  | { readonly kind: 'artefact read'; readonly stored: StoredArtefact | undefined }
  | { readonly kind: 'version put' }
  | { readonly kind: 'current read'; readonly current: PublicNotice | undefined }
  | { readonly kind: 'shown'; readonly isOurs: boolean }
  | { readonly kind: 'done' }
  | { readonly kind: 'written'; readonly isOurs: boolean };

export interface LookFacts {
  readonly now: Date;
  readonly pace: NoticePace;
}

/** At most so many requests wait at once. */
const mostOpen = 20;
/** A row settles within a few rounds; others may write it meanwhile. */
const mostRounds = 24;

export const beginLook = (newPublicId: PublicId): LookState => ({ newPublicId, rounds: 0, wrote: false });

/** The row of a postmortem of which there is none. */
export const noExternal = (postmortem: External['postmortem']): External => ({ postmortem, version: 0, n: 0, mails: [] });

/**
 * What to do next. The row is read before the document: a revision that comes after this read
 * sends a message of its own. Nothing is decided by what was read before a write.
 */
export function nextLookStep(state: LookState, facts: LookFacts): LookStep {
  const { row, standing, goal } = state;
  if (state.end) return { do: 'end', row, how: state.end, wrote: state.wrote };
  if (!row) return { do: 'read row' };
  const publicId = row.publicId ?? state.newPublicId;
  if (!standing || !goal) return { do: 'read document', publicId };
  switch (goal) {
    case 'write':
      return write(state.wanted ?? row, row);
    case 'mail':
      return state.isDone ? write(toldOf(row), row) : { do: 'mail', row };
    case 'tell': {
      const { untold = 0, ...told } = row;
      const artefact = row.shown?.n === untold ? { artefact: row.shown.artefact } : {};
      return state.isDone ? write(told, row) : { do: 'tell', publicId, version: untold, ...artefact };
    }
    case 'ask':
      return askStep(state, row, standing, facts.now);
    case 'release':
      return releaseStep(state, row, standing, facts.now);
    case 'show':
      return showStep(state, row, publicId, facts.now);
    case 'take away':
      return takeAwayStep(state, row, publicId);
    default:
      return goal satisfies never;
  }
}

const toldOf = ({ acts: _, ...row }: External): External => ({ ...row, mails: [] });

const write = (row: External, before: External): LookStep => ({ do: 'write', row, before });

/** The state after a step was carried out. */
export function afterLookStep(state: LookState, event: LookEvent, facts: LookFacts, postmortem: External['postmortem']): LookState {
  switch (event.kind) {
    case 'row read': {
      if (event.row === 'unknown') return { ...state, end: 'unknown' };
      const rounds = state.rounds + 1;
      const { newPublicId, wrote } = state;
      return { newPublicId, wrote, rounds, row: event.row ?? noExternal(postmortem), ...(rounds > mostRounds && { end: 'kept changing' }) };
    }
    case 'document read':
      return event.standing && state.row
        ? decided({ ...state, file: event.file }, state.row, event.standing, facts)
        : { ...state, end: 'rests' };
    case 'open counted':
      return { ...state, open: event.open };
    case 'checked':
      // Whether something may leave is not known. It is asked again.
      return { ...state, check: event.check, ...(event.check === 'failed' && state.goal === 'release' && { end: 'check failed' }) };
    case 'artefact stored':
      return { ...state, artefact: event.artefact };
    case 'artefact read':
      return { ...state, stored: event.stored ?? 'missing' };
    case 'version put':
      return { ...state, isVersionPut: true };
    case 'current read':
      return { ...state, current: event.current ?? 'none' };
    case 'shown':
      return event.isOurs ? { ...state, isShown: true } : { ...state, current: undefined };
    case 'done':
      return { ...state, isDone: true };
    case 'written': {
      const { newPublicId, rounds, wrote } = state;
      return { newPublicId, rounds, wrote: wrote || event.isOurs };
    }
    default:
      return event satisfies never;
  }
}

function decided(state: LookState, row: External, standing: NoticeStanding, facts: LookFacts): LookState {
  const next = decide({ ...row, publicId: row.publicId ?? state.newPublicId }, standing, state.file, facts);
  if (next === 'rest') return { ...state, standing, end: 'rests' };
  return typeof next === 'string' ? { ...state, standing, goal: next } : { ...state, standing, goal: 'write', wanted: next };
}

/** What is to be done with a row: another row, something with a call, or nothing. */
function decide(
  row: External,
  standing: NoticeStanding,
  file: ApprovalFile | undefined,
  { now, pace }: LookFacts,
): External | NoticeGoal | 'rest' {
  const { request, untold, mails, acts = [] } = row;
  const at = toInstant(now);
  const isDue = (due: Instant | undefined): boolean => due !== undefined && Date.parse(due) <= now.getTime();
  const isReleasing = request?.state === 'releasing';
  const shown = publicVersionOf(row);
  if (isReleasing && standing.is !== 'tellable') return withdrawn(standing.is === 'hidden' ? notedAsHidden(row, at) : row, at);
  // Between two steps it was cleaned, or asks no more. It may be shown already.
  if (isReleasing && standing.content !== request.content) return withdrawn(row, at, 'changed');
  if (shown && standing.is === 'taken back') return withdrawn(row, at);
  if (isBeingWithdrawn(row)) return 'take away';
  if (isReleasing) return 'show';
  if (request?.state === 'open' || request?.state === 'approved') {
    if (standing.is !== 'tellable') return voided(afterHiding(row, standing, at) ?? row, request, 'not tellable', at);
    if (standing.content !== request.content) return voided(row, request, 'changed', at);
    // What was asked and pressed went by the writers of before, and by the names in their profiles.
    if (namesMore(standing.writers, row.writers)) return voided(row, request, 'changed', at);
  }
  if (untold !== undefined) return 'tell';
  if (mails.length > 0 || acts.length > 0) return 'mail';
  const hiding = afterHiding(row, standing, at);
  if (hiding) return hiding;
  const byFile = file && afterFileChange(row, file);
  if (request?.state === 'open' && byFile === 'too few') return voided(row, request, 'approver left', at);
  if (request?.state === 'approved' && byFile !== undefined && byFile !== 'too few')
    return mailed({ ...row, request: { ...request, releaseAt: byFile } }, 'review-hold', request.n, at);
  if (request?.state === 'approved' && isDue(request.releaseAt)) return 'release';
  if (request?.state === 'open') {
    const { n, content, artefact, askedAt, reminded } = request;
    if (isDue(lapsesAt(askedAt))) return mailed({ ...row, request: { state: 'lapsed', n, content, artefact, at } }, 'review-lapsed', n, at);
    const isReminded = isDue(remindsAt(askedAt, reminded));
    if (isReminded) return mailed({ ...row, request: { ...request, reminded: reminded + 1 } }, 'review-again', n, at);
  }
  const seen = afterSeeing(row, file ? standing : { ...standing, content: undefined }, at, pace);
  if (seen) return seen;
  return file && isDue(asksAt(row, pace)) ? 'ask' : 'rest';
}

const mailed = (row: External, kind: ReviewMailKind, n: number, at: Instant): External => ({
  ...row,
  mails: [...row.mails, { kind, n, at }],
});

type Asked = Extract<ApprovalRequest, { n: number }>;

const voided = (row: External, { n, content, artefact }: Asked, because: Voiding, at: Instant): External =>
  mailed({ ...row, request: { state: 'void', n, content, artefact, because, at } }, 'review-void', n, at);

const notedAsHidden = (row: External, at: Instant): External => ({ ...row, hiddenSince: row.hiddenSince ?? at });

/**
 * Pages of requests do not name a postmortem that is hidden. A public version stays. People are
 * told, and may withdraw it.
 */
function afterHiding(row: External, { is }: NoticeStanding, at: Instant): External | undefined {
  const shown = publicVersionOf(row);
  if (is === 'hidden' && row.hiddenSince === undefined && row.n > 0) {
    const noted = notedAsHidden(row, at);
    return shown ? mailed(noted, 'review-restricted', shown.n, at) : noted;
  }
  if (row.hiddenSince === undefined || is !== 'tellable') return undefined;
  const { hiddenSince: _, ...rest } = row;
  return rest;
}

/** The row with the text that asks now, and who wrote it. Undefined: it has them. */
function afterSeeing(row: External, { content, writers }: NoticeStanding, at: Instant, pace: NoticePace): External | undefined {
  const { seen, request } = row;
  // What held one text does not hold another.
  const { request: _, ...unheld } = row;
  const left = request?.state === 'held' ? unheld : row;
  if (content === undefined) {
    if (!seen) return undefined;
    const { seen: _s, hurried: _h, ...unseen } = left;
    return unseen;
  }
  if (seen?.content !== content) {
    const since = changingSince(row, pace);
    return {
      ...left,
      seen: { content, at, ...(since && { since }) },
      writers: isAskedFor(row, content) ? allWriters(row.writers, writers) : writers,
    };
  }
  return namesMore(writers, row.writers) ? { ...row, writers: allWriters(row.writers, writers) } : undefined;
}

/** Since when texts change of which none was asked or held. Undefined: the last one was. */
function changingSince(row: External, pace: NoticePace): Instant | undefined {
  const { seen, request } = row;
  if (!seen || asksAt(row, pace) === undefined) return undefined;
  const isOver = request && 'at' in request && Date.parse(request.at) > Date.parse(seen.at);
  return isOver ? undefined : (seen.since ?? seen.at);
}

const isAskedFor = ({ request }: External, content: Hash): boolean =>
  (request?.state === 'open' || request?.state === 'approved') && request.content === content;

const namesMore = ({ addresses, names }: Writers, known: Writers = noWriters): boolean =>
  addresses.some((one) => !known.addresses.includes(one)) || names.some((one) => !known.names.includes(one));

function askStep(state: LookState, row: External, standing: NoticeStanding, now: Date): LookStep {
  const at = toInstant(now);
  const content = standing.content ?? '';
  const hold = (why: Holding, artefact?: Hash): LookStep => write(held(row, { why, content, artefact }, now), row);
  const why = whyNotAsked(row, standing, state.file);
  if (why) return hold(why);
  if (state.open === undefined) return { do: 'count open' };
  if (state.open >= mostOpen) return hold('too many open');
  if (state.check === undefined) return { do: 'check' };
  if (state.check === 'failed') return hold('check failed');
  const { artefact } = state;
  if (artefact === undefined) return { do: 'store artefact', isUpdate: firstPublicAt(row) !== undefined };
  if (state.check.refuse.length > 0) return hold('lint', artefact);
  const { hurried: _, ...rest } = row;
  const n = row.n + 1;
  const request: ApprovalRequest = { state: 'open', n, content, artefact, askedAt: at, reminded: 0, approvals: [] };
  const publicId = row.publicId ?? state.newPublicId;
  return write(mailed({ ...rest, publicId, n, request }, 'review', n, at), row);
}

const [soonMs, lateMs] = [10 * minuteMs, dayMs];

/**
 * The longer it is held, the rarer it is looked at, but a place among those that are open may be
 * free at any time. A change of the text is seen at once.
 */
function held(row: External, { why, content, artefact }: { why: Holding; content: Hash; artefact: Hash | undefined }, now: Date): External {
  const { hurried: _, request: before, ...rest } = row;
  const isSame = before?.state === 'held' && before.why === why && before.content === content;
  const at = isSame ? before.at : toInstant(now);
  const heldMs = now.getTime() - Date.parse(at);
  const againMs = why === 'too many open' ? soonMs : Math.min(lateMs, Math.max(soonMs, heldMs));
  const againAt = toInstant(new Date(now.getTime() + againMs));
  return { ...rest, request: { state: 'held', why, at, againAt, content, ...(artefact && { artefact }) } };
}

/** Before anything leaves, all that was approved is compared once more. */
function releaseStep(state: LookState, row: External, standing: NoticeStanding, now: Date): LookStep {
  const { request } = row;
  const at = toInstant(now);
  if (request?.state !== 'approved') throw new Error(`${row.postmortem}: nothing is to be released`);
  const { check, stored, file } = state;
  if (check === undefined || check === 'failed') return { do: 'check' };
  if (stored === undefined) return { do: 'read artefact', artefact: request.artefact };
  const voidBecause = (because: Voiding): LookStep => write(voided(row, request, because, at), row);
  if (stored === 'missing' || stored.content !== request.content) return voidBecause('changed');
  if (check.refuse.length > 0) return voidBecause('lint');
  const count = (remarks: readonly string[]): number =>
    file ? validApprovals(request, { file, writers: allWriters(row.writers, standing.writers), remarks }).length : 0;
  const needed = file?.approvals ?? 1;
  if (count(stored.look) < needed) return voidBecause('approver left');
  if (count(check.look) < needed) return voidBecause('lint');
  const { n, content, artefact, approvals } = request;
  return write({ ...row, request: { state: 'releasing', n, content, artefact, approvals, at } }, row);
}

/** Stores the version, makes it current unless a higher one is, and notes that it is. */
function showStep(state: LookState, row: External, publicId: PublicId, now: Date): LookStep {
  const { request } = row;
  if (request?.state !== 'releasing') throw new Error(`${row.postmortem}: nothing is being released`);
  const { n, content, artefact, approvals, at } = request;
  if (!state.isVersionPut) return { do: 'put version', publicId, version: n, artefact };
  if (state.current === undefined) return { do: 'read current', publicId };
  const over = state.current === 'none' ? undefined : state.current;
  const publishedAt = !over || over.standing === 'unseen' ? at : over.publishedAt;
  if (!state.isShown && (!over || over.version < n))
    return { do: 'show', notice: { publicId, version: n, standing: 'public', publishedAt, at }, over };
  const released = {
    ...row,
    publicSince: publishedAt,
    request: { state: 'released', n, content, artefact, approvals: approvals.map(withoutName), at: toInstant(now) },
    shown: { n, content, artefact, at },
    untold: n,
  } satisfies External;
  return write(mailed(released, 'review-released', n, at), row);
}

const withoutName = ({
  name: _,
  ...approval
}: { readonly name?: string | undefined } & Parameters<typeof validApprovals>[0]['approvals'][number]) => approval;

/** Puts a version without a text over every lower one, and notes that it is there. */
function takeAwayStep(state: LookState, row: External, publicId: PublicId): LookStep {
  const { withdrawn: last, shown: _, ...rest } = row;
  if (!last) throw new Error(`${row.postmortem}: nothing is being withdrawn`);
  const { n, at } = last;
  if (!state.isVersionPut) return { do: 'put version', publicId, version: n };
  if (state.current === undefined) return { do: 'read current', publicId };
  const over = state.current === 'none' ? undefined : state.current;
  const seen = over && over.standing !== 'unseen' ? over : undefined;
  if (!state.isShown && (!over || over.version < n)) {
    const standing = seen ? 'withdrawn' : 'unseen';
    return { do: 'show', notice: { publicId, version: n, standing, publishedAt: over?.publishedAt ?? at, at }, over };
  }
  return write({ ...rest, withdrawn: last, ...(seen && { untold: n, publicSince: seen.publishedAt }) }, row);
}
