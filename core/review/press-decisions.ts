import type { ActionRow } from '../action/action.ts';
import { actionKeyOf } from '../action/action-key.ts';
import type { ActionLedger } from '../action/ports.ts';
import { ActionKeptChanging, type Pressed, pressAction } from '../action/press.ts';
import type { AuditLog } from '../audit/audit.ts';
import { nextWorkingMorning } from '../calendar/working-days.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { workingCalendarOf, workingMorningOf } from '../distribution/review-rules.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';
import {
  type Choice,
  type Decider,
  type DecisionRefused,
  decideOn,
  type LeftUndecided,
  leftUndecided,
  pressedOn,
  type Shown,
  undoOn,
  type What,
} from './decide.ts';
import type { ReviewStore } from './ports.ts';
import { pressReview, ReviewKeptChanging } from './press-review.ts';
import { countedBy, type PressName, receiptAbout } from './receipt.ts';
import { type SignOff, type SignOffRefused, signedOff, signOffUndone } from './sign-off.ts';

export interface DecideDeps {
  readonly actions: ActionLedger;
  readonly reviews: ReviewStore;
  readonly audit: AuditLog;
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
  readonly now: () => Date;
}

/** What is decided at an instant counts from the morning of the next working day. */
export const effectiveFrom = (now: Date, distribution: Pick<Distribution, 'organisation' | 'reminders'>): Date =>
  nextWorkingMorning(now, workingMorningOf(distribution), workingCalendarOf(distribution));

export interface DecisionForm {
  readonly postmortem: PostmortemId;
  readonly decisions: readonly { readonly aid: string; readonly shown: Shown; readonly choice: Choice }[];
  /** Absent: the review stays open. */
  readonly signOff?: Pick<SignOff, 'revision' | 'isPreliminary' | 'isOwn' | 'leavesAsked'> | undefined;
  /** The form decides on an action that is not known any more, so nothing is signed. */
  readonly isFlawed: boolean;
}

/** `busy`: others kept writing the row. `full`: it has as many events as it may. */
export type DecisionOutcome =
  | { readonly kind: 'taken' | 'already' | 'gone' | 'full' | 'busy' }
  | { readonly kind: 'refused'; readonly why: DecisionRefused };

export type SignOffOutcome =
  | { readonly kind: 'signed'; readonly left: LeftUndecided }
  | { readonly kind: 'already' | 'busy' }
  /** A decision of the same form was not taken, so that its reader looks again before they sign. */
  | { readonly kind: 'decisions first' }
  | { readonly kind: 'refused'; readonly why: SignOffRefused };

export interface FormOutcome {
  readonly effectiveAt: Instant;
  /** By the aid of the action. */
  readonly decisions: ReadonlyMap<string, DecisionOutcome>;
  readonly signOff?: SignOffOutcome;
}

/**
 * Takes the decisions of one form, each by itself: one that is refused leaves the others. Signs
 * off only if none was. Each stored decision has an audit line, and one receipt is mailed for all
 * of them. The same form again stores, writes and mails nothing. After a crash in between the rows
 * say what was decided, and the form again takes the rest.
 */
export async function pressDecisions(
  form: DecisionForm,
  by: Decider,
  distribution: Pick<Distribution, 'organisation' | 'reminders'>,
  deps: DecideDeps,
): Promise<FormOutcome> {
  const now = deps.now();
  const press = toInstant(now);
  const effectiveAt = toInstant(effectiveFrom(now, distribution));
  const decisions = new Map<string, DecisionOutcome>();
  const taken: What[] = [];
  for (const { aid, shown, choice } of form.decisions) {
    const change = (row: ActionRow) => decideOn(row, { shown, choice, by, press, effectiveAt }, now);
    const outcome = await pressed(() =>
      pressAction({ postmortem: form.postmortem, aid }, change, { actions: deps.actions, now: () => now }),
    );
    decisions.set(aid, outcome);
    if (outcome.kind !== 'taken') continue;
    taken.push(choice.what);
    const facts = { subscriber: by.sid, postmortem: form.postmortem, action: actionKeyOf({ aid }), decision: choice.what };
    await deps.audit.record({ at: press, who: 'reader', act: 'action decided', facts });
  }
  const isWhole = !form.isFlawed && [...decisions.values()].every(({ kind }) => kind === 'taken' || kind === 'already');
  const signOff = form.signOff && (isWhole ? await sign(form, by, { press, effectiveAt }, deps) : ({ kind: 'decisions first' } as const));
  const isSigned = signOff?.kind === 'signed';
  if (taken.length > 0 || isSigned) {
    const details = { of: countedBy(taken), undecided: isSigned ? signOff.left.undecided : 0, effectiveAt };
    const about = receiptAbout({ postmortem: form.postmortem, press, decisions: taken.length, isSigned, details });
    await deps.mail({ kind: 'receipt', about, realm: 'staff', subscriber: by.sid });
  }
  return { effectiveAt, decisions, ...(signOff && { signOff }) };
}

