import { describe, expect, it } from 'vitest';
import { pathOfYear, yearContent, yearJustOver, yearOfPath } from '../../../core/content/year-content.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { compile } from '../../../core/taxonomy/compile.ts';
import type { Term } from '../../../core/taxonomy/term.ts';

const terms: Term[] = [
  { id: 'expired-certificate', label: 'an expired certificate', kind: 'failure mode', says: [], weight: 3 },
  { id: 'redis', label: 'Redis', kind: 'technology', says: [], weight: 1 },
];
const entry = (id: string, publishedAt: string, change: Partial<ListedEntry> = {}): ListedEntry => ({
  id,
  revision: 1,
  title: id,
  severity: 'sev3',
  status: 'published',
  services: ['cart'],
  tags: [],
  publishedAt,
  gist: '',
  ...change,
});
const of = (...entries: ListedEntry[]) => yearContent(2026, entries, 'Europe/Berlin', compile(terms));

describe('a year in review', () => {
  it('begins and ends at midnight of the organisation', () => {
    const year = of(
      entry('before', '2025-12-31T22:59:59Z'),
      entry('first', '2025-12-31T23:00:00Z'),
      entry('last', '2026-12-31T22:59:59Z'),
      entry('after', '2026-12-31T23:00:00Z'),
    );
    expect(year.total).toBe(2);
    expect(year.byMonth).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('names what several postmortems say, each once a postmortem, and leaves out what only one does', () => {
    const said = { terms: ['expired-certificate', 'redis', 'unknown'] };
    const year = of(
      entry('a', '2026-02-01T00:00:00Z', { ...said, services: ['cart', 'cart'] }),
      entry('b', '2026-03-01T00:00:00Z', { terms: ['expired-certificate'] }),
    );
    expect(year.failureModes).toEqual([{ name: 'an expired certificate', times: 2 }]);
    expect(year.technologies).toEqual([]);
    expect(year.services).toEqual([{ name: 'cart', times: 2 }]);
  });

  it('lists the gravest in the order of the year', () => {
    const small = Array.from({ length: 12 }, (_, n) => entry(`s${n}`, `2026-05-${10 + n}T00:00:00Z`, { severity: 'sev4' }));
    const year = of(
      ...small,
      entry('late', '2026-11-01T00:00:00Z', { severity: 'sev1' }),
      entry('early', '2026-01-05T00:00:00Z', { severity: 'sev2' }),
    );
    expect(year.gravest).toHaveLength(10);
    expect([year.gravest[0]?.id, year.gravest.at(-1)?.id]).toEqual(['early', 'late']);
    expect(year.bySeverity).toEqual([
      { severity: 'sev1', count: 1 },
      { severity: 'sev2', count: 1 },
      { severity: 'sev4', count: 12 },
    ]);
  });
});

it.each([
  ['2027-01-03T23:00:00Z', 2026],
  ['2026-12-27T23:00:00Z', undefined],
  ['2027-01-10T23:00:00Z', undefined],
  ['2026-12-31T23:00:00Z', 2026],
])('the week that ends at %s looks back on %s', (end, year) => {
  expect(yearJustOver({ end }, 'Europe/Berlin')).toBe(year);
});

it.each([
  ['~2026', 2026],
  ['~1899', undefined],
  ['2026', undefined],
  ['~2026x', undefined],
  ['~20266', undefined],
])('reads %s as the year %s', (text, year) => {
  expect(yearOfPath(text)).toBe(year);
  if (year !== undefined) expect(pathOfYear(year)).toBe(text);
});
