import { caniemail } from 'caniemail';
import { describe, expect, it } from 'vitest';
import { weeks } from '../../support/five-weeks.ts';
import { aMail } from '../../support/sample-mail.ts';
import { samples } from '../../support/samples/samples.ts';
import { serviceSamples } from '../../support/samples/service.ts';

const clients = ['gmail.*', 'outlook.*', 'apple-mail.*', 'yahoo.*'] as const;

/**
 * What some of them do not know, and why the mail is as good without it. Anything else must be
 * known to all.
 */
const mayBeMissing: Readonly<Record<string, string>> = {
  '<style> element': 'all that has to be seen stands inline; the browser tests look at mails without a stylesheet',
  '@media': 'dark colours and narrow padding; without it the mail is light and has more padding',
  'Type selector': 'of the stylesheet',
  'Class selector': 'of the stylesheet',
  'ID selector': 'of the stylesheet: the frame asks Outlook to let links alone',
  'Descendant combinator': 'of the stylesheet',
  'Chaining selectors': 'of the stylesheet',
  'color-scheme CSS property': 'says that dark colours are there; who does not know it decides as ever',
  'color-scheme meta tag': 'as the property',
  '<body> element': 'webmail puts a div in its place; the ground has its colour from a table too',
  'role attribute': 'a layout table may then be announced as a table',
  'aria-label attribute': 'the chart is then read cell by cell: numbers and weeks are text',
  'target attribute': 'a link opens as the program likes',
  'border-radius': 'corners are square',
  'word-break': 'a word without end may widen the mail',
  'white-space': 'a short label may break over two lines',
  'table-layout': 'the chart’s columns may differ by pixels',
  'text-decoration-line': 'repeats text-decoration',
  'height property': 'of the gaps, which have a line height too',
  outline: 'of links in the frame',
  'word-spacing': 'of the frame',
  'max-height property': 'the preheader is hidden in four ways',
  opacity: 'the preheader is hidden in four ways',
  overflow: 'the preheader is hidden in four ways',
  'display:none': 'the preheader is one pixel high in white there',
};

const mails = [
  ...Object.entries({ ...samples, 'a hard week': weeks['of one hard incident'].fragments }),
  ...serviceSamples.map(([name, edition]) => [name, edition] as const),
];
const missing = new Map(mails.map(([name, fragments]) => [name, missingIn(aMail(fragments).html)]));

function missingIn(html: string): string[] {
  const { issues } = caniemail({ clients: [...clients], html });
  return [...new Set([...issues.errors.values()].flatMap((found) => found.map(({ title }) => title)))];
}

describe('Gmail, Outlook, Apple Mail and Yahoo', () => {
  it.each(mails.map(([name]) => name))('know everything that %s needs', (name) => {
    expect(missing.get(name)?.filter((title) => !(title in mayBeMissing))).toEqual([]);
  });

  it('are allowed nothing that no mail asks for', () => {
    const asked = new Set([...missing.values()].flat());
    expect(Object.keys(mayBeMissing).filter((title) => !asked.has(title))).toEqual([]);
  });
});

it.each(mails)('%s carries no picture and loads nothing: with images off it is the same mail', (_, fragments) => {
  const { html } = aMail(fragments);
  expect(html).not.toMatch(/<(?:img|link|video|audio|iframe|object|embed|script|svg)\b|url\(|@import|background="/i);
});
