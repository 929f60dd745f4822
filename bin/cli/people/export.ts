import { ExportAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';

export const exportHelp = `
Contains the profile with every setting and consent, what became of each mail of the last thirteen months, what the mail server reported
about it, and what was done about the person. It contains their address: keep it where only they can read it. The audit log keeps that
you exported it.

Example:
  afterword people export amara.okafor@example.com > amara.json`;

/**
 * Prints everything that is stored about a person. It is always JSON, because it is made to be
 * handed over.
 */
export async function exportPerson({ api, terminal }: Session, person: string): Promise<ExitCode> {
  const body = JSON.stringify({ person });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/export', body, type: 'application/json', mayRepeat: true },
    ExportAnswer,
  );
  terminal.say(JSON.stringify(answer, undefined, 2));
  terminal.answer(answer);
  return exitCodes.ok;
}
