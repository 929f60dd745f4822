import { type ListedPerson, PeopleAnswer } from '../../../core/operator/api.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columnsByPage, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

/** Lists everybody, or the first `limit`, and prints each page as it arrives. */
export async function listPeople({ api, terminal }: Session, limit?: number): Promise<ExitCode> {
  const people: ListedPerson[] = [];
  const print = columnsByPage(['ADDRESS', 'NAME', 'TEAM', 'ROLE', 'STREAMS']);
  let count = 0;
  for await (const some of pages(api, 'operator/people', PeopleAnswer, (page) => page.people, limit)) {
    count += some.length;
    if (terminal.json) people.push(...some);
    else if (some.length > 0) terminal.say(...print(some.map(rowOf)));
  }
  terminal.say(
    ...(count > 0 ? ['', counted(count, 'person', 'people')] : ['There is nobody yet. Import people with: afterword people import FILE']),
  );
  terminal.answer({ people });
  return exitCodes.ok;
}

const rowOf = ({ address, name = '', team = '', role = '', streams, isSuspended, suppressed }: ListedPerson) => [
  address,
  name,
  team,
  role,
  [
    ...(suppressed ? [`suppressed since ${suppressed.at.slice(0, 10)} (${printableLine(suppressed.reason)}): `] : []),
    ...(isSuspended ? ['suspended: '] : []),
    streams.join(' ') || 'none',
  ].join(''),
];
