import { LiftAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const liftHelp = `
Bounces and complaints up to now no longer count; the next one suppresses again. An address that somebody was moved away from can be imported again. It leaves an audit line with the reason and the id of your key.
SES keeps a list of its own and mails nobody on it. Take the address off that too:
  aws sesv2 delete-suppressed-destination --email-address ADDRESS

Example:
  afterword people lift amara.okafor@example.com --reason "the mailbox is there again"`;

export interface LiftOptions {
  readonly reason: string;
}

/** Has somebody mailed again who was suppressed. */
export async function lift({ api, terminal }: Session, person: string, { reason }: LiftOptions): Promise<ExitCode> {
  const body = JSON.stringify({ person, reason });
  const { body: answer } = await api({ method: 'POST', path: 'operator/people/lift', body, type: 'application/json' }, LiftAnswer);
  for (const { sid, realm, was } of answer.people) {
    terminal.say(
      was
        ? `${sid} (${realm}) gets mail again. Suppressed since ${toTheMinute(was.at)} UTC: ${printableLine(was.reason)}.`
        : `${sid} (${realm}) was not suppressed.`,
    );
  }
  if (answer.people.some(({ was }) => was)) {
    terminal.say('SES keeps a list of its own: aws sesv2 delete-suppressed-destination --email-address ADDRESS');
  }
  terminal.answer(answer);
  return exitCodes.ok;
}
