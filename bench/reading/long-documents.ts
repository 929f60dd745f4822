import { readCorpus } from '../../test/eval/corpus.ts';

interface Named {
  readonly name: string;
  readonly text: string;
}
const kilobytes250 = 250_000;
const filled = (unit: (n: number) => string, length: number): string => {
  let text = '';
  for (let n = 0; text.length + 200 < length; n += 1) text += unit(n);
  return text;
};
const two = (n: number) => String(n).padStart(2, '0');
const clock = (n: number) => `${two(Math.floor(n / 60) % 24)}:${two(n % 60)}`;
const sentence = 'The queue grew because a consumer gave up after each message and asked the broker for all of them again. ';

const head = `# Queue of orders stuck\n\n**Severity:** SEV-2\n**Start:** 2026-11-17 00:00 UTC\n**End:** 2026-11-17 20:00 UTC\n\n## Summary\n\n${sentence}\n\n`;
const actions = `\n## Action items\n\n${filled((n) => `- [ ] Bound the queue of shop ${n} (owner: Team ${n % 7}, due: 2026-12-${two(1 + (n % 28))})\n`, 9000)}`;
const paragraphs = (length: number) =>
  filled((n) => `${sentence.repeat(4)}It was seen at ${clock(n)} by **shop ${n}**, see [graph](https://example.com/g/${n}).\n\n`, length);

/** What a very thorough author may send. */
export const longDocuments: readonly Named[] = [
  {
    name: 'long prose, timeline and actions',
    text: `${head}## Root cause\n\n${paragraphs(90_000)}\n## Impact\n\n${paragraphs(70_000)}\n## Timeline\n\n${filled((n) => `- ${clock(n)} UTC - ${sentence.slice(0, 60)} (shop ${n})\n`, 70_000)}${actions}`,
  },
  {
    name: 'timeline of tables',
    text: `${head}## Timeline\n\n| Time (UTC) | Who | Event |\n|---|---|---|\n${filled((n) => `| 2026-11-17 ${clock(n)} | shop ${n} | ${sentence} |\n`, 95_000)}\n## Impact\n\n${paragraphs(90_000)}\n## Root cause\n\n${paragraphs(40_000)}${actions}`,
  },
  {
    name: 'many sections',
    text: `${head}${filled((n) => `## Finding ${n}\n\n${paragraphs(1600)}`, 200_000)}${actions}`,
  },
  {
    name: 'without a heading',
    text: `# Queue of orders stuck\n\n${paragraphs(90_000)}`,
  },
  {
    name: 'labelled documents in a row',
    text: readCorpus()
      .filter(({ name, text }) => name.endsWith('.md') && text.length < 5000 && !text.startsWith('---'))
      .map(({ text }) => text)
      .join('\n\n')
      .slice(0, kilobytes250),
  },
];

const line = (name: string, unit: string, length = 95_000): Named => ({
  name,
  text: `# A\n\n${unit.repeat(Math.floor(length / unit.length))}\n`,
});
const lines = (name: string, unit: (n: number) => string, most: number, before = '# A\n\n'): Named => ({
  name,
  text:
    before +
    Array.from({ length: most }, (_, n) => unit(n))
      .join('\n')
      .slice(0, kilobytes250),
});

/** As heavy as the limits allow, each at one place where a reader looks for something. */
export const dearDocuments: readonly Named[] = [
  line('digits and colons', '1:'),
  line('clocks', '12:00 '),
  line('ranges of clocks', '12:00-'),
  line('dates', '2026-11-17 '),
  line('names of months', 'Jan '),
  line('numbers and blanks', '1 2 '),
  line('words and colons', 'Start: '),
  line('brackets with owners', '(owner: '),
  line('hyphens', ' - '),
  line('dashes', '—'),
  line('bars', 'a | ', 40_000),
  line('numbers', '7'),
  line('full stops', 'a. '),
  line('severities', 'sev1 '),
  line('from and to', 'between 1 and 2 on '),
  line('quotation marks', '"'),
  line('tags', '<b>a</b>'),
  line('rows of HTML', '<tr><td>a</td><td>b</td></tr>'),
  line('tables of HTML', '<table>'),
  line('ideographs', '発生日時'),
  line('emoji', '🔴'),
  lines('lines of labels', (n) => `Start ${n}: 2026-11-17 12:00`, 5900),
  lines('lines of one label', () => 'Date: 2026-11-17', 5900),
  lines('bold labels', (n) => `**Cause ${n}:** a`, 3900),
  lines('bullets with labels', (n) => `- **Start ${n}:** 12:00`, 3900),
  lines('bullets of a timeline', (n) => `- ${clock(n)} a`, 990, '# A\n\n## Timeline\n\n'),
  lines('too many bullets of a timeline', (n) => `- ${clock(n)} a`, 3900, '# A\n\n## Timeline\n\n'),
  lines('nested bullets of a timeline', (n) => `${'  '.repeat(n < 700 ? n % 6 : 0)}- ${clock(n)} a`, 3900, '# A\n\n## Timeline\n\n'),
  lines('lines of a timeline', (n) => `${clock(n)} a`, 5900, '# A\n\n## Timeline\n\n'),
  lines('headings of a timeline', (n) => `### ${clock(n)}\n\na`, 1400, '# A\n\n## Timeline\n\n'),
  lines('actions', (n) => `- [ ] do ${n} (owner: a, due: 4 Dec)`, 3900, '# A\n\n## Action items\n\n'),
  lines('nested actions', (n) => `${'  '.repeat(n < 700 ? n % 6 : 0)}- do ${n}`, 3900, '# A\n\n## Action items\n\n'),
  lines('lists that go deeper and back', (n) => `${'  '.repeat(n < 1190 ? n % 2 : 0)}- a ${n}`, 3900, '# A\n\n## Impact\n\n'),
  lines('lines below a list', (n) => `a ${n}`, 1990, '# A\n\n## Impact\n\n- a\n'),
  lines('tags of words', () => '#a #b #c #d #e #f', 3000),
  lines('rows about readers', (n) => `| host ${n} | x |`, 3900, '# A\n\n| Visibility | Access |\n|---|---|\n'),
  lines('headings of actions', (n) => `### do ${n}\n\nOwner: a`, 1400, '# A\n\n## Action items\n\n'),
  lines('known headings', (n) => `## Summary\n\na ${n}`, 1400),
  lines('unknown headings', (n) => `## Finding ${n}\n\na`, 1400),
  lines('small tables', (n) => `| Severity | ${n} |\n|---|---|\n| Start | 12:00 |\n`, 1300),
  lines('one table of pairs', (n) => `| Start ${n} | 12:00 |`, 3900, '# A\n\n| a | b |\n|---|---|\n'),
  lines('quotations', (n) => `> **Start:** ${n}\n`, 2900),
  lines('references', (n) => `[a${n}][${n}]`, 1900),
  lines('references with definitions', (n) => `[a][${n}]\n\n[${n}]: https://example.com/${n}\n`, 1400),
  lines('one definition, used often', () => '[a][x]', 1900, '# A\n\n[x]: https://example.com/x\n\n'),
  lines('footnotes', (n) => `a[^${n}]\n\n[^${n}]: b\n`, 1400),
  { name: 'one long footnote, used often', text: `# A\n\n${'a[^x]\n\n'.repeat(1900)}\n\n[^x]: ${'long '.repeat(15_000)}\n` },
];
