import { NoticeActAnswer } from '../../../core/operator/notices-api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { noticePath } from './list.ts';

export const askHelp = `
Its approvers are asked within a minute instead of when the text has stood for ten; after it was stopped, sent back or lapsed, they are asked
again. What holds it back holds it still: afterword notices show says what that is. Nobody approves by a key. The key needs the scope notices.

Example:
  afterword notices ask checkout-outage`;

export const stopHelp = `
Approvals that were given count no more, and its approvers are told. The text is asked again when it changes, or by: afterword notices ask. What
is public already stays public. The key needs the scope notices.

Example:
  afterword notices stop checkout-outage --reason "the times are wrong"`;

export const withdrawHelp = `
Its public page says at once that it was withdrawn, mails that have not left do not leave, and whoever may have one gets a mail that it no
longer counts. A request that is open ends. Nobody has to agree first, and it cannot be undone: a new version is approved again. The same text
is asked again only by: afterword notices ask. The key needs the scope notices.

Example:
  afterword notices withdraw checkout-outage --reason "the times are wrong" --yes`;

export interface ActOptions {
  readonly reason: string;
  readonly yes?: boolean;
}

/** Has the approvers of one asked at once. */
export const askNotice = (session: Session, id: string): Promise<ExitCode> =>
  act(session, id, 'ask', undefined, ['Its approvers are asked now, unless something holds it back.', 'That is being done already.']);

/** Ends the approval request of one. */
export const stopNotice = (session: Session, id: string, { reason }: ActOptions): Promise<ExitCode> =>
  act(session, id, 'stop', reason, ['The request is stopped.', 'It is stopped already.']);

/** Takes one back from customers, after a question. */
export async function withdrawNotice(session: Session, id: string, { reason, yes = false }: ActOptions): Promise<ExitCode> {
  const { terminal } = session;
  const question = `Withdraw the notice about ${printableLine(id)}? Customers who may have a mail of it get one that says so.`;
  const otherwise = 'Nothing was withdrawn. It mails customers, and you cannot undo it: add --yes to confirm.';
  if (!yes && !(await isConfirmed(terminal, question, otherwise))) {
    terminal.say('Nothing was withdrawn.');
    return exitCodes.ok;
  }
  return act(session, id, 'withdraw', reason, ['It is being withdrawn.', 'It is withdrawn already.']);
}

async function act(
  { api, terminal }: Session,
  id: string,
  what: 'ask' | 'stop' | 'withdraw',
  reason: string | undefined,
  [done, unchanged]: readonly [string, string],
): Promise<ExitCode> {
  const sent = reason === undefined ? {} : { body: JSON.stringify({ reason }), type: 'application/json' as const };
  const path = noticePath(id, `/${what}`);
  const { body } = await api({ method: 'POST', path, ...sent, mayRepeat: true }, NoticeActAnswer);
  terminal.say(`${body.notice.postmortem}: ${body.outcome === 'done' ? done : `${unchanged} Nothing was changed.`}`);
  terminal.answer(body);
  return exitCodes.ok;
}
