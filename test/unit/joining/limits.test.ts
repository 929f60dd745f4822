import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStamped, stampForm } from '../../../core/access/form-stamp.ts';
import { type Door, limits, mayMail, networkOf, servedFrom } from '../../../core/joining/limits.ts';
import { mailboxOf, parseAddress } from '../../../core/subscriber/subscriber-id.ts';
import { tries } from '../../support/hostile/fuzz.ts';

const secret = 'a secret for tests';
const now = new Date('2026-11-23T10:20:00Z');

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

const address = (text: string) => parseAddress(text) ?? expect.unreachable();

function aDoor({ name = 'join', realm = 'staff' }: Partial<Door> = {}, counter = aCounter()) {
  const clock = { now };
  const deps = { counter, identitySecret: secret, now: () => clock.now };
  const door = { name, realm };
  return {
    counter,
    clock,
    from: (ip: string) => servedFrom(ip, door, deps),
    to: (text: string) => mayMail(address(text), door, deps),
  };
}
const many = (n: number, from: (n: number) => Promise<string>) => Promise.all(Array.from({ length: n }, (_, i) => from(i)));
const countOf = (all: readonly string[], one: string) => all.filter((served) => served === one).length;

describe('how often a mail may be asked for', () => {
  it('is three times a day for a mailbox, however its address is spelled', async () => {
    const { to, clock } = aDoor();
    const spelled = ['ada@example.com', 'ADA+1@Example.com', 'ada+one+two@example.com', 'Ada@example.com'];
    expect(await Promise.all(spelled.map(to))).toEqual([true, true, true, false]);
    expect(await to('bob@example.com')).toBe(true);
    clock.now = new Date('2026-11-24T00:00:01Z');
    expect(await to('ada+9@example.com')).toBe(true);
  });

  it('serves so many of a network, then those whom we know, then nobody, and uses up nobody else’s share', async () => {
    const { from } = aDoor();
    const served = await many(900, (n) => from(`198.51.100.${n % 250}`));
    expect(countOf(served, 'everybody')).toBe(limits.network.most);
    expect(countOf(served, 'known')).toBe(limits.office.most - limits.network.most);
    expect(await from('203.0.113.9')).toBe('everybody');
  });

  it('serves five hundred an hour in all, and whom we know beyond it', async () => {
    const { from } = aDoor();
    const served = await many(600, (n) => from(`10.${n >> 8}.${n & 255}.1`));
    expect([countOf(served, 'everybody'), countOf(served, 'known')]).toEqual([limits.all.most, 100]);
  });

  it.each<[string, Partial<Door>]>([
    ['customers apart', { realm: 'customers' }],
    ['each door apart', { name: 'new-link' }],
    ['signing in apart', { name: 'sign-in' }],
  ])('is counted for %s: what is asked for there uses up nothing here', async (_, there) => {
    const counter = aCounter();
    const [other, mine] = [aDoor(there, counter), aDoor({}, counter)];
    await many(600, (n) => other.from(`10.${n >> 8}.${n & 255}.1`));
    await many(400, () => other.from('198.51.100.7'));
    for (let n = 0; n < 5; n += 1) await other.to('ada@example.com');
    expect(await mine.from('198.51.100.7')).toBe('everybody');
    expect(await mine.to('ada@example.com')).toBe(true);
  });

  it('lets a whole office sign in on one morning, and mails one mailbox five links an hour', async () => {
    const { from, to, clock } = aDoor({ name: 'sign-in' });
    const served = await many(1001, () => from('198.51.100.7'));
    expect(countOf(served, 'nobody')).toBe(1);
    expect(countOf(await many(6, async () => String(await to('ada@example.com'))), 'true')).toBe(5);
    clock.now = new Date('2026-11-23T11:00:00Z');
    expect(await to('ada@example.com')).toBe(true);
  });

  it('keeps neither address nor network', async () => {
    const { counter, from, to } = aDoor();
    await from('198.51.100.7');
    await to('ada@example.com');
    expect([...counter.counts.keys()].join()).not.toMatch(/198\.51|ada/);
  });
});

describe('a mailbox', () => {
  it.each([
    ['Ada+news@Example.com', 'ada@example.com'],
    ['a.da@example.com', 'a.da@example.com'],
    ['+ada@example.com', '+ada@example.com'],
    ['A.D.A+x@gmail.com', 'ada@gmail.com'],
    ['a.da@googlemail.com', 'ada@gmail.com'],
    ['ada@gmail.com.example', 'ada@gmail.com.example'],
  ])('of %s is %s', (text, mailbox) => expect(mailboxOf(address(text))).toBe(mailbox));
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
    fc.assert(
      fc.property(plainV6, (ip) => /^(?:[0-9a-f]{1,4}:){4}:\/64$/.test(networkOf(ip))),
      tries(2),
    );
    fc.assert(
      fc.property(fc.string(), (text) => typeof networkOf(text) === 'string'),
      tries(2),
    );
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
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (text) => !isStamped(text, shownBefore(5000), keys)),
      tries(2),
    );
  });
});
