import { expect, it } from 'vitest';
import { idFromName } from '../../../core/postmortem/id-from-name.ts';

it.each([
  ['Checkout down', 'checkout-down'],
  ['Größe & Länge', 'groesse-laenge'],
  ['Gro\u0308ße', 'groesse'],
  ['Łódź café ﬁle', 'lodz-cafe-file'],
  ['2026-11-17-timeouts', '2026-11-17-timeouts'],
  ['PM_001', 'pm-001'],
  ['v1.2 (final)', 'v1-2-final'],
  ['***', undefined],
])('makes of %s the id %s', (name, id) => {
  expect(idFromName(name)).toBe(id);
});

it.each(['障害報告', 'Сбой базы данных', '2026-11-17 障害'])('makes an id of %s that is its own', (name) => {
  const id = idFromName(name);
  expect(id).toMatch(/^(?:2026-11-17-)?[0-9a-f]{6}$/);
  expect(idFromName(name)).toBe(id);
  expect(idFromName(`${name}他`)).not.toBe(id);
});

it('cuts a long name at a word, and keeps two long names apart', () => {
  const long = 'the primary was patched and a replica that was eleven minutes behind was promoted';
  const [one, other] = [idFromName(`${long} in May`), idFromName(`${long} in June`)];
  expect(one).toMatch(/^the-primary-was-patched-and-a-replica-that-was-eleven-[0-9a-f]{6}$/);
  expect(one).not.toBe(other);
  expect(idFromName('x'.repeat(90))).toHaveLength(64);
});
