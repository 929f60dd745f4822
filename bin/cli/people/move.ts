import { MoveAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const moveHelp = `
Keeps every setting, pause and consent, and erases the old id. They may not get a mail that is being sent right now; the next one goes to
the new address. Links in older mails stop working; the next mail brings new ones. If the command fails, run it again.

Example:
  afterword people move ana.ferreira@example.com ana.silva@example.com`;

/** Gives a person another address. */
export async function move({ api, terminal }: Session, person: string, address: string): Promise<ExitCode> {
  const body = JSON.stringify({ person, address });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/move', body, type: 'application/json', mayRepeat: true },
    MoveAnswer,
  );
  terminal.say(...answer.people.map(({ sid, realm, to }) => `${sid} (${realm}) is now ${to}, with the address ${printableLine(address)}.`));
  terminal.answer(answer);
  return exitCodes.ok;
}
