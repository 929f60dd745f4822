import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../core/postmortem/reading/facts/kept-lines.ts';
import { lostWords } from '../../../eval/lost-words.ts';
import { tries } from '../../../support/hostile/fuzz.ts';
import { dialects, fixture, fromMarkdown } from '../../../support/reading.ts';

/**
 * Words that stand in the source and nowhere in what is stored. Names of recognised headings and
 * labels need not be stored.
 */
const lost = (text: string, words: readonly string[]): string[] => {
  const stored = new Set(wordsOf(JSON.stringify(fromMarkdown(text).postmortem).replaceAll('\\n', ' ')));
  return words.filter((word) => !stored.has(word) && !['utc', 'gmt'].includes(word));
};

/** The tables of one template were never filled in, and their heads are left out. */
const filledIn = dialects.filter((name) => name !== 'michael-kehoe');

it.each([...filledIn, 'no-heading'])('no word of %s is lost', (name) => {
  const text = fixture(name);
  const withoutHeadings = text.replace(/^#.*$|^\*\*[^*]+\*\*$/gm, '');
  expect(lostWords({ name: `${name}.md`, text: withoutHeadings }, fromMarkdown(text).postmortem)).toEqual([]);
});

const label = fc.constantFrom(
  ...[
    'Severity',
    'Status',
    'Start',
    'Start (CET)',
    'End',
    'Date',
    'Detected',
    'Services',
    'Affected regions',
    'Team',
    'Author',
    'Incident ID',
  ],
  ...[
    'Customers affected',
    'Duration',
    'Version',
    'Reviewers',
    'Title',
    'Visibility level',
    'Weather',
    'Call recording',
    'Schweregrad',
    '発生日時',
  ],
);
const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{3}[aeo]{2}[b-df-hj-np-tv-z]{2}$/);
const words = fc.array(word, { minLength: 1, maxLength: 9 }).map((several) => several.join(' '));
const value = fc.oneof(
  fc.constantFrom('SEV-1', 'P1 (Critical)', '🔴 high', 'huge', 'Resolved', '✅ Final', 'open', '42', '1,200 customers', 'INC-7', 'true'),
  fc.constantFrom(
    '2026-09-02',
    '2026-09-02 14:05 UTC',
    '2 September 2026, 14:05 CET',
    '03/04/2026',
    '14:05',
    '2026-09-02 13:05–13:31 UTC',
    'yesterday',
  ),
  words,
  words.map((text) => `${text}.`),
  fc.tuple(word, word, word).map((names) => names.join(', ')),
  fc.tuple(fc.constantFrom('SEV-2', 'Draft', '2026-09-02', '17'), words).map(([first, rest]) => `${first} - ${rest}`),
);
const pair = fc.tuple(label, value);
const pairs = fc.array(pair, { minLength: 1, maxLength: 5 });

/** A block of labels with values, in each form. */
type Write = (pairs: readonly (readonly [string, string])[]) => string;
const namesAbove: Write = (all) =>
  `| ${all.map(([name]) => name).join(' | ')} |\n|${all.map(() => '---').join('|')}|\n| ${all.map(([, said]) => said).join(' | ')} |`;
const form = fc.constantFrom<Write>(
  (all) => all.map(([name, said]) => `**${name}:** ${said}`).join('\n'),
  (all) => all.map(([name, said]) => `${name}: ${said}`).join('\n\n'),
  (all) => all.map(([name, said]) => `- **${name}**: ${said}`).join('\n'),
  (all) => all.map(([name, said]) => `- ${name}\n  - ${said}`).join('\n'),
  (all) => all.map(([name, said]) => `${name}: **${said}**`).join(' | '),
  (all) => all.map(([name, said]) => `**${name}**: ${said}`).join('. '),
  (all) => all.map(([name, said]) => `> **${name}:** ${said}`).join('\n'),
  (all) => `| Field | Value |\n|---|---|\n${all.map(([name, said]) => `| **${name}** | ${said} |`).join('\n')}`,
  namesAbove,
  (all) => all.map(([name, said]) => `${name}\n: ${said}`).join('\n\n'),
  (all) => all.map(([name, said]) => `### ${name}\n\n${said}`).join('\n\n'),
);
/** "Resolved" where a row may hold a name is the name of a time, and names need not be stored. */
const saidIn = (write: Write, all: readonly (readonly [string, string])[]): string[] =>
  all.flatMap(([, said], i) => (write === namesAbove && i % 2 === 0 && said === 'Resolved' ? [] : wordsOf(said)));
const block = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(form, pairs).map(([write, all]) => ({ text: write(all), words: saidIn(write, all) })),
  },
  { weight: 1, arbitrary: words.map((text) => ({ text, words: wordsOf(text) })) },
);
const heading = fc.constantFrom(
  '',
  '',
  '## Summary',
  '## Metadata',
  '## Impact',
  '## Detection',
  '## Whatever',
  '## Severity',
  '## When',
  '## Root cause',
);
const section = fc.tuple(heading, fc.array(block, { minLength: 1, maxLength: 3 }));

describe('whatever stands in a document', () => {
  it('each word of its values and texts is stored', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(section, { minLength: 1, maxLength: 4 }), (isTitled, sections) => {
        const body = sections.map(([name, blocks]) => [name, ...blocks.map(({ text }) => text)].filter(Boolean).join('\n\n')).join('\n\n');
        const text = isTitled ? `# Pool ran dry\n\n${body}\n` : `${body}\n`;
        expect(
          lost(
            text,
            sections.flatMap(([, blocks]) => blocks.flatMap(({ words: said }) => said)),
          ),
        ).toEqual([]);
      }),
      tries(4),
    );
  });

  it('each word of front matter is stored, but for what only a site generator needs', () => {
    const entry = fc.tuple(
      fc.constantFrom('version', 'reviewers', 'created', 'duration', 'mood', 'owner_note', 'summary', 'team', 'tags'),
      words,
    );
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ([key]) => key, maxLength: 5 }), (entries) => {
        const front = entries.map(([key, said]) => `${key}: ${said}`).join('\n');
        const text = `---\ntitle: Pool ran dry\nlayout: post\nweight: 3\n${front}\n---\n\nText.\n`;
        expect(
          lost(
            text,
            entries.flatMap(([, said]) => wordsOf(said)),
          ),
        ).toEqual([]);
      }),
      tries(1.25),
    );
  });
});
