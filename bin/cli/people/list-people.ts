import { type ListedPerson, PeopleAnswer } from '../../../core/operator/api.ts';
import { byAddress } from '../../../core/people/people-filter.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { pages } from '../pages.ts';
import { columns, counted, printableLine } from '../printable.ts';
import type { Session } from '../session.ts';

export const listHelp = `
Sorted by address. Each option leaves out who does not match it; the API does the looking, so only those come over the line.
The list is kept by id, so each call reads everybody: 50,000 people are 20 MB, about 2,500 read units, and take some seconds.

Examples:
  afterword people list --team Payments --stream sev1-alerts
  afterword people list --suspended
  afterword people list --text okafor`;

export interface ListOptions {
  readonly limit?: number;
  readonly team?: string;
  readonly role?: string;
  readonly stream?: string;
  readonly suspended?: boolean;
  readonly suppressed?: boolean;
  readonly text?: string;
}

/** Lists everybody who matches, or the first `limit` of them, by address. */
export async function listPeople({ api, terminal }: Session, { limit, ...wanted }: ListOptions): Promise<ExitCode> {
  const query = new URLSearchParams(Object.entries(wanted).map(([name, value]): [string, string] => [name, String(value)]));
  const found: ListedPerson[] = [];
  for await (const some of pages(api, `operator/people${query.size > 0 ? `?${query}` : ''}`, PeopleAnswer, (page) => page.people))
    found.push(...some);
  const people = found.toSorted(byAddress).slice(0, limit);
  if (people.length > 0) terminal.say(...columns(['ADDRESS', 'NAME', 'TEAM', 'ROLE', 'ZONE', 'STREAMS'], people.map(rowOf)), '');
  terminal.say(toldCount(people.length, found.length, query.size > 0));
  terminal.answer({ people });
  return exitCodes.ok;
}

function toldCount(shown: number, found: number, isFiltered: boolean): string {
  if (found === 0) return isFiltered ? 'Nobody matches that.' : 'There is nobody yet. Import people with: afterword people import FILE';
  return shown < found ? `${shown} of ${counted(found, 'person', 'people')}` : counted(found, 'person', 'people');
}

const rowOf = ({ address, name = '', team = '', role = '', zone = '', streams, isSuspended, suppressed }: ListedPerson) => [
  address,
  name,
  team,
  role,
  zone,
  [
    ...(suppressed ? [`suppressed since ${suppressed.at.slice(0, 10)} (${printableLine(suppressed.reason)}): `] : []),
    ...(isSuspended ? ['suspended: '] : []),
    streams.join(' ') || 'none',
  ].join(''),
];
