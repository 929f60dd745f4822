import { describe, expect, it } from 'vitest';
import { beginFlow, isStateOf, readFlow } from '../../../core/access/sign-in-flow.ts';

const keys = { kid: 'k1', key: 'a key for tests that is long enough' };
const now = new Date('2026-11-23T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const seed = (byte: number) => new Uint8Array(32).fill(byte);

describe('a sign-in that a browser began', () => {
  it('is read from its cookie, with the page to go on to', () => {
    const { cookie, flow } = beginFlow(seed(1), { to: '/archive?q=länge', now }, keys);

    expect(readFlow(cookie, later(599), keys)).toEqual({ ...flow, to: '/archive?q=länge' });
    expect(readFlow(beginFlow(seed(1), { now }, keys).cookie, now, keys)?.to).toBeUndefined();
  });

  it('shows nobody what it is bound to, and is another one each time', () => {
    const { cookie, flow } = beginFlow(seed(1), { now }, keys);
    const secrets = [flow.state, flow.nonce, flow.verifier];

    expect(new Set(secrets).size).toBe(3);
    for (const secret of secrets) {
      expect(secret).toMatch(/^[\w-]{43}$/);
      expect(cookie).not.toContain(secret);
    }
    expect(beginFlow(seed(2), { now }, keys).flow.state).not.toBe(flow.state);
  });

  it('ends after ten minutes', () => {
    const { cookie } = beginFlow(seed(1), { now }, keys);

    expect(readFlow(cookie, later(600), keys)).toBeDefined();
    expect(readFlow(cookie, later(601), keys)).toBeUndefined();
    expect(readFlow(cookie, later(-61), keys)).toBeUndefined();
  });

  it('goes on while the key is replaced', () => {
    const { cookie, flow } = beginFlow(seed(1), { now }, keys);
    const rotated = { kid: 'k2', key: 'another key that is long enough, too', previous: keys };

    expect(readFlow(cookie, now, rotated)).toEqual(flow);
    expect(readFlow(cookie, now, { kid: 'k2', key: rotated.key })).toBeUndefined();
  });

  it('is nobody else’s: what was changed or made up is none', () => {
    const { cookie } = beginFlow(seed(1), { to: '/archive', now }, keys);
    const [own = '', at = '', , mac = ''] = cookie.split('.');
    const elsewhere = Buffer.from('//evil.example.com').toString('base64url');

    for (const forged of ['', 'x', `${own}.${at}.${elsewhere}.${mac}`, `${own}.zzzzzzzz..${mac}`, `${cookie}x`, cookie.slice(0, -1)]) {
      expect(readFlow(forged, now, keys)).toBeUndefined();
    }
  });

  it('knows its own state alone', () => {
    const { flow } = beginFlow(seed(1), { now }, keys);

    expect(isStateOf(flow.state, flow)).toBe(true);
    for (const other of ['', beginFlow(seed(2), { now }, keys).flow.state, 'ä'.repeat(43)]) expect(isStateOf(other, flow)).toBe(false);
  });
});
