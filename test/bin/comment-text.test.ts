import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { expect, it } from 'vitest';
import { commentText } from '../../bin/cli/ci/comment-text.ts';
import type { Outcome } from '../../bin/cli/ci/outcome.ts';

const anOutcome = (change: Partial<Outcome>): Outcome => ({
  ...{ work: 'check', head: 'abcdef0123456789', sent: [], deleted: [], leftOut: [], nowhere: [], ...change },
});
const read = (change: object = {}): Outcome['sent'][number] => ({
  ...{
    file: 'pm/a.md',
    outcome: 'checked',
    id: 'a',
    title: 'A',
    status: 'published',
    sections: ['summary'],
    warnings: [],
    tells: [],
    ...change,
  },
});

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}
const parse = (text: string): Node => fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];

/** Text that neither stands between tags of code nor is ours. */
function outsideCode(node: Node): string {
  let isCode = false;
  return all(node)
    .map(({ type, value = '' }) => {
      if (type === 'html') isCode = value === '<code>' || (isCode && value !== '</code>');
      return type === 'text' && !isCode ? value : '';
    })
    .join(' ');
}

const hostile = [
  '@everyone | x |\n| y | z |',
  '</code>@ops <img src=x onerror=alert(1)> https://evil.example.com www.evil.example.com',
  '`` \\| **bold** [x](javascript:1) ![x](https://e.example.com/x.png) #1 GH-2 acme/pm#3 !4',
  '<!-- afterword --> -->\n/merge\n/close\r\n::set-output name=x::y',
  '\u202eevil\u2066 \u200b@\u200bada &commat;ada &#64;ada',
  '---\n# heading\n```\n$x$ :tada:',
];

it.each(hostile)('lets %j mention nobody, and stay in its cell', (text) => {
  const recognised = [{ what: 'severity', value: text, from: 'x' }];
  const comment = commentText(
    anOutcome({
      sent: [
        read({
          title: text,
          file: text,
          id: text,
          sections: [text],
          tells: [text],
          warnings: [text],
          missing: [text],
          advice: text,
          recognised,
        }),
        { file: text, outcome: 'refused', problem: text, complaints: [{ field: text, problem: text, remedy: text, line: 3 }] },
        { file: text, outcome: 'not sent' },
      ],
      deleted: [text],
      leftOut: [text],
      nowhere: [text],
    }),
  );
  const tree = parse(comment);
  const nodes = all(tree);

  expect(comment.split('\n').filter((line) => /^\s*\//.test(line))).toEqual([]);
  expect(nodes.filter(({ type }) => type === 'tableRow')).toHaveLength(2);
  expect(nodes.filter(({ type }) => type === 'tableCell')).toHaveLength(10);
  expect(nodes.filter(({ type }) => ['link', 'image', 'linkReference', 'strong', 'emphasis', 'heading'].includes(type)).length).toBe(7);
  expect([...new Set(nodes.filter(({ type }) => type === 'html').map(({ value }) => value))].toSorted()).toEqual([
    '<!-- afterword -->',
    '</code>',
    '<br>',
    '<code>',
  ]);
  expect(outsideCode(tree)).not.toMatch(/[@#]|evil|alert/);
});

it('says nothing of a restricted document but its file', () => {
  const comment = commentText(
    anOutcome({ sent: [read({ restricted: true, title: 'Fraud', warnings: ['It says "fraud".'], tells: ['All'] })] }),
  );

  expect(comment).toContain('restricted: nobody is told');
  expect(comment).not.toMatch(/fraud|All/i);
});

it('stays as short as a comment may be, and says what is missing', () => {
  const sent = Array.from({ length: 400 }, (_, n) => read({ id: `a-${n}`, title: '@'.repeat(5000), warnings: ['!'.repeat(5000)] }));
  const comment = commentText(anOutcome({ sent }));

  expect(comment.length).toBeLessThan(60_500);
  expect(comment).toMatch(/\d+ more lines in the log of the job\./);
  expect(comment.trimEnd().split('\n').at(-1)).toContain('Nothing is published before this is merged.');
});

it('says that nothing changes any more, and on a push what was published', () => {
  expect(commentText(anOutcome({}))).toContain('no postmortem changes here');
  expect(commentText(anOutcome({ work: 'publish', sent: [read({ outcome: 'new' })] }))).not.toContain('merged');
});
