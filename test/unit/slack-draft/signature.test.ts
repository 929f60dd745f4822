import { describe, expect, it } from 'vitest';
import { isSignedBySlack, signingSecretsIn, slackSignature } from '../../../core/slack-draft/is-signed-by-slack.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const secret = '0123456789abcdef0123456789abcdef';
const other = 'fedcba9876543210fedcba9876543210';
const now = new Date('2026-11-30T10:00:00Z');
const timestamp = String(now.getTime() / 1000);
const body = Buffer.from('team_id=T0123456789&text=Checkout+is+down');
const signed = { timestamp, body, signature: slackSignature(secret, timestamp, body) };

describe('a signature of Slack', () => {
  it('is the one that its documentation computes', () => {
    const form =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

    expect(slackSignature('8f742231b10e8888abcd99yyyzzz85a5', '1531420618', Buffer.from(form))).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('counts by any of the secrets, so that one can replace the other', () => {
    expect(isSignedBySlack(signed, [secret], now)).toBe(true);
    expect(isSignedBySlack(signed, [other, secret], now)).toBe(true);
    expect(isSignedBySlack(signed, [other], now)).toBe(false);
    expect(isSignedBySlack(signed, [], now)).toBe(false);
  });

  it('counts for five minutes, before and after', () => {
    const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);

    expect([-301, -300, 0, 300, 301].map((seconds) => isSignedBySlack(signed, [secret], at(seconds)))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  it('does not count with any bit changed, of the body, the signature or the time', () => {
    const random = seededRandom(20261130);
    const flipped = (text: string) => {
      const bytes = Buffer.from(text, 'latin1');
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
      return bytes.toString('latin1');
    };
    const accepted = Array.from({ length: 1500 }, (_, n) => {
      if (n % 3 === 0) return { ...signed, body: Buffer.from(flipped(body.toString('latin1')), 'latin1') };
      return n % 3 === 1 ? { ...signed, signature: flipped(signed.signature) } : { ...signed, timestamp: flipped(timestamp) };
    }).filter((changed) => isSignedBySlack(changed, [secret], now));

    expect(accepted).toEqual([]);
  });

  it.each([
    ['upper case', { ...signed, signature: signed.signature.toUpperCase() }],
    ['blanks', { ...signed, signature: ` ${signed.signature}` }],
    ['two of them', { ...signed, signature: `${signed.signature},${signed.signature}` }],
    ['none', { ...signed, signature: undefined }],
    ['no time', { ...signed, timestamp: undefined }],
    ['a time in words', { ...signed, timestamp: `${timestamp}.0` }],
    ['an endless time', { ...signed, timestamp: '9'.repeat(400) }],
  ])('does not count with %s', (_, changed) => {
    expect(isSignedBySlack(changed, [secret], now)).toBe(false);
  });
});

it('takes one signing secret or several, each on a line, and none that is none', () => {
  expect(signingSecretsIn(`${secret}\n`)).toEqual([secret]);
  expect(signingSecretsIn(`${secret}\n${other}`)).toEqual([secret, other]);
  for (const text of ['', ' \n', 'xoxb-1-2', `${secret},${other}`, `{"secret":"${secret}"}`, 'abc'])
    expect(signingSecretsIn(text), text).toEqual([]);
});
