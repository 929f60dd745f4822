import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../core/access/identity.ts';

const domains = ['example.com', 'example.org'];
const okta = { issuer: 'https://example.okta.com', domains };
const entra = { issuer: 'https://login.microsoftonline.com/8f2a/v2.0', claim: 'upn', domains };
const google = { issuer: 'https://accounts.google.com', domains };

describe('the address that a provider vouches for', () => {
  it('is email, where it was verified', () => {
    expect(addressOf({ email: 'Ada@Example.com', email_verified: true }, okta)).toMatchObject({
      kind: 'found',
      address: { normalised: 'ada@example.com' },
    });
  });

  it.each([[false], [undefined], ['true'], ['false'], [1]])('is none where email_verified is %j', (email_verified) => {
    expect(addressOf({ email: 'ada@example.com', email_verified }, okta)).toEqual({ kind: 'unverified' });
  });

  it.each([[undefined], [7], [['ada@example.com']], ['ada'], ['ada@example.com, eve@example.com'], ['"Ada" <ada@example.com>']])(
    'is none where email is %j',
    (email) => {
      expect(addressOf({ email, email_verified: true }, okta)).toEqual({ kind: 'no address' });
    },
  );

  it.each(['ada@evil.com', 'ada@sub.example.com', 'ada@example.com.evil.com', 'ada@notexample.com'])(
    'lies in the organisation: %s does not',
    (email) => {
      expect(addressOf({ email, email_verified: true }, okta)).toEqual({ kind: 'elsewhere' });
    },
  );

  it('is the claim that the settings name, and email counts for nothing then', () => {
    expect(addressOf({ upn: 'ada@example.org', email: 'eve@example.com', email_verified: true }, entra)).toMatchObject({
      kind: 'found',
      address: { normalised: 'ada@example.org' },
    });
    expect(addressOf({ email: 'ada@example.com', email_verified: true }, entra)).toEqual({ kind: 'no address' });
    expect(addressOf({ upn: 'ada_gmail.com#EXT#@example.onmicrosoft.com' }, entra)).toEqual({ kind: 'elsewhere' });
  });

  it('is of an account at Google that the organisation manages, not of one that somebody made with it', () => {
    const claims = { email: 'ada@example.com', email_verified: true };

    expect(addressOf(claims, google)).toEqual({ kind: 'elsewhere' });
    expect(addressOf(claims, { ...google, issuer: `${google.issuer}/` })).toEqual({ kind: 'elsewhere' });
    expect(addressOf({ ...claims, hd: 'evil.com' }, google)).toEqual({ kind: 'elsewhere' });
    expect(addressOf({ ...claims, hd: 'Example.org' }, google)).toMatchObject({ kind: 'found' });
  });
});
