import { describe, expect, it } from 'vitest';
import { countNews, digestSubject, headline } from '../../../core/content/digest-words.ts';
import type { Severity } from '../../../core/postmortem/postmortem.ts';

const news = (...severities: Severity[]) => severities.map((severity, i) => ({ severity, title: `Title ${i + 1}` }));

describe('the headline', () => {
  it.each([
    [news('sev1'), 'One incident, Sev-1: Title 1.'],
    [news('sev1', 'sev2', 'sev2', 'sev3', 'unclassified'), 'Five incidents, one of them Sev-1: Title 1.'],
    [news('sev1', 'sev1', 'sev3'), 'Three incidents, two of them Sev-1, the latest: Title 1.'],
    [news('sev2', 'sev2'), 'Two incidents, both Sev-2, the latest: Title 1.'],
    [news('sev3', 'sev3', 'sev3'), 'Three incidents, all Sev-3, the latest: Title 1.'],
    [news('unclassified'), 'One incident, not yet classified: Title 1.'],
    [news('unclassified', 'unclassified'), 'Two incidents, both not yet classified, the latest: Title 1.'],
    [news('sev4', ...Array<Severity>(12).fill('unclassified')), '13 incidents, one of them Sev-4: Title 1.'],
  ])('tells the news of %#', (fresh, said) => {
    expect(headline(fresh, [])).toBe(said);
  });

  it.each([
    [3, 'Five incidents, two more than usual, one of them Sev-1: Title 1.'],
    [6, 'Five incidents, one fewer than usual, one of them Sev-1: Title 1.'],
    [5, 'Five incidents, as usual, one of them Sev-1: Title 1.'],
  ])('compares with a usual week of %d', (usual, said) => {
    expect(headline(news('sev1', 'sev2', 'sev2', 'sev3', 'sev3'), [], { usual })).toBe(said);
  });

  it('keeps the mark that a title ends with', () => {
    expect(headline([{ severity: 'sev2', title: 'Who took down search?' }], [])).toBe('One incident, Sev-2: Who took down search?');
  });

  it('tells of late ones where nothing is new', () => {
    expect(headline([], news('sev2'))).toBe('No new incidents; one postmortem published late: Title 1.');
  });

  it('says when there is nothing', () => {
    expect(headline([], [])).toBe('A quiet week: no new postmortems.');
  });
});

it('the count names no postmortem', () => {
  expect(countNews(news('sev1', 'sev2'))).toBe('Two incidents, one of them Sev-1');
});

describe('the subject', () => {
  it.each([
    [news('sev1'), 'Title 1'],
    [news('sev1', 'sev2'), 'Title 1, and one more incident'],
    [news('sev1', 'sev2', 'sev3'), 'Title 1, and two more incidents'],
    [[], 'A quiet week: no new postmortems'],
  ])('begins with the gravest: %#', (fresh, said) => {
    expect(digestSubject(fresh, [])).toBe(said);
  });

  it.each([
    ['Title. . .', 'Title'],
    ['...', '...'],
  ])('loses the full stop of %j, and never everything', (title, said) => {
    expect(digestSubject([{ severity: 'sev1', title }], [])).toBe(said);
  });

  it('is one line of at most 120 characters, whatever the title', () => {
    const subject = digestSubject([{ severity: 'sev1', title: `Bad\r\nBcc: x ${'long '.repeat(40)}` }, ...news('sev2')], []);
    expect(subject).toMatch(/^Bad Bcc: x long .*…, and one more incident$/);
    expect(subject.length).toBeLessThanOrEqual(120);
  });
});
