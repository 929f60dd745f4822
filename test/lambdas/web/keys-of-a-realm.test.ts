import { describe, expect, it } from 'vitest';
import type { TokenScope } from '../../../core/access/token.ts';
import { type Realm, realms } from '../../../core/stream/stream.ts';
import { pageBases } from '../../../lambdas/web/env.ts';
import { pageRoutes } from '../../../lambdas/web/routes.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { idOf } from '../../support/sign-up.ts';
import { aPageEvent, aWebWorld, customersKeys, keys } from '../../support/web.ts';

const freshTable = oneEngine();
const senders = {
  internal: { name: 'Afterword', address: 'afterword@example.com' },
  customers: { name: 'Example status', address: 'status@notices.example.com' },
};
const distribution = aDistribution({
  senders,
  streams: {
    'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' }, signUp: 'organisation' },
    'customer-notices': { signUp: 'open' },
  },
});

/** What their mails link to that needs nothing but a profile. */
const linked: Readonly<Record<Realm, readonly (readonly [path: string, scope: TokenScope, about: string])[]>> = {
  staff: [
    ['p', 'preferences', ''],
    ['u', 'unsubscribe', 'engineering-digest'],
    ['c', 'confirm', 'engineering-digest'],
  ],
  customers: [
    ['p', 'preferences', ''],
    ['u', 'unsubscribe', 'customer-notices'],
    ['c', 'confirm', 'customer-notices'],
  ],
};
const keysOf: Readonly<Record<Realm, typeof keys>> = { staff: keys, customers: customersKeys };

describe.each(realms)('the pages of %s', (realm) => {
  const other = realm === 'staff' ? 'customers' : 'staff';
  const address = realm === 'staff' ? 'ada@example.com' : 'cleo@elsewhere.example';
  const reader = aProfile({ sid: idOf(address, realm), realm, address });

  it.each(linked[realm])(`open /%s by their own keys, and by nothing that ${other} could have signed`, async (path, scope, about) => {
    const world = await aWebWorld(await freshTable(), { people: [reader], distribution, realm });
    const ask = world.serve(pageRoutes(world.deps));
    const open = (token: string) => ask(aPageEvent('GET', `${pageBases[realm]}/${path}/${token}`));
    const claims = { scope, about, subscriber: reader.sid };
    const nothing = await open('nothing');

    expect((await open(world.token(claims))).statusCode).toBe(200);
    // The claims are right to the letter. An attacker may name the key as they like.
    for (const forged of [keysOf[other], { ...keysOf[other], kid: keysOf[realm].kid }])
      expect(await open(world.token(claims, forged))).toEqual(nothing);
    expect(nothing.statusCode).toBe(404);
  });
});
