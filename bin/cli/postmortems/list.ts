import { type PostmortemListed, PostmortemsAnswer } from '../../../core/intake/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columns, counted, printableLine, toTheMinute } from '../printable.ts';
import type { Session } from '../session.ts';

export const listHelp = `
TIME is a day such as 2026-11-23 or an instant such as 2026-11-23T08:00:00Z, within the last five years.

Examples:
  afterword postmortems list --text checkout --since 2026-01-01
  afterword postmortems list --restricted`;

export interface ListOptions {
  readonly since?: string;
  readonly text?: string;
  readonly status?: string;
  readonly restricted?: boolean;
  readonly limit?: number;
}

/** Lists the postmortems that match, or the `limit` that changed last. */
export async function listPostmortems({ api, terminal }: Session, { limit, ...wanted }: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams(Object.entries(wanted).map(([name, value]): [string, string] => [name, String(value)]));
  const found: PostmortemListed[] = [];
  const path = `postmortems${query.size > 0 ? `?${query}` : ''}`;
  for await (const some of pages(api, path, PostmortemsAnswer, (page) => page.postmortems)) found.push(...some);
  // What changes while the pages are read comes again at its new place.
  const latest = [...new Map(found.map((one) => [one.id, one])).values()].toReversed();
  const shown = latest.slice(0, limit);
  if (shown.length > 0) terminal.say(...columns(['ID', 'CHANGED (UTC)', 'REVISION', 'SEVERITY', 'STATUS', 'TITLE'], shown.map(rowOf)), '');
  terminal.say(countOf(shown.length, latest.length, wanted.since !== undefined));
  terminal.answer({ postmortems: shown });
  return exitCodes.ok;
}

function countOf(shown: number, found: number, isAsked: boolean): string {
  if (found === 0) return `Nothing matches that${isAsked ? '' : ' within 31 days; see --since'}.`;
  return shown < found ? `${shown} of ${counted(found, 'postmortem')}` : counted(found, 'postmortem');
}

const rowOf = ({ id, updatedAt, revision, severity, severityLabel = severity, status, restricted, title }: PostmortemListed) => [
  id,
  toTheMinute(updatedAt),
  String(revision),
  printableLine(severityLabel),
  restricted ? `${status}, restricted` : status,
  title,
];
