import { InvalidArgumentError } from 'commander';
import { SetAnswer } from '../../../core/operator/api.ts';
import { nearest } from '../../../core/shared/nearest.ts';
import { frequencies, offeredStreams, StreamName } from '../../../core/stream/stream.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';
import type { Session } from '../session.ts';
import { personLines } from './show.ts';

export const setHelp = `
Changes only what is named. An empty text ('') takes a name, team, role, zone or the handles away. A new role brings the streams of
that role that the person never had. --stream can be repeated: on, off, or how often (${frequencies.join(', ')}).
The next import of a file that names the person sets name, team, role, zone and handles to what the file says; it switches no stream off.
The audit log keeps that you changed it.

Examples:
  afterword people set amara.okafor@example.com --team Payments --stream engineering-digest=monthly
  afterword people set new.hire@example.com --add --name "New Hire" --role engineer`;

export interface SetOptions {
  readonly add?: boolean;
  readonly name?: string;
  readonly team?: string;
  readonly role?: string;
  readonly zone?: string;
  readonly handles?: string;
  readonly stream?: Readonly<Record<string, string>>;
}

/** Reads `--stream NAME=VALUE`, which may come several times. */
export function streamOption(text: string, before: SetOptions['stream'] = {}): NonNullable<SetOptions['stream']> {
  const [name = '', value = '', ...rest] = text.split('=');
  const values = ['on', 'off', ...frequencies];
  if (!StreamName.safeParse(name).success) {
    const meant = nearest(name, offeredStreams);
    throw new InvalidArgumentError(`${meant ? `Did you mean ${meant}? ` : ''}Streams are ${offeredStreams.join(', ')}.`);
  }
  if (rest.length > 0 || !values.includes(value)) throw new InvalidArgumentError(`It must be ${name}= and one of ${values.join(', ')}.`);
  return { ...before, [name]: value };
}

/** Changes one person, and shows them as they are now. */
export async function setPerson({ api, terminal }: Session, person: string, { add, stream, ...about }: SetOptions): Promise<ExitCode> {
  const { name, team, role, zone, handles } = about;
  const change = { name, team, role, zone, handles, streams: stream };
  if (!add && Object.values(change).every((one) => one === undefined))
    throw new UsedWrongly('Say what to change: --name, --team, --role, --zone, --handles or --stream NAME=on.');
  const body = JSON.stringify({ person, ...(add && { add }), ...change });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/set', body, type: 'application/json', mayRepeat: true },
    SetAnswer,
  );
  const { added, changed } = answer;
  terminal.say(
    added ? 'Added.' : changed.length > 0 ? `Changed: ${changed.join(', ')}.` : 'Nothing to change: it is so already.',
    ...unknownLines('team', answer.unknownTeams),
    ...unknownLines('role', answer.unknownRoles),
    '',
    ...personLines(answer.person),
  );
  terminal.answer(answer);
  return exitCodes.ok;
}

const unknownLines = (what: string, unknown: SetAnswer['unknownTeams']) =>
  unknown.map(
    ({ name, meant }) =>
      `The distribution file names no ${what} "${printableLine(name)}".${meant ? ` Did you mean ${printableLine(meant)}?` : ''}`,
  );
