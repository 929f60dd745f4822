import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { oidcProvider } from '../../adapters/oidc/oidc-provider.ts';
import { beginFlow } from '../../core/access/sign-in-flow.ts';
import { sampleAccounts } from '../../local/identity/people.ts';
import { startLocalProvider } from '../../local/identity/start.ts';
import { signInAt } from '../support/identity/real-provider.ts';
import { keys } from '../support/web.ts';

it('offers one sample person of each role, and one who is not on the list', () => {
  const people = readFileSync('samples/people.csv', 'utf8').split('\n');
  const roleOf = (address: string) => people.find((line) => line.startsWith(`${address},`))?.split(',')[3];

  expect(sampleAccounts.map(({ address }) => roleOf(address))).toEqual(['leadership', 'engineering', 'leadership', 'support', undefined]);
  expect(readFileSync('samples/distribution.yaml', 'utf8')).toContain(`people: [${sampleAccounts[0]?.address}]`);
});

it('says who somebody is by the clock of the functions, however far it was moved', async () => {
  const provider = await startLocalProvider(sampleAccounts);
  const now = () => new Date('2031-05-06T07:08:09Z');
  provider.open({ url: 'http://localhost:4004', now });
  const { issuer, clientId, clientSecret: arn = '' } = provider.signIn;
  const clientSecret = async () => provider.secrets.get(arn) ?? '';
  const connected = oidcProvider({ issuer, clientId, clientSecret, redirectUri: 'http://localhost:4004/sign-in/callback', now });
  const { flow } = beginFlow(randomBytes(32), { now: now() }, keys);
  const begun = await connected.begin(flow);
  const back = await signInAt(begun.kind === 'go' ? begun.url : '', 'paul.jansen@example.com');
  // The library reads the machine's clock, by which this token was issued years ahead.
  const found = await connected.identify(new URLSearchParams(back.split('?')[1]), flow);
  await provider.stop();

  expect(found).toMatchObject({ kind: 'identified', claims: { email: 'paul.jansen@example.com', email_verified: true } });
  expect(Number(found.kind === 'identified' && found.claims.iat)).toBeCloseTo(now().getTime() / 1000, -2);
});
