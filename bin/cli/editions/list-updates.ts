import { UpdatesAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';
import { countsLine } from './lines.ts';

export const updatesHelp = `
A mail follows the first one about an incident where what it said has changed: after two minutes, then
four, eight and so on to an hour, and within a minute or two where the incident was taken back, counts as
less severe, or stands again.

  afterword updates                    what waits
  afterword updates checkout-outage    what was sent about one incident, and what waits`;

type Told = UpdatesAnswer['updates'][number];

/** Shows what was told of an incident, mail by mail, or of all incidents what waits. */
export async function listUpdates({ api, terminal }: Session, postmortem?: string): Promise<ExitCode> {
  const query = postmortem === undefined ? '' : `?postmortem=${encodeURIComponent(postmortem)}`;
  const { body } = await api({ method: 'GET', path: `operator/updates${query}` }, UpdatesAnswer);
  const { updates } = body;
  const nothing = postmortem === undefined ? 'No update waits.' : `No mail was sent about ${printableLine(postmortem)} at once.`;
  terminal.say(...(updates.length === 0 ? [nothing] : updates.flatMap((told, n) => [...(n > 0 ? [''] : []), ...linesOf(told)])));
  terminal.answer(body);
  return exitCodes.ok;
}

const linesOf = ({ stream, postmortem, mails, next }: Told): string[] => [
  `${printableLine(postmortem)}, ${printableLine(stream)}`,
  ...columns(
    ['MAIL', 'DECIDED (UTC)', 'KIND', 'STATE', 'DELIVERIES'],
    mails.map(({ edition, at, kind, state = 'is being made', counts = {} }) => [edition, toTheMinute(at), kind, state, countsLine(counts)]),
  ),
  ...(next
    ? [next.state === 'waiting' ? `The next is due at ${at(next.dueAt)}, unless nothing differs by then.` : 'The last one is being made.']
    : []),
];

const at = (instant: string) => `${instant.slice(0, 19).replace('T', ' ')} UTC`;
