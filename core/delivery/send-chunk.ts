import { outdatedIn } from '../edition/corrections.ts';
import { type Edition, laneOf } from '../edition/edition.ts';
import { isOver, isPast } from '../edition/edition-state.ts';
import type { EditionFragments } from '../mail/fragments.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Addressees } from './addressees.ts';
import { standOf } from './lane.ts';
import { changeLeaf } from './leaf.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { ChunkFacts, ChunkReader, Mailer, MailMaker, OutgoingMail, RangeLedger, SendOutcome, Unsendable } from './ports.ts';
import type { Leaf, Range, Submitted } from './range.ts';
import type { Refusals } from './refusals.ts';
import { isForUrgentMail } from './send-rate.ts';
import { reasonToSkip } from './skip-reason.ts';
import { ticksOf } from './ticks.ts';

export interface ChunkDeps {
  readonly ranges: RangeLedger;
  readonly reader: ChunkReader;
  readonly mailer: Mailer;
  readonly makeMail: MailMaker;
  readonly refusals: Refusals;
  readonly addressees: Addressees;
  readonly now: () => Date;
  /** Milliseconds that this invocation still has. */
  readonly remainingMs: () => number;
  /** Resolves at that instant (milliseconds since 1970), or at once if it has passed. */
  readonly waitUntil: (instant: number) => Promise<void>;
}

export interface ChunkWork {
  readonly edition: Edition;
  readonly fragments: EditionFragments | Unsendable;
  readonly range: Range;
  readonly leaf: Leaf;
  /** Outcomes that no write has recorded yet. This chunk's mark records them. */
  readonly unrecorded: Outcomes;
  readonly people: readonly SubscriberId[];
  /** Doubts among these that are sent once more, with what was submitted before. */
  readonly again: ReadonlyMap<SubscriberId, Submitted>;
  /** When the mails may leave: the first one, and the step to the next. */
  readonly places: { readonly at: number; readonly interval: number; readonly booked: number };
  /** One mail in a stopped lane, to see whether SES takes mail again. */
  readonly isProbe: boolean;
  /**
   * A chunk that is too late for its places may book others once. Two slow workers that catch up at
   * one time would make a burst.
   */
  readonly mayBookAgain: boolean;
  /**
   * Milliseconds of the invocation that must be left when the mark is made: for the chunk, one
   * request timeout and two writes.
   */
  readonly span: number;
}

export type ChunkResult =
  | Sent
  /** Nothing was marked or sent. */
  | { kind: 'paused' }
  /** Nothing was marked or sent: the lane is paused or stopped. */
  | { kind: 'held'; facts: ChunkFacts }
  /** Nothing was marked or sent: the rest of the day's quota is for urgent mail. */
  | { kind: 'reserved' }
  /** Nothing was marked or sent: the places have passed. */
  | { kind: 'late' }
  /** Nothing was marked or sent: waiting and reading took the time that sending needs. */
  | { kind: 'short of time' }
  /** Another worker owns the leaf now. */
  | { kind: 'lost' };
export interface Sent {
  readonly kind: 'sent';
  readonly leaf: Leaf;
  readonly outcomes: Outcomes;
  readonly facts: ChunkFacts;
  readonly back: readonly Back[];
  /** Calls to SES. */
  readonly calls: number;
  /** SES accepted, refused or throttled at least one of them: it is there. */
  readonly isTaken: boolean;
  /** Why the lane has to stop: SES said so, or refused too many in a row. */
  readonly stoppedBy: string | undefined;
}
/** Certainly not accepted. It is sent later, as the same attempt. */
export interface Back {
  readonly sid: SubscriberId;
  readonly outcome: Extract<SendOutcome, { kind: 'try later' }>;
}

interface Prepared {
  readonly sid: SubscriberId;
  readonly mail: OutgoingMail;
  readonly submitted: Submitted;
}

/** Reading takes some milliseconds. A chunk that is later than this was held up. */
const lateMs = 250;

/**
 * Sends one chunk of a claimed leaf at its booked places. The order matters: everybody in the mark
 * is in doubt if we die after it. So everything that can fail without a trace comes before it:
 * waiting, reading, deciding and making mails.
 */
