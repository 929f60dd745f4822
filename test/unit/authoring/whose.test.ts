import { expect, it } from 'vitest';
import { type Access, accessTo, isSurelyAuthor, ownedAs, whoseIs } from '../../../core/authoring/whose.ts';
import { listedPostmortem } from '../../../core/content/listed-postmortem.ts';
import type { Whose } from '../../../core/postmortem/stored-postmortem.ts';
import { colleagueOf, directoryOf } from '../../../core/reminder/directory.ts';
import { aProfile } from '../../support/delivery.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const ada = { sid: 'a'.repeat(32), address: 'ada.lovelace@example.com', name: 'Ada Lovelace', team: 'Payments', handles: ['countess'] };

it.each<[Partial<Whose>, ReturnType<typeof ownedAs>]>([
  [{ by: ada.sid, team: 'Identity' }, 'sender'],
  [{ authors: ['Jo Park', 'ada lovelace '] }, 'author'],
  [{ authors: ['ada.lovelace'] }, 'author'],
  [{ authors: ['Ada.Lovelace@example.com'] }, 'author'],
  [{ authors: ['@Countess'] }, 'author'],
  [{ team: 'payments' }, 'team'],
  [{ by: 'b'.repeat(32), team: 'Identity', authors: ['Ada'] }, undefined],
  [{}, undefined],
])('is somebody’s own: %j', (whose, expected) => {
  expect(ownedAs({ authors: [], ...whose }, ada)).toBe(expected);
});

it('is nobody’s by a team that has no name', () => {
  expect(ownedAs({ authors: [''] }, { ...ada, name: ' ', team: '' })).toBeUndefined();
});

const told = { status: 'published', restricted: false } as const;
const restricted = { status: 'published', restricted: true } as const;
const [sure, unsure, unasked] = [async () => true, async () => false, () => expect.unreachable('asked for nothing')];

it.each<[Parameters<typeof accessTo>[0], Partial<Whose>, Parameters<typeof accessTo>[3], Access]>([
  [told, { team: 'Payments' }, unasked, 'told'],
  [told, { team: 'Identity' }, unasked, 'none'],
  [told, { authors: ['Ada Lovelace'] }, unasked, 'told'],
  [{ ...told, wasHidden: true }, { authors: ['Ada Lovelace'] }, sure, 'all'],
  [{ ...told, wasHidden: true }, { authors: ['Ada Lovelace'] }, unsure, 'told'],
  [{ ...told, wasHidden: true }, { team: 'Payments' }, unasked, 'told'],
  [restricted, { team: 'Payments' }, unasked, 'none'],
  [{ status: 'draft', restricted: false }, { team: 'Payments' }, unasked, 'none'],
  [restricted, { by: ada.sid }, unasked, 'all'],
  [restricted, { authors: ['Ada Lovelace'] }, sure, 'all'],
  [restricted, { authors: ['Ada Lovelace'], team: 'Payments' }, unsure, 'unsure'],
  [{ status: 'retracted', restricted: false }, { authors: ['Ada Lovelace'] }, unsure, 'unsure'],
])('of %j by %j, an author sees by an answer about their name: %s', async (one, whose, isSure, expected) => {
  expect(await accessTo(one, { authors: [], ...whose }, ada, isSure)).toBe(expected);
});

const colleague = (local: string, more: object = {}) =>
  colleagueOf(aProfile({ sid: `${local}-sid`, address: `${local}@example.com`, ...more }), new Date('2026-11-23T10:00:00Z'));

it.each([
  ['the only one of this name', 'Ada Lovelace', [], true],
  ['one of two namesakes', 'Ada Lovelace', [colleague('ada2', { name: 'ada  LOVELACE' })], false],
  [
    'the namesake of somebody of another team who left',
    'Ada Lovelace',
    [colleague('old', { name: 'Ada Lovelace', team: 'IT', suspended: { at: '2026-01-01T00:00:00Z' } })],
    false,
  ],
  ['written by address', 'ada@example.com', [colleague('ada2', { name: 'Ada Lovelace' })], true],
  ['written by a handle that the file gives to nobody else', '@countess', [colleague('ada2', { name: 'Ada Lovelace' })], true],
  ['written by the first name', 'Ada', [], false],
  ['written by what may be short for another', 'ada', [colleague('al', { name: 'Ada Byron' })], false],
  ['one of a list of certain people', 'Ada Lovelace and Jo Park', [colleague('jo', { name: 'Jo Park' })], true],
])('takes for the author %s: %s', (_, author, others, expected) => {
  const own = colleague('ada', { name: 'Ada Lovelace', handles: ['countess'], team: 'Payments' });
  expect(isSurelyAuthor([author], own.sid, { teams: [] }, directoryOf([own, ...others]))).toBe(expected);
});

it('is who sent the document, and not the operator who restricted it since', () => {
  const stored = {
    ...{ postmortem: aPostmortem({ owningTeam: 'Payments', authors: ['Jo'] }), hash: 'h', revision: 2, updatedAt: '2026-11-20T00:00:00Z' },
    ...{ owed: [], editions: [], namedIn: [], by: 'operator', sentBy: ada.sid },
  };
  const whose = { by: ada.sid, team: 'Payments', authors: ['Jo'] };
  expect(whoseIs(stored)).toEqual(whose);
  expect(listedPostmortem(stored).whose).toEqual(whose);
});
