import { expect, it } from 'vitest';
import { changedGroup } from '../../../core/directory/group-draft.ts';
import { readOperations } from '../../../core/directory/operation.ts';
import { DirectoryRefusal } from '../../../core/directory/refusal.ts';
import { changedUser, readUser, type UserDraft } from '../../../core/directory/user-draft.ts';

const ada: UserDraft = { userName: 'ada@example.com', active: true, displayName: 'Ada', givenName: 'Ada' };
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

it.each<[string, object, Partial<UserDraft>]>([
  ['a value without a path', { op: 'Replace', value: { active: 'False', 'name.givenName': 'A.' } }, { active: false, givenName: 'A.' }],
  ['a name as an object', { op: 'add', path: 'name', value: { familyName: 'Obi' } }, { familyName: 'Obi' }],
  ['letters of any case', { op: 'REPLACE', path: 'DisplayName', value: 'A.' }, { displayName: 'A.' }],
  ['a department by its whole path', { op: 'add', path: `${enterprise}:department`, value: 'Ledger' }, { department: 'Ledger' }],
  ['a department in its schema', { op: 'add', value: { [enterprise]: { department: 'Ledger' } } }, { department: 'Ledger' }],
  ['a value in a list', { op: 'replace', path: 'externalId', value: [{ value: '7' }] }, { externalId: '7' }],
  [
    'the primary one of several addresses',
    { op: 'replace', path: 'emails', value: [{ value: 'x@y.z' }, { value: 'Ada@example.com', primary: true }] },
    { email: 'Ada@example.com' },
  ],
  ['a list of no addresses', { op: 'replace', path: 'emails', value: [] }, {}],
  ['an address of another type', { op: 'add', path: 'emails[type eq "home"].value', value: 'ada@home.example' }, {}],
  [
    'a boolean as a text by its whole path',
    { op: 'Replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:active', value: 'False' },
    { active: false },
  ],
  [
    'a path as a name, as Entra sends it',
    { op: 'Add', value: { 'emails[type eq "work"].value': 'ada@example.com' } },
    { email: 'ada@example.com' },
  ],
  ['an address that is not the primary one', { op: 'add', path: 'emails[primary eq "False"].value', value: 'ada@home.example' }, {}],
  ['a role and a manager of Entra', { op: 'Add', value: { 'roles[primary eq "True"].value': 'x', [`${enterprise}:manager`]: 'id-7' } }, {}],
  ['what it does not keep', { op: 'add', path: 'title', value: 'Engineer' }, {}],
  ['an extension that nobody knows', { op: 'add', path: 'urn:example:2.0:User:badge', value: '7' }, {}],
  ['names of objects of the language', { op: 'add', value: { constructor: 'x', toString: 'y' } }, {}],
])('takes %s', (_, operation, change) => {
  expect(changedUser(ada, readOperations({ Operations: [operation] }))).toEqual({ ...ada, ...change });
});

it('removes what is named', () => {
  const removed = changedUser(
    ada,
    readOperations({
      operations: [
        { op: 'Remove', path: 'displayName' },
        { op: 'remove', path: 'name' },
      ],
    }),
  );
  expect(removed).toEqual({ userName: 'ada@example.com', active: true });
});

it.each<object>([
  { op: 'remove' },
  { op: 'remove', path: 'userName' },
  { op: 'remove', path: 'active' },
  { op: 'replace', value: 'Ada' },
  { op: 'replace', path: 'displayName', value: { a: 1 } },
  { op: 'replace', path: 'emails[type eq "work"].value', value: 'eve@example.com' },
  { op: 'copy', path: 'displayName', value: 'Ada' },
  { op: 'replace', path: 'a b', value: 'Ada' },
])('refuses %j', (operation) => {
  expect(() => changedUser(ada, readOperations({ Operations: [operation] }))).toThrow(DirectoryRefusal);
});

it('a POST says everything, and nothing stays from before', () => {
  expect(readUser({ userName: 'ada@example.com', active: 'true', nickName: 'A' })).toEqual({ userName: 'ada@example.com', active: true });
});

it('changes members in the order of the request', () => {
  const operations = readOperations({
    Operations: [
      { op: 'Add', path: 'members', value: [{ value: 'a' }, { value: 'b' }] },
      { op: 'Remove', path: 'members', value: [{ value: 'a' }] },
      { op: 'remove', path: 'members[value eq "b"]' },
      { op: 'replace', value: { members: [{ value: 'c' }], displayName: 'New' } },
    ],
  });
  expect(changedGroup({ displayName: 'Old', members: [] }, operations)).toEqual({
    displayName: 'New',
    members: [
      { kind: 'add', id: 'a' },
      { kind: 'add', id: 'b' },
      { kind: 'remove', id: 'a' },
      { kind: 'remove', id: 'b' },
      { kind: 'all' },
      { kind: 'add', id: 'c' },
    ],
  });
});
