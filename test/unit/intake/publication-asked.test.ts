import { expect, it } from 'vitest';
import { publicationAsked } from '../../../core/intake/publication-asked.ts';
import { refusal } from '../../support/reading.ts';

const given = { now: new Date('2026-11-19T12:00:00Z'), zone: 'Europe/Berlin' };
const asked = (query: string) => publicationAsked(new URLSearchParams(query), given);

it.each([
  ['', { history: false }],
  ['history=true', { history: true }],
  ['history=false&publishedAt=2026-01-14', { publishedAt: '2026-01-14T00:00:00Z', history: false }],
  ['publishedAt=2026-01-14T10:00:00%2B01:00&history=true', { publishedAt: '2026-01-14T09:00:00Z', history: true }],
])('reads "%s"', (query, said) => {
  expect(asked(query)).toEqual(said);
});

it.each([
  ['history=yes', 'history'],
  ['publishedAt=', 'publishedAt'],
  ['publishedAt=yesterday', 'publishedAt'],
  ['publishedAt=2026-02-30', 'publishedAt'],
  ['publishedAt=2026-11-22', 'publishedAt'],
])('refuses "%s" by its name', (query, field) => {
  expect(refusal(() => asked(query)).fields).toEqual([field]);
});
