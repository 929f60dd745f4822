import type { Realm } from '../../core/stream/stream.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { aDistribution } from './distribution.ts';

/** Whose id an address is in a test: made with the secret `identity`. */
export function idOf(written: string, realm: Realm = 'staff') {
  const address = parseAddress(written);
  if (!address) throw new Error(`${written} is no address`);
  return subscriberId(realm, address, 'identity');
}

export const schedule = { every: 'week', on: 'monday', at: '09:00' };
/** Of the brief that asks before it takes somebody in. */
export const owner = 'olga@example.com';
/**
 * A digest that everybody of the organisation may join, a brief that its owner lets people into,
 * alerts that nobody joins.
 */
export const openHouse = aDistribution({
  streams: {
    'engineering-digest': { schedule, signUp: 'organisation' },
    'leadership-brief': { schedule, signUp: 'approval', owner },
    'sev1-alerts': { severities: ['sev1'] },
  },
});

/** What a page's form carries along of what it showed. */
export const shownIn = (body = ''): string => /name="shown" value="([^"]+)"/.exec(body)?.[1]?.replaceAll('&quot;', '"') ?? '';
