import type { Nodes, Parents } from 'mdast';
import { parseMarkdown } from '../../postmortem/parse-markdown.ts';
import type { NoticeContent } from '../notice-content.ts';
import type { Remark } from '../ports.ts';

/**
 * A stretch of an external version that the rules read as one: a paragraph without its markup, a
 * block of code, the address of a link, HTML as it stands, a text that customers do not see.
 */
export interface Passage {
  readonly part: Remark['part'];
  readonly kind: 'prose' | 'code' | 'address' | 'html' | 'unseen';
  readonly text: string;
  /** What stands in it as code. */
  readonly codes?: readonly string[];
}

/** Every text of an external version, also what stands in it and is not shown. */
export const passagesOf = ({ title, body, change }: Pick<NoticeContent, 'title' | 'body' | 'change'>): Passage[] => [
  { part: 'title', kind: 'prose', text: title },
  ...inMarkdown('body', body),
  ...inMarkdown('change', change ?? ''),
];

function inMarkdown(part: Passage['part'], markdown: string): Passage[] {
  const tree = parseMarkdown(markdown);
  const all = [...nodesOf(tree)];
  const referred = new Set(
    all.flatMap((node) =>
      'identifier' in node && node.type !== 'definition' && node.type !== 'footnoteDefinition' ? node.identifier : [],
    ),
  );
  const passages = all.flatMap((node): Passage[] => {
    const passage = (kind: Passage['kind'], text: string | null | undefined): Passage[] => (text ? [{ part, kind, text }] : []);
    switch (node.type) {
      case 'paragraph':
      case 'heading':
      case 'tableCell':
        return passage('prose', flat(node)).map((one) => ({ ...one, codes: codesIn(node) }));
      case 'link':
        return [...passage('address', node.url), ...passage('prose', node.title)];
      case 'image':
        return [...passage('address', node.url), ...passage('prose', node.title), ...passage('prose', node.alt)];
      case 'imageReference':
        return passage('prose', node.alt);
      // Readers see a number in its place, but the text is passed on as it was written.
      case 'footnoteReference':
      case 'footnoteDefinition':
        return passage('prose', node.label ?? node.identifier);
      case 'code':
        return [...passage('code', node.value), ...passage('unseen', [node.lang, node.meta].filter(Boolean).join(' '))];
      case 'html':
        return passage(isComment(node.value) ? 'unseen' : 'html', node.value);
      case 'definition': {
        const isUsed = referred.has(node.identifier);
        return [
          ...passage('address', node.url),
          ...passage(isUsed ? 'prose' : 'unseen', node.title),
          ...passage('prose', isUsed ? '' : node.label),
        ];
      }
      default:
        return [];
    }
  });
  // A text may have thousands of tags, and each rule reads each passage.
  const tags = passages.filter(({ kind }) => kind === 'html').map(({ text }) => text);
  return [
    ...passages.filter(({ kind }) => kind !== 'html'),
    ...(tags.length === 0 ? [] : [{ part, kind: 'html' as const, text: tags.join('\n') }]),
  ];
}

const isComment = (html: string): boolean => /^<(?:!--|!\[CDATA|\?|!(?!doctype))/i.test(html.trimStart());

function* nodesOf(node: Nodes): Generator<Nodes> {
  const waiting: Nodes[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    yield next;
    if ('children' in next) waiting.push(...[...next.children].reverse());
  }
}

const codesIn = (node: Parents): string[] => [...nodesOf(node)].flatMap((one) => (one.type === 'inlineCode' ? one.value : []));

/** The text that a reader sees in one go: markup that splits a word is gone. */
function flat(node: Parents): string {
  return [...nodesOf(node)]
    .map((one) => (one.type === 'text' || one.type === 'inlineCode' ? one.value : one.type === 'break' ? '\n' : ''))
    .join('');
}