export async function sendChunk(work: ChunkWork, deps: ChunkDeps): Promise<ChunkResult> {
  await deps.waitUntil(work.places.at);
  const facts = await deps.reader.read(work.edition, work.people);
  if (facts.paused) return { kind: 'paused' };
  if (!isOver(facts) && !isPast(work.edition, deps.now().getTime())) {
    const stand = standOf(facts.lane, deps.now().getTime());
    if (stand === 'paused' || (stand !== 'open' && !work.isProbe)) return { kind: 'held', facts };
  }
  if (work.mayBookAgain && deps.now().getTime() > work.places.at + lateMs) return { kind: 'late' };
  const { prepared, skipped } = prepare(work, facts, deps);
  const isForOthers = laneOf(work.edition) !== 'urgent' && isForUrgentMail(facts.quota, work.places.booked);
  if (prepared.length > 0 && isForOthers) return { kind: 'reserved' };
  if (deps.remainingMs() < work.span) return { kind: 'short of time' };

  const marked = await changeLeaf(deps.ranges, work.range, work.leaf, {
    outcomes: work.unrecorded,
    submitting: Object.fromEntries(prepared.map(({ sid, submitted }) => [sid, submitted])),
  });
  if (!marked) return { kind: 'lost' };

  const outcomes: Record<SubscriberId, Outcome> = { ...skipped };
  const back: Back[] = [];
  /** Of these no call was made, because the lane was taken for stopped. */
  const untried: SubscriberId[] = [];
  const starts = Math.max(work.places.at, deps.now().getTime());
  let stop: Back['outcome'] | undefined;
  /**
   * The lane stops because too many readers in a row were denied. An accepted mail proves this
   * wrong, unless SES has said meanwhile that it takes no mail of the lane.
   */
  let isGuess = false;
  let isTaken = false;
  let calls = 0;
  const sendOne = async ({ sid, mail, submitted }: Prepared) => {
    calls += 1;
    const outcome = await deps.mailer.send(mail);
    const tooMany = deps.refusals.after(outcome, sid in work.leaf.denied, deps.now().getTime());
    if (outcome.kind === 'try later' && outcome.why === 'stopped' && (!stop || isGuess)) [stop, isGuess] = [outcome, false];
    if (tooMany !== undefined && !stop) {
      stop = { kind: 'try later', why: 'stopped', code: tooMany };
      isGuess = outcome.kind === 'try later';
    }
    if (outcome.kind === 'accepted' && isGuess) [stop, isGuess] = [undefined, false];
    isTaken ||= isAnswer(outcome);
    if (outcome.kind === 'try later') back.push({ sid, outcome });
    else outcomes[sid] = stillUnconfirmed(outcomeOf(outcome, submitted), work.again.get(sid));
  };
  const mails = prepared.filter(({ sid }) => marked.submitting[sid]);
  await Promise.all(
    ticksOf(mails, work.places.interval).map(async (tick) => {
      await deps.waitUntil(starts + tick.after);
      // Once the lane is stopped, the rest of the chunk makes no call.
      if (stop) return void untried.push(...tick.mails.map(({ sid }) => sid));
      await Promise.all(tick.mails.map(sendOne));
    }),
  );
  // Where the guess was wrong they are owed as before, and have a place of a later chunk.
  const reason = stop;
  if (reason) back.push(...untried.map((sid) => ({ sid, outcome: reason })));
  return { kind: 'sent', leaf: marked, outcomes, facts, back, calls, isTaken, stoppedBy: reason?.code };
}

/** SES is there, whatever it said about this mail. A doubt says nothing. */
const isAnswer = (outcome: SendOutcome) =>
  outcome.kind === 'accepted' || outcome.kind === 'refused' || (outcome.kind === 'try later' && outcome.why === 'throttled');

function prepare(work: ChunkWork, facts: ChunkFacts, deps: ChunkDeps): { prepared: Prepared[]; skipped: Outcomes } {
  const now = deps.now();
  const outdated = outdatedIn(work.edition, facts.corrected);
  const prepared: Prepared[] = [];
  const skipped: Record<SubscriberId, Outcome> = {};
  for (const sid of work.people) {
    const one = prepareOne(work, sid, { ...facts, outdated }, deps, now);
    if ('mail' in one) prepared.push(one);
    else skipped[sid] = stillUnconfirmed(one, work.again.get(sid));
  }
  return { prepared, skipped };
}

function prepareOne(
  work: ChunkWork,
  sid: SubscriberId,
  facts: ChunkFacts & { readonly outdated: ReadonlySet<string> },
  { makeMail, addressees }: Pick<ChunkDeps, 'makeMail' | 'addressees'>,
  now: Date,
): Prepared | Outcome {
  const { edition, range } = work;
  const before = work.again.get(sid);
  const attempt = (before?.attempt ?? 0) + 1;
  const profile = facts.profiles.get(sid);
  const reason = reasonToSkip(edition, range.slot, profile, facts, now);
  if (reason || !profile) return { kind: 'skipped', reason: reason ?? 'gone' };
  const to = addressees.of(profile.address);
  if (to === undefined) return { kind: 'skipped', reason: 'not allowed' };
  if ('unsendable' in work.fragments) return unsendable(work.fragments, attempt);
  const issuedAt = Math.floor(now.getTime() / 1000);
  const made = makeMail(edition, work.fragments, profile, { withheld: facts.withheld, corrected: facts.outdated, attempt, issuedAt });
  switch (made.kind) {
    case 'withheld':
    case 'nothing chosen':
      return { kind: 'skipped', reason: made.kind };
    case 'impossible':
      return { kind: 'refused', attempt, code: made.code };
    case 'mail': {
      const tags = { edition: edition.id, slot: range.slot, subscriber: sid, attempt };
      const earlier = before && [...(before.earlier ?? []), before.made];
      const submitted = { attempt, made: made.made, ...(earlier && { earlier }) };
      return { sid, mail: { to, mime: made.mime, isTracked: made.isTracked, tags }, submitted };
    }
    default:
      return made satisfies never;
  }
}

/** Final for each reader: nothing else of this edition will ever leave. */
const unsendable = ({ unsendable: why }: Unsendable, attempt: number): Outcome =>
  why === 'replaced' ? { kind: 'skipped', reason: 'superseded' } : { kind: 'refused', attempt, code: notApprovedCode };
export const notApprovedCode = 'NotApproved';

/** If the second copy is skipped or refused, the first one stays unconfirmed. */
export const stillUnconfirmed = (outcome: Outcome, before: Submitted | undefined): Outcome =>
  before && (outcome.kind === 'skipped' || outcome.kind === 'refused') ? { kind: 'unconfirmed', ...before } : outcome;

function outcomeOf(outcome: Exclude<SendOutcome, { kind: 'try later' }>, submitted: Submitted): Outcome {
  const { attempt, made } = submitted;
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted', attempt, messageId: outcome.messageId, made };
    case 'refused':
      return { kind: 'refused', attempt, code: outcome.code };
    case 'in doubt':
      return { kind: 'in doubt', ...submitted };
    default:
      return outcome satisfies never;
  }
}
