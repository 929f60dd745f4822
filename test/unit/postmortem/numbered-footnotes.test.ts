import { expect, it } from 'vitest';
import { numberedFootnotes } from '../../../core/postmortem/numbered-footnotes.ts';
import { parseMarkdown } from '../../../core/postmortem/parse-markdown.ts';

const namesIn = (markdown: string) =>
  [...JSON.stringify(numberedFootnotes(parseMarkdown(markdown))).matchAll(/"type":"(footnote\w+)","identifier":"(.*?)"/g)].map(
    ([, type, name]) => `${type} ${name}`,
  );

it('counts as the text refers to them, each once, and those that it does not refer to last', () => {
  const text = '> [^left]: Nobody refers to it.\n\n- One[^b] two[^a] three.[^B]\n\n[^a]: A.\n\n[^b]: B, as in A.[^a]';

  expect(namesIn(text)).toEqual([
    'footnoteDefinition 3',
    'footnoteReference 1',
    'footnoteReference 2',
    'footnoteReference 1',
    'footnoteDefinition 2',
    'footnoteDefinition 1',
    'footnoteReference 2',
  ]);
});
