import { SendAnswer } from '../../../core/operator/api.ts';
import type { Instant } from '../../../core/shared/instant.ts';
import type { StreamName } from '../../../core/subscriber/subscriber.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { dateHelp } from '../instant-argument.ts';
import type { Session } from '../session.ts';

export const sendHelp = `
DATE is ${dateHelp};
it means the edition that is due at that instant. Asking twice sends once: an edition is composed only once.

Examples:
  afterword send engineering-digest --at 2026-11-23
  afterword send leadership-brief --at 2026-11-01`;

/** Has the edition composed and sent that is due at an instant. */
export async function send({ api, terminal }: Session, stream: StreamName, at: Instant): Promise<ExitCode> {
  const body = JSON.stringify({ stream, at });
  const { body: answer } = await api({ method: 'POST', path: 'operator/send', body, type: 'application/json' }, SendAnswer);
  terminal.say(
    answer.existed ? `${answer.edition} exists already; nobody gets it twice.` : `${answer.edition} is being composed and will be sent.`,
    `See what became of it: afterword edition ${answer.edition}`,
  );
  terminal.answer(answer);
  return exitCodes.ok;
}
