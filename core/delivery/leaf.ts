import type { SubscriberId } from '../subscriber/subscriber.ts';
import type { Outcome, Outcomes } from './outcome.ts';
import type { RangeLedger } from './ports.ts';
import type { Leaf, Range, RangeRow, Submitted } from './range.ts';

/**
 * A leaf without a row. Its first change creates the row: its shape, its owner and the first mark
 * are one write.
 */
export const newLeaf = (owner: string, leaseEndsAt: number): Leaf => ({
  shape: 'leaf',
  version: unwritten,
  owner,
  leaseEndsAt,
  expectedBy: 0,
  step: 0,
  state: 'open',
  settlesAt: 0,
  isAsked: false,
  submitting: {},
  outcomes: {},
  denied: {},
});

/** The version of a leaf that has no row yet. */
const unwritten = 0;

/** Merges outcomes. An accepted outcome stays, whoever writes later. */
export const withOutcomes = (before: Outcomes, added: Outcomes): Outcomes => {
  const merged: Record<SubscriberId, Outcome> = { ...before };
  for (const [sid, outcome] of Object.entries(added)) if (merged[sid]?.kind !== 'accepted') merged[sid] = outcome;
  return merged;
};

const attemptOf = (outcome: Outcome | undefined) => (outcome && 'attempt' in outcome ? outcome.attempt : 0);

/**
 * Doubts of readers who were being sent to when the worker before us died. Their mail may have been
 * accepted, so it is not sent again without evidence.
 */
export const doubtsOf = (leaf: Leaf): Outcomes => {
  const doubts: Record<SubscriberId, Outcome> = {};
  for (const [sid, submitted] of Object.entries(leaf.submitting)) {
    const known = leaf.outcomes[sid];
    if (!known || (known.kind !== 'accepted' && attemptOf(known) < submitted.attempt)) doubts[sid] = { kind: 'in doubt', ...submitted };
  }
  return doubts;
};

export type Doubt = Extract<Outcome, { kind: 'in doubt' }>;

/** Everybody in doubt, including the doubts that a dead worker left. */
export const everyDoubtOf = (leaf: Leaf): [SubscriberId, Doubt][] =>
  Object.entries(withOutcomes(leaf.outcomes, doubtsOf(leaf))).flatMap(([sid, outcome]): [SubscriberId, Doubt][] =>
    outcome.kind === 'in doubt' ? [[sid, outcome]] : [],
  );

export interface LeafChange {
  readonly outcomes: Outcomes;
  readonly submitting?: Readonly<Record<SubscriberId, Submitted>>;
  readonly release?: Release;
}
/**
 * Gives the leaf back. 'open': to the next worker. 'settling': to be settled, after evidence was
 * asked for. 'finished': for good, unless somebody in it is in doubt. `expectedBy`: when the
 * message that goes on with it will have come.
 */
export type Release =
  | { readonly as: 'open'; readonly expectedBy: number }
  | { readonly as: 'settling'; readonly settlesAt: number; readonly expectedBy: number }
  | { readonly as: 'finished'; readonly settlesAt: number };

/**
 * Looks for doubts in what is written and not in what its writer knew: an operator may have asked
 * for another copy meanwhile.
 */
const released = (
  release: Release,
  outcomes: Outcomes,
): Pick<Leaf, 'leaseEndsAt' | 'state' | 'settlesAt' | 'isAsked' | 'expectedBy'> & { denied?: Leaf['denied'] } => {
  const free = { leaseEndsAt: 0, settlesAt: 0, isAsked: false, expectedBy: 0 };
  if (release.as === 'open') return { ...free, state: 'open', expectedBy: release.expectedBy };
  if (release.as === 'settling')
    return { leaseEndsAt: 0, state: 'settling', settlesAt: release.settlesAt, isAsked: true, expectedBy: release.expectedBy };
  const isDone = !Object.values(outcomes).some(({ kind }) => kind === 'in doubt');
  const finished = { ...free, denied: {} };
  return isDone ? { ...finished, state: 'done' } : { ...finished, state: 'settling', settlesAt: release.settlesAt };
};

/** Drops readers whose mail feedback has since confirmed as accepted. */
const unlessAccepted = (submitting: LeafChange['submitting'], outcomes: Outcomes) =>
  Object.fromEntries(Object.entries(submitting ?? {}).filter(([sid]) => outcomes[sid]?.kind !== 'accepted'));

const changed = (leaf: Leaf, change: LeafChange): Leaf => {
  const outcomes = withOutcomes(leaf.outcomes, change.outcomes);
  return {
    ...leaf,
    version: leaf.version + 1,
    step: leaf.step + 1,
    outcomes,
    submitting: unlessAccepted(change.submitting, outcomes),
    ...(change.release && released(change.release, outcomes)),
    // Reopened, it stays listed until everybody in it has an outcome.
    ...(change.release?.as === 'open' && { settlesAt: leaf.settlesAt }),
  };
};

/** A leaf that has no row gets one, if nobody else has given it one meanwhile. */
const write = (ledger: RangeLedger, range: Range, next: Leaf, { version, owner }: Leaf): Promise<boolean> =>
  version === unwritten ? ledger.create(range, next) : ledger.replace(range, next, { version, owner });

/**
 * Writes a change to a leaf that we own and answers the leaf as it stands. Undefined: somebody else
 * owns it; send nothing more.
 * A write that landed although its reply was lost is recognised by owner and step. If feedback
 * wrote in between, its outcomes are kept.
 */
export async function changeLeaf(ledger: RangeLedger, range: Range, before: Leaf, change: LeafChange): Promise<Leaf | undefined> {
  let base = before;
  for (;;) {
    const next = changed(base, change);
    if (await write(ledger, range, next, base)) return next;
    const now: RangeRow | undefined = await ledger.read(range);
    if (now?.shape !== 'leaf' || now.owner !== base.owner) return undefined;
    if (now.step === next.step) return { ...now, submitting: unlessAccepted(now.submitting, now.outcomes) };
    if (now.step !== base.step || now.version === base.version) return undefined;
    base = now;
  }
}

export type Claim =
  | { answer: 'ours'; leaf: Leaf }
  | { answer: 'held'; until: number }
  | { answer: 'settling' }
  | { answer: 'done'; leaf: Leaf };

/**
 * Answers 'ours' to one caller at a time. A lease that has ended can be claimed again. A leaf that
 * is done, or waits for evidence, cannot be claimed.
 */
export async function claimLeaf(
  ledger: RangeLedger,
  range: Range,
  seen: Leaf,
  claim: { owner: string; now: number; leaseEndsAt: number },
): Promise<Claim> {
  if (seen.state === 'done') return { answer: 'done', leaf: seen };
  if (seen.leaseEndsAt > claim.now) return { answer: 'held', until: seen.leaseEndsAt };
  if (seen.state === 'settling' && seen.settlesAt > claim.now) return { answer: 'settling' };
  const claimed: Leaf = { ...seen, version: seen.version + 1, owner: claim.owner, leaseEndsAt: claim.leaseEndsAt, step: 0 };
  if (await ledger.replace(range, claimed, { version: seen.version, owner: seen.owner })) return { answer: 'ours', leaf: claimed };
  const now = await ledger.read(range);
  if (now?.shape === 'leaf' && now.owner === claim.owner && now.step === 0) return { answer: 'ours', leaf: now };
  if (now?.shape === 'leaf' && now.state === 'done') return { answer: 'done', leaf: now };
  return { answer: 'held', until: now?.shape === 'leaf' && now.leaseEndsAt > claim.now ? now.leaseEndsAt : claim.now + 1000 };
}
