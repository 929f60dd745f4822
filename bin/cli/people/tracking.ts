import { TrackingAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { whoLine } from './who.ts';

/** Switches the estimate of opens off for one person, or lets the streams decide again. */
export async function setTracking({ api, terminal }: Session, person: string, opens: boolean): Promise<ExitCode> {
  const body = JSON.stringify({ person, opens });
  const { body: answer } = await api({ method: 'POST', path: 'operator/people/tracking', body, type: 'application/json' }, TrackingAnswer);
  const now = opens ? 'as their streams say' : 'off: their mails have no pixel from the next one on';
  const already = opens ? 'as their streams say already' : 'off already';
  terminal.say(...answer.people.map((one) => `${whoLine(person, one)}: estimate of opens ${one.changed ? now : already}.`));
  terminal.answer(answer);
  return exitCodes.ok;
}