async function pressed(run: () => Promise<Pressed<DecisionRefused>>): Promise<DecisionOutcome> {
  try {
    const done = await run();
    if (done.kind === 'refused') return { kind: 'refused', why: done.why };
    return { kind: done.kind === 'stored' ? 'taken' : done.kind === 'nothing' ? 'already' : done.kind };
  } catch (error) {
    if (error instanceof ActionKeptChanging) return { kind: 'busy' };
    throw error;
  }
}

async function sign(
  { postmortem, signOff }: DecisionForm,
  by: Decider,
  { press, effectiveAt }: { readonly press: Instant; readonly effectiveAt: Instant },
  { actions, reviews, audit, now }: DecideDeps,
): Promise<SignOffOutcome> {
  if (!signOff) return { kind: 'already' };
  const left = leftUndecided(await actions.list(postmortem), now());
  try {
    const wanted = { ...signOff, by, left, undoUntil: effectiveAt };
    const done = await pressReview(postmortem, (review) => signedOff(review, wanted, press), { reviews });
    if (done.kind === 'unknown') return { kind: 'refused', why: { why: 'not in review', review: undefined } };
    if (done.kind === 'refused') return { kind: 'refused', why: done.why };
    if (done.kind === 'nothing') return { kind: 'already' };
  } catch (error) {
    if (error instanceof ReviewKeptChanging) return { kind: 'busy' };
    throw error;
  }
  const facts = { subscriber: by.sid, postmortem, revision: signOff.revision, undecided: left.undecided };
  await audit.record({ at: press, who: 'reader', act: 'review signed', facts });
  return { kind: 'signed', left };
}

export interface Undone {
  /** The decisions that were taken back now. */
  readonly decisions: readonly What[];
  /** How many are in effect and stay. */
  readonly inEffect: number;
  readonly signOff: 'undone' | 'in effect' | 'nothing';
}

/**
 * Takes back what one person sent with one press, as far as it has not taken effect. What others
 * did stays. Again it does nothing.
 */
export async function undoPress(
  { postmortem, press }: PressName,
  by: SubscriberId,
  deps: Pick<DecideDeps, 'actions' | 'reviews' | 'audit' | 'now'>,
): Promise<Undone> {
  const now = deps.now();
  const at = toInstant(now);
  const undone = { decisions: [] as What[], inEffect: 0 };
  const ofPress = (await deps.actions.list(postmortem)).flatMap((row) => {
    const [pressed] = pressedOn(row, { by, press }, now);
    return pressed ? [{ aid: row.aid, what: pressed.decision.what }] : [];
  });
  for (const { aid, what } of ofPress) {
    const done = await pressAction({ postmortem, aid }, (row) => undoOn(row, { by, press }, now), {
      actions: deps.actions,
      now: () => now,
    });
    if (done.kind === 'refused') undone.inEffect += 1;
    if (done.kind !== 'stored') continue;
    undone.decisions.push(what);
    await deps.audit.record({
      at,
      who: 'reader',
      act: 'decision undone',
      facts: { subscriber: by, postmortem, action: actionKeyOf({ aid }) },
    });
  }
  const signed = await pressReview(postmortem, (review) => signOffUndone(review, { by, press }, now), deps);
  if (signed.kind === 'stored')
    await deps.audit.record({ at, who: 'reader', act: 'decision undone', facts: { subscriber: by, postmortem, field: 'sign-off' } });
  return { ...undone, signOff: signed.kind === 'stored' ? 'undone' : signed.kind === 'refused' ? 'in effect' : 'nothing' };
}
