import { expect, it } from 'vitest';
import { inMarkdown } from '../../../../../core/postmortem/reading/dialects/in-markdown.ts';
import { headingReader } from '../../../../../core/postmortem/reading/headings/heading-map.ts';
import { takesLongerThan } from '../../../../support/processor-time.ts';

const heads: Readonly<Record<string, string>> = {
  org: '#+TITLE: x\n* a\n** TODO b\n',
  asciidoc: '= x\n\n== a\n\n== b\n',
  rst: '===\nabc\n===\n\n:a: b\n\nabc\n---\n',
  mediawiki: "== a ==\n'''b'''\n== c ==\n",
  jira: 'h1. a\nh2. b\n||a||b||\n',
  mail: 'From: a\nTo: b\nSubject: c\n\n',
  boxes: ':::danger SEV-1\n!!! note "a"\n> [!summary]\n',
  columns: '| Summary |\n| --- |\n',
  notes: 'Report\n\nwhy: a\nwhen: b\ntodo: c\n',
  chat: ':::info\na\n:::\n• a\n• b\n[[a]] [[b]]\n',
  export: '[OPS-1] a  Created: 1/Nov/25\n',
};
const parts = [
  ':X:\n',
  '#+begin_src\n',
  'DEADLINE: <2026-01-01 Thu>\n',
  '\n',
  '{{x\n',
  '{|\n',
  '{expand:x}\n',
  '{code}',
  '----\n|===\n',
  '.. a::\n',
  'x::\n\n',
  '=== ===\n',
  '+--+\n',
  '`a <',
  '[[',
  "'''",
  '*a',
  '*** a\n',
  'a|',
  '|| ',
  ' ',
  '\t:',
  '<<a,',
  'a:: ',
  '**',
  ':::',
  ':::a ',
  '!!! a "',
  '> [!a] ',
  '| ',
  '| Summary |\n|-|\n',
  '- ',
  ':::info\n',
  '!!! note\n',
  '> [!note] a\n',
  '• a\n',
  'why: a\n',
  'a\tb\tc\n',
  '1. A\n\n',
  '> ',
  '[a|',
  '  A: ',
];

it.each(Object.keys(heads))('converts hostile %s in time in proportion to its length', (name) => {
  const read = headingReader();
  const slow = parts.filter((part) => {
    const text = (heads[name] ?? '') + part.repeat(Math.ceil(20_000 / part.length));
    return takesLongerThan(500, () => inMarkdown(text, read));
  });
  expect(slow).toEqual([]);
});
