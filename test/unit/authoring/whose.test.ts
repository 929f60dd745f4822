import { expect, it } from 'vitest';
import { mayRevise, ownedAs, whoseIs } from '../../../core/authoring/whose.ts';
import { listedPostmortem } from '../../../core/content/listed-postmortem.ts';
import type { Whose } from '../../../core/postmortem/stored-postmortem.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const ada = { sid: 'a'.repeat(32), address: 'ada.lovelace@example.com', name: 'Ada Lovelace', team: 'Payments' };

it.each<[Partial<Whose>, ReturnType<typeof ownedAs>]>([
  [{ by: ada.sid, team: 'Identity' }, 'sender'],
  [{ authors: ['Jo Park', 'ada lovelace '] }, 'author'],
  [{ authors: ['ada.lovelace'] }, 'author'],
  [{ authors: ['Ada.Lovelace@example.com'] }, 'author'],
  [{ team: 'payments' }, 'team'],
  [{ by: 'b'.repeat(32), team: 'Identity', authors: ['Ada'] }, undefined],
  [{}, undefined],
])('is somebody’s own: %j', (whose, expected) => {
  expect(ownedAs({ authors: [], ...whose }, ada)).toBe(expected);
});

it('is nobody’s by a team that has no name', () => {
  expect(ownedAs({ authors: [''] }, { ...ada, name: ' ', team: '' })).toBeUndefined();
});

it.each([
  [{ status: 'published', restricted: false }, { team: 'Payments' }, true],
  [{ status: 'published', restricted: false }, { team: 'Identity' }, false],
  [{ status: 'published', restricted: true }, { team: 'Payments' }, false],
  [{ status: 'draft', restricted: false }, { team: 'Payments' }, false],
  [{ status: 'published', restricted: true }, { by: ada.sid }, true],
  [{ status: 'retracted', restricted: false }, { authors: ['Ada Lovelace'] }, true],
] as const)('lets an author see and revise %j of %j: %s', (one, whose, expected) => {
  expect(mayRevise(one, { authors: [], ...whose }, ada)).toBe(expected);
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
