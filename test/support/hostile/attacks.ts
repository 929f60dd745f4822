/** A document that is meant to harm its readers, and what must become of it. */
export interface Attack {
  readonly name: string;
  readonly type: 'text/markdown' | 'application/json';
  readonly body: string;
  /** `refused`: as a whole, with a reason. `read`: accepted, and harmless wherever it is shown. */
  readonly becomes: 'refused' | 'read';
}

const markdown = (name: string, becomes: Attack['becomes'], body: string): Attack => ({ name, type: 'text/markdown', body, becomes });
const json = (name: string, becomes: Attack['becomes'], body: string): Attack => ({ name, type: 'application/json', body, becomes });
const front = (yaml: string) => `---\ntitle: A\n${yaml}\n---\nText\n`;
const times = (text: string, length = 250_000) => text.repeat(Math.floor(length / text.length));

/** A YAML bomb: aliases of aliases, nine lines that stand for a billion values. */
const laughs = Array.from({ length: 9 }, (_, i) => `a${i}: &a${i} [${i === 0 ? 'lol' : times(`*a${i - 1},`, 40).slice(0, -1)}]`).join('\n');
const merges = `base: &b {${Array.from({ length: 2000 }, (_, i) => `k${i}: v`).join(', ')}}\n${times('x: {<<: *b}\n', 600)}`;

/** Whole documents of up to 250 KB aimed at parsers, by attacks that have broken other parsers. */
export const heavyAttacks: readonly Attack[] = [
  markdown('YAML that unfolds to a billion values', 'refused', front(laughs)),
  markdown('YAML that merges a large map again and again', 'refused', front(merges)),
  markdown('YAML nested 5,000 deep', 'refused', front(`a: ${'['.repeat(5000)}`)),
  markdown('YAML with a type of JavaScript', 'refused', front('a: !!js/function "function () { return 1 }"')),
  markdown('front matter in JavaScript', 'refused', '---js\n{ title: process.exit(1) }\n---\nText'),
  markdown('a key that reaches into prototypes', 'refused', front('__proto__: { restricted: false }')),
  markdown('a NUL', 'refused', 'Text\u0000 and more'),
  markdown('a table of 10,000 rows', 'refused', `# A\n\n| a | b |\n|-|-|\n${times('| 1 | 2 |\n')}`),
  markdown('quotes within quotes', 'refused', `# A\n\n${times('> ')}`),
  markdown('quotations apart', 'refused', `# A\n\n${times('> a\n\n', 20_000)}`),
  markdown('lists apart', 'refused', `# A\n\n${times('- a\n\nb\n\n', 20_000)}`),
  markdown('footnotes without end', 'refused', `# A\n\n${times('a[^1]\n\n[^1]: b\n\n', 40_000)}`),
  markdown('lists within lists', 'refused', `# A\n\n${times('- ')}`),
  markdown(
    'lists that go deeper and back',
    'refused',
    `# A\n\n${Array.from({ length: 3900 }, (_, i) => `${'  '.repeat(i % 2)}- a`).join('\n')}`,
  ),
  markdown('lines below a list that are not indented', 'refused', `# A\n\n- a\n${times('b\n', 11_000)}`),
  markdown('10,000 links', 'refused', `# A\n\n${times('[a](https://example.com) ')}`),
  markdown('opening brackets', 'refused', `# A\n\n${times('[')}`),
  markdown('pictures that never close', 'refused', `# A\n\n${times('![a](')}`),
  markdown('emphasis that never closes', 'refused', `# A\n\n${times('*a _b ')}`),
  markdown(
    'backticks of every length',
    'refused',
    `# A\n\n${Array.from({ length: 9000 }, (_, i) => '`'.repeat(1 + (i % 50))).join(' a ')}`.slice(0, 250_000),
  ),
  markdown('lines of hyphens', 'refused', `# A\n\n${times('a\n---\n')}`),
  markdown('headings without end', 'refused', times('# A\n\n')),
  markdown('entities without end', 'read', `# A\n\n${times('&amp;', 90_000)}`),
  markdown('comments that never close', 'read', `# A\n\n${times('<!--', 90_000)}`),
  markdown('tags that never close', 'read', `# A\n\n${times('<a ', 90_000)}`),
  markdown('one word of 90 KB', 'read', `# A\n\n${times('a', 90_000)}`),
  markdown('a title of 90 KB', 'read', `# ${times('a ', 90_000)}`),
  markdown('blanks without end', 'read', `# A\n\nb${times(' ', 90_000)}c`),
  markdown('authors of nothing but blanks', 'refused', `---\ntitle: A\nauthors: a${times(' ', 60_000)}b\n---\nText`),
  json('JSON nested 100,000 deep', 'refused', `{"title":"A","tags":${times('[', 100_000)}`),
  json('JSON nested 100 deep', 'refused', `{"title":"A","tags":${'['.repeat(100)}${']'.repeat(100)}}`),
  json('a key of JSON that reaches into prototypes', 'refused', '{"title":"A","__proto__":{"restricted":false}}'),
  json('a constructor inside', 'refused', '{"title":"A","lessons":{"constructor":{"prototype":{}}}}'),
  json('half of a surrogate pair', 'refused', '{"title":"A \\ud800"}'),
  json('a line break in a title', 'refused', '{"title":"A\\r\\nBcc: everybody@example.com"}'),
  json('a line break in a service', 'refused', '{"title":"A","services":["a\\nX-SES-CONFIGURATION-SET: b"]}'),
  json('a title of 1,000 characters', 'refused', JSON.stringify({ title: 'a'.repeat(1000) })),
  json('authors of nothing but blanks in JSON', 'refused', JSON.stringify({ title: 'A', authors: `a${times(' ')}b` })),
  json('10,000 actions', 'refused', JSON.stringify({ title: 'A', actionItems: Array.from({ length: 10_000 }, () => ({ title: 'a' })) })),
  json('a link that runs', 'read', JSON.stringify({ title: 'A', links: ['javascript:alert(1)'] })),
  json('an action whose link runs', 'read', JSON.stringify({ title: 'A', actionItems: [{ title: 'a', link: 'JaVaScRiPt:alert(1)' }] })),
];
