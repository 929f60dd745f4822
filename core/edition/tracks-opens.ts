import type { Distribution } from '../distribution/distribution.ts';
import { type EditionStream, realmOf } from './edition.ts';

/** What the distribution file says of a stream; where it says nothing, staff are counted and customers are not. Answers to what somebody did are not counted at all. */
export function tracksOpens({ streams }: Pick<Distribution, 'streams'>, stream: EditionStream): boolean {
  if (stream === 'service') return false;
  const configured = Object.entries(streams).find(([name]) => name === stream)?.[1];
  return (configured?.tracking ?? (realmOf({ stream }) === 'staff' ? 'opens' : 'none')) === 'opens';
}
