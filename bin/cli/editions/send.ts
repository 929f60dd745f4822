import { SendAnswer, type When } from '../../../core/operator/api.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import { dateHelp } from '../arguments.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const sendHelp = `
Without a date: the edition that is due now, which tells of the last week or month that has ended. The one that is running is told by the
next edition; look at it with: afterword preview.
DATE is ${dateHelp};
it means the edition that was due then. Asking twice sends once: an edition is composed only once.
What ended more than five weeks ago is sent after a question only, or with --yes.

Examples:
  afterword send engineering-digest
  afterword send engineering-digest --at 2026-11-23
  afterword send leadership-brief --at 2026-11-01`;

export interface SendOptions {
  readonly at?: When;
  readonly yes?: boolean;
}

/** Has the edition composed and sent that was due at an instant. */
export async function send(session: Session, stream: StreamName, { at, yes = false }: SendOptions): Promise<ExitCode> {
  const { terminal } = session;
  const answer = await ask(session, stream, at, yes).catch(async (error: unknown) => {
    const [flaw] = error instanceof RefusedByApi && error.status === 409 ? error.complaints : [];
    if (flaw?.field !== 'at') throw error;
    const told = printableLine(flaw.problem);
    const isMeant = await isConfirmed(
      terminal,
      `${told}. Send it to everybody all the same?`,
      `${told}. No mail was sent. If that is meant, say --yes.`,
    );
    return isMeant ? ask(session, stream, at, true) : undefined;
  });
  if (!answer) {
    terminal.say('No mail was sent.');
    return exitCodes.ok;
  }
  const tells = answer.tells ? ` It tells of ${answer.tells}.` : '';
  terminal.say(
    answer.existed
      ? `${answer.edition} exists already; nobody gets it twice.`
      : `${answer.edition} is being composed and will be sent.${tells}`,
    `See what became of it: afterword edition ${answer.edition}`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

async function ask({ api }: Session, stream: StreamName, at: When | undefined, evenIfOld: boolean): Promise<SendAnswer> {
  const body = JSON.stringify({ stream, ...(at && { at }), ...(evenIfOld && { evenIfOld }) });
  return (await api({ method: 'POST', path: 'operator/send', body, type: 'application/json' }, SendAnswer)).body;
}
