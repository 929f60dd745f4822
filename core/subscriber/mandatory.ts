import type { Distribution } from '../distribution/distribution.ts';
import { definitionOf, type StreamName } from '../stream/stream.ts';
import { parseAddress } from './subscriber-id.ts';

type Teams = Pick<Distribution, 'teams'>;

/**
 * The people for whom a stream is mandatory, by normalised address, with the reason that they are
 * shown. These are leads and deputies for Sev-1 alerts.
 */
export function namedFor({ teams }: Teams, stream: StreamName): ReadonlyMap<string, string> {
  if (!definitionOf(stream).namesLeads) return new Map();
  const posts = teams.flatMap(({ name, leads = [], deputies = [] }) => [
    ...leads.map((address) => ({ address, post: `a lead of ${name}` })),
    ...deputies.map((address) => ({ address, post: `a deputy for ${name}` })),
  ]);
  const byPerson = Map.groupBy(posts, ({ address }) => parseAddress(address)?.normalised ?? address.toLowerCase());
  return new Map([...byPerson].map(([address, of]) => [address, `you are ${of.map(({ post }) => post).join(' and ')}`]));
}

/**
 * Why this person cannot switch a stream off. Undefined if they can. `address` may be written in
 * any case.
 */
export const mandatoryFor = (distribution: Teams, stream: StreamName, address: string): string | undefined =>
  namedFor(distribution, stream).get(parseAddress(address)?.normalised ?? '');
