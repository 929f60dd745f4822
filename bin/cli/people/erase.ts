import { EraseAnswer } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const eraseHelp = `
Profile, address and subscriptions go at once; what the ledger keeps of their mails is taken out within minutes, of an edition that is still
being sent when it is done. No import brings them back, only a new sign-up of their own. It cannot be undone. After a failure do the same again.
SES keeps a list of addresses that bounced, and it is not ours: aws sesv2 delete-suppressed-destination --email-address ADDRESS
Backups keep them until they are deleted; after restoring one, erase them again (docs/operations.md).

Example:
  afterword people erase amara.okafor@example.com`;

export interface EraseOptions {
  readonly yes?: boolean;
}

/** Erases somebody, after a question unless told not to ask. */
export async function erase({ api, terminal }: Session, person: string, { yes = false }: EraseOptions): Promise<ExitCode> {
  const question = `Erase ${printableLine(person)} for good?`;
  if (!yes && !(await isConfirmed(terminal, question, 'Erasing cannot be undone: add --yes to do it without a question.'))) {
    terminal.say('Nothing was done.');
    return exitCodes.ok;
  }
  const body = JSON.stringify({ person });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/erase', body, type: 'application/json', mayRepeat: true },
    EraseAnswer,
  );
  terminal.say(
    ...answer.people.map(({ sid, realm }) => `${sid} (${realm}) is erased. What the ledger keeps of their mails goes within minutes.`),
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
