import { expect, it } from 'vitest';
import { parseAddress, subscriberId, suppressionHash } from '../../../core/subscriber/subscriber-id.ts';

it.each([
  [' Ada.Lovelace@Example.COM ', 'Ada.Lovelace@example.com', 'ada.lovelace@example.com'],
  ["o'brien+oncall@eu.example.com", "o'brien+oncall@eu.example.com", "o'brien+oncall@eu.example.com"],
  ['ada@Bücher.example', 'ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
  ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
])('takes %j', (text, written, normalised) => {
  expect(parseAddress(text)).toMatchObject({ written, normalised });
});

it.each([
  '',
  'ada',
  '@example.com',
  'ada@',
  'ada@example',
  'ada@localhost',
  'ada@1.2.3.4',
  'ada@0x7f.1',
  'ada@[127.0.0.1]',
  'ada@-example.com',
  'ada@example-.com',
  'ada@example..com',
  'ada@.example.com',
  'ada@exa%6dple.com',
  'ada@example.com/path',
  'ada@example.com:25',
  'ada@exa\u202emple.com',
  'a@b@example.com',
  'ada lovelace@example.com',
  '"ada"@example.com',
  'ada(home)@example.com',
  'Ada <ada@example.com>',
  'ada@example.com,eve@example.com',
  'ada@example.com\r\nBcc: eve@example.com',
  '.ada@example.com',
  'a..da@example.com',
  'ädä@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a'.repeat(64)}.com`,
  `ada@${'abcdefghi.'.repeat(26)}com`,
])('refuses %j', (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

it('gives one person one id, however the address is written', () => {
  const [one, other] = ['Ada@Bücher.example', ' ada@bücher.EXAMPLE'].map((text) => parseAddress(text));
  expect(one && subscriberId('staff', one, 'secret')).toMatch(/^[0-9a-f]{32}$/);
  expect(one && subscriberId('staff', one, 'secret')).toBe(other && subscriberId('staff', other, 'secret'));
});

it('gives the id that was given in the first release', () => {
  expect(subscriberId('staff', { normalised: 'ada@example.com' }, 'secret')).toBe('f6c477a8b812198dc090824c22e71883');
});

it('tells realms, people, tags and secrets apart', () => {
  const ids = [
    subscriberId('staff', { normalised: 'ada@example.com' }, 'secret'),
    subscriberId('customers', { normalised: 'ada@example.com' }, 'secret'),
    subscriberId('staff', { normalised: 'ada+x@example.com' }, 'secret'),
    subscriberId('staff', { normalised: 'ada@example.com' }, 'another'),
  ];
  expect(new Set(ids).size).toBe(4);
});

it('keeps of a forgotten person what only the second secret can make', () => {
  const sid = subscriberId('staff', { normalised: 'ada@example.com' }, 'secret');
  expect(suppressionHash(sid, 'one')).not.toBe(suppressionHash(sid, 'two'));
});
