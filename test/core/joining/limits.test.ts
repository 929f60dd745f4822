import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStamped, stampForm } from '../../../core/joining/form-stamp.ts';
import { limits, mayAsk, networkOf } from '../../../core/joining/limits.ts';

const secret = 'a secret for tests';
const now = new Date('2026-11-23T10:20:00Z');
const sid = (n: number) => n.toString(16).padStart(32, '0');

function aCounter() {
  const counts = new Map<string, number>();
  return {
    counts,
    count: async (id: string, from: string) => {
      const key = `${id} ${from}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return counts.get(key) ?? 0;
    },
  };
}

describe('how often a mail may be asked for', () => {
  it('is three times a day for an address, from wherever', async () => {
    const counter = aCounter();
    const ask = (n: number, at = now) => mayAsk({ realm: 'staff', sid: sid(1), ip: `10.0.${n}.1` }, secret, counter, at);
    expect([await ask(1), await ask(2), await ask(3), await ask(4)]).toEqual([true, true, true, false]);
    expect(await ask(5, new Date('2026-11-24T00:00:01Z'))).toBe(true);
  });

  it('is twenty times an hour from a network, and more than that uses up nobody else’s share', async () => {
    const counter = aCounter();
    const asked = [];
    for (let n = 0; n < 900; n += 1)
      asked.push(await mayAsk({ realm: 'staff', sid: sid(n), ip: `198.51.100.${n % 250}` }, secret, counter, now));
    expect(asked.filter(Boolean)).toHaveLength(limits.network.most);
    expect(await mayAsk({ realm: 'staff', sid: sid(1000), ip: '203.0.113.9' }, secret, counter, now)).toBe(true);
    expect(await mayAsk({ realm: 'staff', sid: sid(899), ip: '203.0.113.9' }, secret, counter, now)).toBe(true);
  });

  it('is five hundred times an hour in all', async () => {
    const counter = aCounter();
    const asked = [];
    for (let n = 0; n < 600; n += 1)
      asked.push(await mayAsk({ realm: 'staff', sid: sid(n), ip: `10.${n >> 8}.${n & 255}.1` }, secret, counter, now));
    expect(asked.filter(Boolean)).toHaveLength(limits.all.most);
  });

  it('is counted for customers apart: what is asked for there uses up nothing of staff', async () => {
    const counter = aCounter();
    const asked = [];
    for (let n = 0; n < 600; n += 1)
      asked.push(await mayAsk({ realm: 'customers', sid: sid(n), ip: `10.${n >> 8}.${n & 255}.1` }, secret, counter, now));
    expect(asked.filter(Boolean)).toHaveLength(limits.all.most);
    expect(await mayAsk({ realm: 'staff', sid: sid(1), ip: '10.0.1.1' }, secret, counter, now)).toBe(true);
  });

  it('keeps neither address nor network', async () => {
    const counter = aCounter();
    await mayAsk({ realm: 'staff', sid: sid(7), ip: '198.51.100.7' }, secret, counter, now);
    expect([...counter.counts.keys()].join()).not.toMatch(/198\.51|0007/);
  });
});

/** Without the form that ends in an IPv4 address, which API Gateway does not write. */
const plainV6 = fc.ipV6().filter((ip) => !ip.includes('.'));

describe('a network', () => {
  it.each([
    ['198.51.100.7', '198.51.100.0/24'],
    ['::ffff:198.51.100.7', '198.51.100.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['999.1.1.1', 'unknown'],
    ['', 'unknown'],
  ])('of %s is %s', (ip, network) => expect(networkOf(ip)).toBe(network));

  it('is the same for all that lie in it, and is found in whatever is sent', () => {
    fc.assert(fc.property(plainV6, (ip) => /^(?:[0-9a-f]{1,4}:){4}:\/64$/.test(networkOf(ip))));
    fc.assert(fc.property(fc.string(), (text) => typeof networkOf(text) === 'string'));
  });
});

describe('a form', () => {
  const keys = {
    kid: 'k2',
    key: 'the key that stamps forms, long enough',
    previous: { kid: 'k1', key: 'the key before it, as long as it takes' },
  };
  const stamp = stampForm(now, keys);
  const shownBefore = (ms: number) => new Date(now.getTime() + ms);

  it('is taken when a person had the time to read it, and for a day', () => {
    expect([0, 1999, 2000, 86_400_000, 86_400_001].map((ms) => isStamped(stamp, shownBefore(ms), keys))).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(isStamped(stampForm(now, keys.previous), shownBefore(5000), keys)).toBe(true);
  });

  it('is taken with our stamp alone', () => {
    const other = stampForm(now, { key: 'somebody else’s key, which nobody told us' });
    const later = `${(now.getTime() - 60_000).toString(36)}${stamp.slice(stamp.indexOf('.'))}`;
    for (const text of [other, later, '', 'x', `${stamp}x`, stamp.slice(0, -1)])
      expect(isStamped(text, shownBefore(5000), keys)).toBe(false);
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => !isStamped(text, shownBefore(5000), keys)));
  });
});
