import { SuspensionAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { whoLine } from './who.ts';

export const suspendHelp = `
Stops all mail to them at once and keeps every setting. They cannot sign in any more. No import ends it, with --sync or without:
  afterword people unsuspend ADDRESS --reason TEXT
The audit log keeps the reason and the id of your key.

Example:
  afterword people suspend amara.okafor@example.com --reason "on leave until March"`;

export const unsuspendHelp = `
They get mail again, with the settings that they had. Also ends a suspension by a synchronised file; if the file still does not name
them, the next import with --sync suspends them again. The audit log keeps the reason and the id of your key.

Example:
  afterword people unsuspend amara.okafor@example.com --reason "back from leave"`;

/** Suspends a person, or ends that. */
export async function setSuspension(
  { api, terminal }: Session,
  person: string,
  suspended: boolean,
  { reason }: { readonly reason: string },
): Promise<ExitCode> {
  const body = JSON.stringify({ person, suspended, reason });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/suspension', body, type: 'application/json', mayRepeat: true },
    SuspensionAnswer,
  );
  const [now, already] = suspended
    ? ['is suspended: no mail, until you end it', 'was suspended already']
    : ['gets mail again', 'was not suspended'];
  terminal.say(...answer.people.map((one) => `${whoLine(person, one)} ${one.changed ? now : already}.`));
  terminal.answer(answer);
  return exitCodes.ok;
}
