import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import { owing } from './acts.ts';
import { type Acting, afterStop, afterWithdrawal, publicVersionOf } from './after-press.ts';
import { asksAt } from './due.ts';
import type { External } from './external.ts';
import { changeNotice, type PressNoticeDeps, recordLast } from './press-notice.ts';

/**
 * What an operator does with a notice. They never approve: an approval is a person's word on a text
 * that they read.
 */
export type OperatorAct = { readonly act: 'ask' } | { readonly act: 'stop' | 'withdraw'; readonly reason: string };

/**
 * Why nothing was changed. `nothing to ask`: no text asks, or it is public already. `asked`: the
 * approvers have it already. `nothing asked`: there is no request to stop. `too late`: it is
 * leaving or has left. `not public`: customers can read no version of it.
 */
export type NotOperated = 'nothing to ask' | 'asked' | 'nothing asked' | 'too late' | 'not public';

export type OperatedNotice =
  | { readonly kind: 'stored' | 'unchanged'; readonly external: External }
  | { readonly kind: 'refused'; readonly why: NotOperated }
  /** Nothing is known of a notice about this postmortem. */
  | { readonly kind: 'none' }
  /** A later release wrote the row. It is left alone. */
  | { readonly kind: 'unknown' };

export type OperateNoticeDeps = Pick<PressNoticeDeps, 'externals' | 'audit' | 'look' | 'pace'>;

/**
 * Asks at once, stops what is asked, or withdraws what is public. What follows is done by a look.
 * The second time nothing is changed, and a look is asked for all the same. `label`: of the key,
 * for the audit log, which has ids alone besides.
 *
 * @throws NoticeKeptChanging
 */
export async function operateNotice(
  postmortem: PostmortemId,
  press: OperatorAct,
  by: Acting & { readonly label: string },
  deps: OperateNoticeDeps,
): Promise<OperatedNotice> {
  const last: { why?: NotOperated | 'unchanged' } = {};
  const changed = await changeNotice(
    postmortem,
    (external) => {
      const after = afterOperator(external, press, by, deps);
      if (typeof after !== 'string') return owing(after, actOf(press, by, after));
      last.why = after;
      return { refused: 'over' };
    },
    deps,
  );
  if (changed.kind === 'unknown') return { kind: 'unknown' };
  if (changed.kind === 'stored') {
    await recordLast(changed.external, deps);
    await deps.look(postmortem);
    return changed;
  }
  if (!changed.external || !last.why) return { kind: 'none' };
  if (last.why !== 'unchanged') return { kind: 'refused', why: last.why };
  await deps.look(postmortem);
  return { kind: 'unchanged', external: changed.external };
}

/** The row after what an operator did, or why it stays as it is. */
export function afterOperator(
  external: External,
  press: OperatorAct,
  by: Acting,
  { pace }: Pick<OperateNoticeDeps, 'pace'>,
): External | NotOperated | 'unchanged' {
  const { request, withdrawn } = external;
  switch (press.act) {
    case 'ask': {
      if (request?.state === 'open' || request?.state === 'approved' || request?.state === 'releasing') return 'asked';
      if (asksAt({ ...external, hurried: by.at }, pace) === undefined) return 'nothing to ask';
      return external.hurried === undefined ? afterAsking(external, by.at) : 'unchanged';
    }
    case 'stop': {
      if (request?.state === 'stopped') return 'unchanged';
      if (!request || request.state === 'held') return 'nothing asked';
      const after = afterStop(external, { act: 'stop', n: request.n, reason: press.reason }, by);
      if (!('refused' in after)) return after;
      return after.refused === 'too late' ? 'too late' : 'nothing asked';
    }
    case 'withdraw': {
      const version = request?.state === 'releasing' ? request.n : publicVersionOf(external)?.n;
      if (version === undefined) return withdrawn ? 'unchanged' : 'not public';
      const after = afterWithdrawal(external, { version, reason: press.reason }, by);
      return 'refused' in after ? 'not public' : after;
    }
  }
}

/** A text that was taken back may be asked again from now on. */
function afterAsking({ takenBack, ...external }: External, at: Instant): External {
  const others = takenBack?.filter((text) => text !== external.seen?.content);
  return { ...external, hurried: at, ...(others && others.length > 0 && { takenBack: others }) };
}

/** What an operator did. The reason may quote the text, so the row alone keeps it. */
function actOf({ act }: OperatorAct, { by, at, label }: Acting & { readonly label: string }, { request, withdrawn }: External) {
  const n = act === 'withdraw' ? withdrawn?.n : act === 'stop' && request?.state !== 'held' ? request?.n : undefined;
  return { act, by, at, label, ...(n !== undefined && { n }) };
}
