import { MoveAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const moveHelp = `
Every setting, pause and consent goes along; the id of before is erased. A mail that is being sent right now may miss them: their first one at
the new address is the next. Links in older mails stop working; the next mail brings new ones. After a failure do the same again.

Example:
  afterword people move ana.ferreira@example.com ana.silva@example.com`;

/** Gives somebody another address. */
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
