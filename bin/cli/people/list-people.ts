import type * as z from 'zod';
import { PeopleAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { columns, counted } from '../printable.ts';
import type { Session } from '../session.ts';

const pageSize = 100;

/** Everybody there is, page by page. */
export async function listPeople({ api, terminal }: Session): Promise<ExitCode> {
  const people: z.infer<typeof PeopleAnswer>['people'] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(pageSize), ...(cursor && { cursor }) });
    const { body } = await api({ method: 'GET', path: `operator/people?${query}` }, PeopleAnswer);
    people.push(...body.people);
    cursor = body.cursor;
  } while (cursor);

  const rows = people.map(({ address, name = '', team = '', role = '', streams }) => [
    address,
    name,
    team,
    role,
    streams.join(' ') || 'none',
  ]);
  if (rows.length > 0) terminal.say(...columns(['ADDRESS', 'NAME', 'TEAM', 'ROLE', 'STREAMS'], rows), '');
  terminal.say(rows.length > 0 ? counted(rows.length, 'person', 'people') : 'Nobody yet: afterword people import FILE');
  terminal.answer({ people });
  return exitCodes.ok;
}
