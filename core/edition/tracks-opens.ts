import type { Distribution } from '../distribution/distribution.ts';
import type { StreamName } from '../subscriber/subscriber.ts';
import { realmOf } from './edition.ts';

/** What the distribution file says of a stream; where it says nothing, staff are counted and customers are not. */
export function tracksOpens({ streams }: Pick<Distribution, 'streams'>, stream: StreamName): boolean {
  const configured = Object.entries(streams).find(([name]) => name === stream)?.[1];
  return (configured?.tracking ?? (realmOf(stream) === 'staff' ? 'opens' : 'none')) === 'opens';
}
