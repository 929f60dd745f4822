import { WaiveAnswer } from '../../../core/operator/reviews-api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const waiveHelp = `
Nobody is asked to review it any more. Decisions that were made on its actions stay. If its postmortem was missing, nobody waits for it any
more; one that comes all the same is reviewed. A raise to the worst severity opens a review again. The key needs the scope send; the audit log
keeps the reason.

Example:
  afterword reviews waive checkout-outage --reason "the same incident as checkout-down" --yes`;

export interface WaiveOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

/** Waives one review. The second time nothing changes. */
export async function waiveReview({ api, terminal }: Session, id: string, { reason, yes = false }: WaiveOptions): Promise<ExitCode> {
  const question = `End the review of ${printableLine(id)}? Nobody is asked about it any more.`;
  if (!yes && !(await isConfirmed(terminal, question, 'Nothing was waived. You cannot undo it: add --yes to confirm.'))) {
    terminal.say('Nothing was waived.');
    return exitCodes.ok;
  }
  const body = JSON.stringify({ reason });
  const path = `operator/reviews/${encodeURIComponent(id)}/waive`;
  const { body: answer } = await api({ method: 'POST', path, body, type: 'application/json', mayRepeat: true }, WaiveAnswer);
  const { postmortem, reason: kept = '' } = answer.review;
  terminal.say(
    answer.outcome === 'waived'
      ? `The review of ${postmortem} is waived.`
      : `The review of ${postmortem} is waived already: ${printableLine(kept)}. Nothing was changed.`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
