import { LiftAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { whoLine } from './who.ts';

export const liftHelp = `
Bounces and complaints up to now no longer count. The next one suppresses the person again. An address that somebody was moved away from
can be imported again. The audit log keeps the reason and the id of your key.
SES has its own list and mails nobody on it. Remove the address from that too:
  aws sesv2 delete-suppressed-destination --email-address ADDRESS

Example:
  afterword people lift amara.okafor@example.com --reason "the mailbox is there again"`;

export interface LiftOptions {
  readonly reason: string;
}

/** Lets a suppressed person get mail again. */
export async function lift({ api, terminal }: Session, person: string, { reason }: LiftOptions): Promise<ExitCode> {
  const body = JSON.stringify({ person, reason });
  const { body: answer } = await api({ method: 'POST', path: 'operator/people/lift', body, type: 'application/json' }, LiftAnswer);
  for (const { realm, was } of answer.people) {
    const who = whoLine(person, { realm });
    terminal.say(
      was
        ? `${who} gets mail again. Suppressed since ${toTheMinute(was.at)} UTC: ${printableLine(was.reason)}.`
        : `${who} was not suppressed.`,
    );
  }
  if (answer.people.some(({ was }) => was)) {
    terminal.say('SES has its own list. Remove the address from it: aws sesv2 delete-suppressed-destination --email-address ADDRESS');
  }
  terminal.answer(answer);
  return exitCodes.ok;
}
