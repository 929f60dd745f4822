import { PostmortemAnswer, RevisionsAnswer } from '../../../core/intake/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const showHelp = `
--json prints the whole document. Who decided what and why: afterword audit --postmortem ID. What was mailed at once: afterword updates ID

Example:
  afterword postmortems show checkout-outage`;

/** Shows one postmortem: what it is, what holds it back, its revisions, and what told it. */
export async function showPostmortem({ api, terminal }: Session, id: string): Promise<ExitCode> {
  const path = `postmortems/${encodeURIComponent(id)}`;
  const { body: postmortem } = await api({ method: 'GET', path }, PostmortemAnswer);
  const { body } = await api({ method: 'GET', path: `${path}/revisions` }, RevisionsAnswer);
  terminal.say(...postmortemLines(postmortem), '', ...revisionLines(body), '', ...editionLines(postmortem));
  terminal.answer({ postmortem, ...body });
  return exitCodes.ok;
}

function postmortemLines({
  id,
  title,
  severity,
  severityLabel = severity,
  status,
  restricted,
  owningTeam = '-',
  services,
  held,
  ...times
}: PostmortemAnswer): string[] {
  const { startedAt = '-', resolvedAt = '-', publishedAt, mergedInto } = times;
  const rows: readonly (readonly [string, string])[] = [
    ['id', id],
    ['status', restricted ? `${status}, restricted` : status],
    ...(held ? [['held', heldWords(held)] as const] : []),
    ['severity', severityLabel],
    ['team', owningTeam],
    ['services', services.join(', ') || '-'],
    ['began', startedAt],
    ['ended', resolvedAt],
    ['published', publishedAt === undefined ? '-' : `${toTheMinute(publishedAt)} UTC`],
    ...(mergedInto ? [['merged into', mergedInto] as const] : []),
  ];
  return [printableLine(title), ...rows.map(([label, text]) => `  ${label.padEnd(12)}${printableLine(text)}`)];
}

/** What an operator decided, and what would count without it. */
export function heldWords({ restricted, retracted, at, by, document }: NonNullable<PostmortemAnswer['held']>): string {
  const what = [...(restricted ? ['restricted'] : []), ...(retracted ? ['retracted'] : [])].join(' and ');
  const since = at === undefined ? '' : ` since ${toTheMinute(at)} UTC`;
  const itself = document.restricted ? `${document.status}, restricted` : document.status;
  return `${what} by an operator${by === undefined ? '' : ` (${by})`}${since}; its document says: ${itself}`;
}

const revisionLines = ({ revisions }: RevisionsAnswer): string[] =>
  columns(
    ['REVISION', 'STORED (UTC)', 'BY', 'SEVERITY', 'STATUS', 'TITLE'],
    revisions.map(({ revision, updatedAt, by = '', severity, severityLabel = severity, status, restricted, title }) => [
      String(revision),
      toTheMinute(updatedAt),
      by,
      printableLine(severityLabel),
      restricted ? `${status}, restricted` : status,
      title,
    ]),
  );

const editionLines = ({ editions, namedIn }: PostmortemAnswer): string[] => [
  editions.length > 0 ? `Told in: ${editions.toSorted().join(', ')}` : 'No edition has told it.',
  ...(namedIn.length > 0 ? [`Only named in: ${namedIn.toSorted().join(', ')}`] : []),
];
