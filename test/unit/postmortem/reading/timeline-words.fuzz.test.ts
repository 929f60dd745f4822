import fc from 'fast-check';
import { expect, it } from 'vitest';
import { tries } from '../../../support/hostile/fuzz.ts';
import { timelineOf } from '../../../support/timelines.ts';

const times = [
  ...['13:05', '13:05 UTC', '~13:05', '9am', '13:05 – 13:31 CET', '2026-11-17 13:05', '2026-11-17', '17 November', 'Nov 17, 13:05 UTC'],
  ...['T+5m', 'Day 2, 08:00', 'Monday 07:00', '1625', 'two hours later', '午後3時', '11/17', '17.11.', 'before 13:05', '', ''],
];
const events = [
  'alert',
  'the pool ran dry',
  '[change 7](https://e.example.com/7)',
  '**all** gone',
  '`x` *ran*',
  'at 5 pods\nof 10',
  ':fire: again',
  '',
];
const entry = fc
  .tuple(fc.constantFrom(...times), fc.constantFrom(' ', ': ', ' - ', ' | ', '\n: '), fc.constantFrom(...events))
  .map(([time, between, event]) => `${time}${between}${event}`);
const marked = fc
  .tuple(fc.constantFrom('', '**', '*', '`'), fc.constantFrom(...times), fc.constantFrom(...events))
  .map(([mark, time, event]) => (time === '' ? event : `${mark}${time}${mark} ${event}`));
const line = fc.oneof(entry, marked);
const indented = (text: string, by: string) => text.replaceAll('\n', `\n${by}`);
const list = fc
  .array(fc.tuple(line, fc.array(line, { maxLength: 3 })), { minLength: 1, maxLength: 4 })
  .map((items) =>
    items
      .map(([item, inner]) => [`- ${indented(item, '  ')}`, ...inner.map((one) => `  - ${indented(one, '    ')}`)].join('\n'))
      .join('\n'),
  );
const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('\n', ' ').replaceAll('|', '\\|')).join(' | ')} |`;
const table = fc
  .tuple(
    fc.constantFrom(['Time', 'Event', 'Who'], ['Date', 'Time (UTC)', 'Event'], ['', '', ''], ['UTC', 'PST', 'What'], ['13:00', 'a', 'b']),
    fc.array(fc.tuple(fc.constantFrom(...times), line, line), { minLength: 1, maxLength: 4 }),
  )
  .map(([heading, rows]) => [row(heading), '|--|--|--|', ...rows.map(row)].join('\n'));
const block = fc.oneof(
  line,
  list,
  table,
  fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\\\n')),
  fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => `\`\`\`\n${lines.join('\n')}\n\`\`\``),
  list.map((quoted) => `> ${quoted.replaceAll('\n', '\n> ')}`),
  // A heading keeps the words of its links only.
  line.map((heading) => `### ${heading.replaceAll('\n', ' ').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')}`),
  fc.constantFrom('**Detection**', 'All times in CET', '---', '## Recovery phase'),
);

/** Letters and numbers, without the names of columns and of marks. */
const wordsOf = (text: string): string[] => text.replace(/^\|\s*(?:Time|Date|UTC)\s*\|.*$/gm, '').match(/[\p{L}\p{N}]+/gu) ?? [];

it('no word of a timeline is lost, whatever it is made of', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 8 }), (blocks) => {
      const body = blocks.join('\n\n');
      const stored = new Set(wordsOf(JSON.stringify(timelineOf(body)).replaceAll(String.raw`\n`, ' ')));
      expect(wordsOf(body).filter((word) => !stored.has(word))).toEqual([]);
    }),
    tries(),
  );
});
