import { SendAnswer, type When } from '../../../core/operator/api.ts';
import type { Frequency, StreamName } from '../../../core/stream/stream.ts';
import { dateHelp } from '../arguments.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { RefusedByApi, UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { sendTest } from './preview.ts';

export const sendHelp = `
Without a date: the edition that is due now. It covers the last week or month that has ended. The week or month that is still running
comes in the next edition; look at that one with: afterword preview.
DATE is ${dateHelp};
it means the edition that was due then. An edition is composed only once, so asking twice sends it once.
If the period ended more than five weeks ago, the command asks first; --yes skips the question.
--test-to mails the same edition to one person who was imported, such as yourself, and to nobody else. It counts nowhere. The next
edition, which is not due yet, is tested with: afterword preview --to, whose help says more about tests.

Examples:
  afterword send engineering-digest
  afterword send engineering-digest --at 2026-11-23
  afterword send leadership-brief --at 2026-11-01
  afterword send engineering-digest --test-to ada@example.com`;

export interface SendOptions {
  readonly at?: When;
  /** Mails it to this person only, as a test. */
  readonly testTo?: string;
  /** Of a test. */
  readonly postmortem?: string;
  /** Of a test. */
  readonly frequency?: Frequency;
  readonly yes?: boolean;
}

/** Sends the edition that was due at an instant. */
export async function send(session: Session, stream: StreamName, { testTo, ...options }: SendOptions): Promise<ExitCode> {
  const { at, yes = false, ...ofTest } = options;
  if (testTo !== undefined) return sendTest(session, stream, { to: testTo, ...testOf(at, ofTest.postmortem), ...ofTest });
  if (Object.keys(ofTest).length > 0)
    throw new UsedWrongly('--postmortem and --frequency choose what a test shows. Add --test-to. No mail was sent.');
  const { terminal } = session;
  const answer = await ask(session, stream, at, yes).catch(async (error: unknown) => {
    const [flaw] = error instanceof RefusedByApi && error.status === 409 ? error.complaints : [];
    if (flaw?.field !== 'at') throw error;
    const told = printableLine(flaw.problem);
    const isMeant = await isConfirmed(
      terminal,
      `${told}. Send it to everybody anyway?`,
      `${told}. No mail was sent. Add --yes to send it anyway.`,
    );
    return isMeant ? ask(session, stream, at, true) : undefined;
  });
  if (!answer) {
    terminal.say('No mail was sent.');
    return exitCodes.ok;
  }
  const tells = answer.tells ? ` It covers ${answer.tells}.` : '';
  terminal.say(
    answer.existed
      ? `${answer.edition} already exists. Nobody gets it twice.`
      : `${answer.edition} is being composed and will be sent.${tells}`,
    `See what became of it: afterword edition ${answer.edition}`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

/** A test shows the edition that would be sent: without a date, the one that is due now. */
const testOf = (at: When | undefined, postmortem: string | undefined): { readonly at?: When } =>
  at === undefined && postmortem !== undefined ? {} : { at: at ?? 'now' };

async function ask({ api }: Session, stream: StreamName, at: When | undefined, evenIfOld: boolean): Promise<SendAnswer> {
  const body = JSON.stringify({ stream, ...(at && { at }), ...(evenIfOld && { evenIfOld }) });
  return (await api({ method: 'POST', path: 'operator/send', body, type: 'application/json' }, SendAnswer)).body;
}
