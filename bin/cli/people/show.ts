import { ShowAnswer, type ShownPerson } from '../../../core/operator/api.ts';
import { outcomeWords } from '../../../core/operator/outcome-words.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, counted, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const showHelp = `
Says what they get, when and why, what stops their mail, and what became of their mails of the last five weeks.
Export has everything that is stored: afterword people export ADDRESS

Example:
  afterword people show amara.okafor@example.com`;

/** Shows one person in words, in each realm that has the address. */
export async function showPerson({ api, terminal }: Session, person: string): Promise<ExitCode> {
  const body = JSON.stringify({ person, mails: true });
  const { body: answer } = await api(
    { method: 'POST', path: 'operator/people/show', body, type: 'application/json', mayRepeat: true },
    ShowAnswer,
  );
  for (const [n, one] of answer.people.entries()) terminal.say(...(n > 0 ? [''] : []), ...personLines(one));
  terminal.answer({ people: answer.people });
  return exitCodes.ok;
}

export function personLines(person: ShownPerson): string[] {
  const { address, name, sid, realm, team = '-', role = '-', zone, handles, given, shownZone, streams, mails } = person;
  return [
    [name, `<${address}>`]
      .filter(Boolean)
      .map((part) => printableLine(part ?? ''))
      .join(' '),
    ...labelled([
      ['id', `${sid} (${realm})`],
      ['team', team],
      ['role', role],
      ['zone', zone === undefined ? `${shownZone}, as the organisation` : zone === shownZone ? zone : `${zone}; hours in ${shownZone}`],
      ...(handles.length > 0 ? [['handles', handles.join(' ')] as const] : []),
      ...(given ? [['given', `by the directory: ${given.join(', ') || 'nothing'}`] as const] : []),
      ['joined', joinedWords[person.joined ?? ''] ?? person.joined ?? 'by an import'],
      ['mail', stopsOf(person).join('; ') || `goes out, as ${person.format === 'text' ? 'plain text' : 'HTML and text'}`],
      ['opens', person.opens === 'off' ? 'not estimated' : 'estimated where the stream does'],
    ]),
    '',
    ...columns(['STREAM', 'STATE', 'WHEN', 'WHY'], streams.map(streamRow)),
    ...(mails === undefined ? [] : ['', ...mailLines(mails)]),
  ];
}

const labelled = (rows: readonly (readonly [string, string])[]) =>
  rows.map(([label, text]) => `  ${label.padEnd(8)}${printableLine(text)}`);

const joinedWords: Readonly<Record<string, string>> = {
  approval: 'approved by the owner of a stream',
  signup: 'signed up by themselves',
  directory: 'through the directory',
};

function whoSuspended({ by, at }: NonNullable<ShownPerson['suspended']>): string {
  if (by === 'operator') return `an operator; who and why: afterword audit --since ${at.slice(0, 10)}`;
  return by === 'directory' ? 'the directory, in which they left' : 'a file that no longer names them';
}

/** Why no mail goes out at all. Empty: it does. */
export function stopsOf({ suspended, suppressed, snoozedUntil, unconfirmed }: ShownPerson): string[] {
  return [
    ...(suspended ? [`suspended since ${toTheMinute(suspended.at)} UTC by ${whoSuspended(suspended)}`] : []),
    ...(suppressed ? [`suppressed since ${toTheMinute(suppressed.at)} UTC: ${suppressed.reason}`] : []),
    ...(unconfirmed ? [`not confirmed: signed up ${toTheMinute(unconfirmed)} UTC`] : []),
    ...(snoozedUntil ? [`paused by themselves until ${toTheMinute(snoozedUntil)} UTC`] : []),
  ];
}

function streamRow({
  stream,
  on,
  mandatory,
  when,
  why,
  grant,
  leftAt,
  until,
  follows,
  leavesOut,
  least,
}: ShownPerson['streams'][number]): string[] {
  const filters = [
    ...(follows > 0 ? [`follows ${follows}`] : []),
    ...(leavesOut > 0 ? [`leaves out ${leavesOut}`] : []),
    ...(least ? [`from ${least}`] : []),
  ];
  return [
    stream,
    on ? (mandatory ? 'mandatory' : until ? `on until ${toTheMinute(until)}` : 'on') : leftAt ? `off since ${leftAt.slice(0, 10)}` : 'off',
    on ? [when, ...filters].join(', ') : '',
    [why, ...(grant ? [`${grant.way} ${grant.at.slice(0, 10)}`] : [])].filter(Boolean).join('; '),
  ];
}

function mailLines(mails: NonNullable<ShownPerson['mails']>): string[] {
  if (mails.length === 0) return ['No mail in the last five weeks.'];
  const rows = mails.map(({ edition, at, outcome = 'not decided yet', state, subject = '' }) => [
    toTheMinute(at),
    edition,
    [outcomeWords(outcome, edition), ...(state === undefined || state === 'accepted' ? [] : [state])].join(', '),
    subject,
  ]);
  return [`Their last ${counted(mails.length, 'mail')}:`, ...columns(['COMPOSED', 'EDITION', 'OUTCOME', 'SUBJECT'], rows)];
}
