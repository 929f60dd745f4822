import { expect, it } from 'vitest';
import { ownPath } from '../../../core/access/own-path.ts';

it.each([
  '/archive',
  '/archive/engineering/pm-1?q=a%20b',
  '/home',
  '/home/people?team=payments',
  '/sessions',
  '/feeds',
  '/preferences?go=erase',
])('goes on to %s', (path) => expect(ownPath(path)).toBe(path));

it('leaves out the part that a browser keeps to itself', () => expect(ownPath('/archive#there')).toBe('/archive'));

it.each([
  ['nothing', ''],
  ['another site', 'https://evil.example/archive'],
  ['another site without its scheme', '//evil.example/archive'],
  ['another site by backslashes', '/\\evil.example/archive'],
  ['another site by a tab', '/\t/evil.example/archive'],
  ['another site by a line break', '/\n/evil.example/archive'],
  ['another site behind a space', ' //evil.example/archive'],
  ['a name at another site', '//ours.invalid@evil.example/archive'],
  ['a program', 'javascript:alert(1)//archive'],
  ['a page that only begins like ours', '/archives'],
  ['a way out of ours', '/archive/../u/v1.k1.token'],
  ['a coded way out of ours', '/archive/%2e%2e/sign-out'],
  ['a page with a token', '/p/v1.k1.token'],
  ['signing in once more', '/sign-in?to=/archive'],
  ['a path without its stroke', 'archive'],
  ['a very long path', `/archive?${'a'.repeat(1000)}`],
])('does not go on to %s', (_, path) => expect(ownPath(path)).toBeUndefined());

it('hands on no line break, however it came', () => expect(ownPath('/archive?q=\r\nset-cookie: a=b')).toBe('/archive?q=set-cookie:%20a=b'));
