import type { Realm } from '../../core/stream/stream.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { aDistribution } from './distribution.ts';

/** The id of an address in a test, made with the secret `identity`. */
export function idOf(written: string, realm: Realm = 'staff') {
  const address = parseAddress(written);
  if (!address) throw new Error(`${written} is no address`);
  return subscriberId(realm, address, 'identity');
}

export const schedule = { every: 'week', on: 'monday', at: '09:00' };
/** Owner of the brief, who must approve new readers. */
export const owner = 'olga@example.com';
/**
 * A digest that everybody in the organisation may join, a brief whose owner approves readers, and
 * alerts that nobody can join.
 */
export const openHouse = aDistribution({
  streams: {
    'engineering-digest': { schedule, signUp: 'organisation' },
    'leadership-brief': { schedule, signUp: 'approval', owner },
    'sev1-alerts': { severities: ['sev1'] },
  },
});

/** The value with which a page's form sends back what the page showed. */
export const shownIn = (body = ''): string => /name="shown" value="([^"]+)"/.exec(body)?.[1]?.replaceAll('&quot;', '"') ?? '';
