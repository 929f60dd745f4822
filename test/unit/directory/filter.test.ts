import { expect, it } from 'vitest';
import { parseFilter, parsePath } from '../../../core/directory/filter.ts';
import { DirectoryRefusal } from '../../../core/directory/refusal.ts';

it.each([
  ['userName eq "ada@example.com"', [{ path: { attribute: 'username' }, value: 'ada@example.com' }]],
  [
    'id EQ "7" AND members eq "8"',
    [
      { path: { attribute: 'id' }, value: '7' },
      { path: { attribute: 'members' }, value: '8' },
    ],
  ],
  [' active eq True ', [{ path: { attribute: 'active' }, value: true }]],
  [
    String.raw`displayName eq "CORP\\Eng \"Payments\" and more"`,
    [{ path: { attribute: 'displayname' }, value: String.raw`CORP\Eng "Payments" and more` }],
  ],
  [
    'urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value eq "a@b"',
    [{ path: { attribute: 'emails', where: [{ path: { attribute: 'type' }, value: 'work' }], sub: 'value' }, value: 'a@b' }],
  ],
])('reads %s', (text, found) => {
  expect(parseFilter(text)).toEqual(found);
});

it.each([
  'userName',
  'userName eq ada',
  'userName eq "ada',
  'userName sw "a"',
  'userName eq "a" or id eq "b"',
  'not (userName eq "a")',
  'userName eq "a" and',
  String.raw`userName eq "\x"`,
  'emails[type eq "work"',
  `${'('.repeat(400)}userName eq "a"`,
  Array.from({ length: 11 }, () => 'id eq "a"').join(' and '),
  `userName eq "${'a'.repeat(1000)}"`,
  `emails[${'emails['.repeat(100)}`,
  'a[b eq "c"][d eq "e"] eq "f"',
])('refuses %s', (text) => {
  expect(() => parseFilter(text)).toThrow(DirectoryRefusal);
});

it('reads what is hostile in time that grows with its length', () => {
  const begin = process.cpuUsage();
  for (const text of ['[', '"', '\\"', 'a.', 'a[', 'urn:', ' ', 'a eq "b" and ', '""', 'a["']) {
    const long = text.repeat(Math.floor(1000 / text.length));
    for (const hostile of [long, `a eq ${long}`, `a[${long}`, `urn:${long}`]) expect(() => parseFilter(hostile)).toThrow(DirectoryRefusal);
  }
  expect(process.cpuUsage(begin).user / 1000).toBeLessThan(500);
});

it('reads paths', () => {
  expect(parsePath('name.familyName')).toEqual({ attribute: 'name', sub: 'familyname' });
  expect(parsePath('members[value eq "7"]')).toEqual({ attribute: 'members', where: [{ path: { attribute: 'value' }, value: '7' }] });
  expect(parsePath('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department')).toEqual({ attribute: 'department' });
  for (const wrong of ['', 'a b', 'name.', '[a]', 'members[value]', 'a.b[c eq "d"]'])
    expect(() => parsePath(wrong)).toThrow(DirectoryRefusal);
});
