import { expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

const table = (rows: string) => fromMarkdown(`# Caches failed\n\nText.\n\n## Affected\n\n${rows}`).postmortem.services;

it('the heading of a table about services names no service', () => {
  expect(table('| Service | Effect |\n|---|---|\n| Cache | 5xx |\n| Dashboard | no logins |')).toEqual([]);
});

it('the heading of a table of names and values may name one', () => {
  expect(table('| Service | cache |\n|---|---|\n| Severity | SEV-2 |\n| Start | 2026-11-02 14:05 UTC |')).toEqual(['cache']);
});
