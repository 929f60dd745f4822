import { EraseAnswer } from '../../../core/operator/api.ts';
import { isConfirmed } from '../confirm.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const eraseHelp = `
Deletes profile, address and subscriptions at once, and what the ledger keeps about their mails within minutes. For an edition that is
still being sent, that happens once it is sent. No import brings them back; they can only sign up again themselves. You cannot undo this.
If the command fails, run it again.
SES has its own list of addresses that bounced: aws sesv2 delete-suppressed-destination --email-address ADDRESS
Backups still hold the data until they are deleted. After restoring one, erase them again (docs/operations.md).

Example:
  afterword people erase amara.okafor@example.com`;

export interface EraseOptions {
  readonly yes?: boolean;
}

/** Erases a person. Asks first unless `yes`. */
export async function erase({ api, terminal }: Session, person: string, { yes = false }: EraseOptions): Promise<ExitCode> {
  const question = `Erase ${printableLine(person)} for good?`;
  if (!yes && !(await isConfirmed(terminal, question, 'Nothing was erased. You cannot undo erasing: add --yes to confirm.'))) {
    terminal.say('Nothing was erased.');
    return exitCodes.ok;
  }
  const body = JSON.stringify({ person });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/erase', body, type: 'application/json', mayRepeat: true },
    EraseAnswer,
  );
  terminal.say(
    ...answer.people.map(
      ({ sid, realm }) => `${sid} (${realm}) is erased. What the ledger keeps about their mails is deleted within minutes.`,
    ),
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
