import { isRecord } from './sent-fields.ts';

/** Whether a value is a document in Atlassian's format, as Jira and Opsgenie send it. */
export const isAdf = (value: unknown): value is { content: unknown[] } =>
  isRecord(value) && value.type === 'doc' && Array.isArray(value.content);

/**
 * The Markdown of such a document. Pictures and macros are left out. The depth must have been
 * limited before.
 */
export const adfToMarkdown = ({ content }: { content: readonly unknown[] }): string => blocks(content);

const childrenOf = (node: Readonly<Record<string, unknown>>): readonly unknown[] => (Array.isArray(node.content) ? node.content : []);
const attribute = (node: Readonly<Record<string, unknown>>, name: string): string => {
  const value = isRecord(node.attrs) ? node.attrs[name] : undefined;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

const blocks = (nodes: readonly unknown[]): string =>
  nodes
    .map((node) => (isRecord(node) ? block(node) : ''))
    .filter((text) => text.trim() !== '')
    .join('\n\n');

function block(node: Readonly<Record<string, unknown>>): string {
  const children = childrenOf(node);
  switch (node.type) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, Number(attribute(node, 'level')) || 2))} ${inline(children)}`;
    case 'bulletList':
      return children.map((item) => listItem(item, '- ')).join('\n');
    case 'orderedList':
      return children.map((item, i) => listItem(item, `${i + 1}. `)).join('\n');
    case 'taskList':
    case 'decisionList':
      return children.map((item) => task(item)).join('\n');
    case 'codeBlock':
      return `\`\`\`\n${children.map(codeIn).join('')}\n\`\`\``;
    case 'rule':
      return '***';
    case 'table':
      return table(children);
    case 'blockquote':
      return blocks(children).replace(/^/gm, '> ');
    case 'expand':
    case 'nestedExpand':
      return [attribute(node, 'title') === '' ? '' : `**${attribute(node, 'title')}**`, blocks(children)].filter(Boolean).join('\n\n');
    case 'paragraph':
    case undefined:
      return inline(children);
    default:
      return children.some((child) => isRecord(child) && child.type === 'text') ? inline(children) : blocks(children) || inline([node]);
  }
}

const indented = (text: string, width: number): string => text.replace(/\n(?=.)/g, `\n${' '.repeat(width)}`);

const listItem = (item: unknown, marker: string): string =>
  marker + indented(isRecord(item) ? blocks(childrenOf(item)).replaceAll('\n\n', '\n') : '', marker.length);

function task(item: unknown): string {
  if (!isRecord(item)) return '';
  if (item.type === 'taskList') return indented(`\n${block(item)}`, 2).slice(1);
  return `- [${attribute(item, 'state') === 'DONE' ? 'x' : ' '}] ${inline(childrenOf(item))}`;
}

function table(rows: readonly unknown[]): string {
  const lines = rows.filter(isRecord).map((row) => {
    const cells = childrenOf(row)
      .filter(isRecord)
      .map((cell) =>
        blocks(childrenOf(cell))
          .replace(/\s*\n\s*/g, ' ')
          .replaceAll('|', '\\|'),
      );
    return { line: `| ${cells.join(' | ')} |`, width: cells.length };
  });
  const [head] = lines;
  if (head === undefined) return '';
  return [head.line, `|${' --- |'.repeat(head.width)}`, ...lines.slice(1).map(({ line }) => line)].join('\n');
}

function inline(nodes: readonly unknown[]): string {
  return nodes
    .filter(isRecord)
    .map((node) => {
      switch (node.type) {
        case 'text':
          return marked(typeof node.text === 'string' ? node.text : '', Array.isArray(node.marks) ? node.marks : []);
        case 'hardBreak':
          return '\n';
        case 'date':
          return dayOf(attribute(node, 'timestamp'));
        case 'inlineCard':
        case 'blockCard':
        case 'embedCard':
          return attribute(node, 'url') === '' ? '' : `<${attribute(node, 'url')}>`;
        case 'mention':
          return attribute(node, 'text').replace(/^@/, '');
        case 'emoji':
          return attribute(node, 'text') || attribute(node, 'shortName');
        default:
          return attribute(node, 'text') || inline(childrenOf(node));
      }
    })
    .join('');
}

/** A date is sent in milliseconds, as text. */
function dayOf(timestamp: string): string {
  const ms = Number(timestamp);
  return timestamp !== '' && Math.abs(ms) < 8e15 ? new Date(ms).toISOString().slice(0, 10) : timestamp;
}

const codeIn = (node: unknown): string => (isRecord(node) && typeof node.text === 'string' ? node.text : '');

const signs: Readonly<Record<string, string>> = { strong: '**', em: '*', strike: '~~', code: '`' };

function marked(text: string, marks: readonly unknown[]): string {
  if (text.trim() === '') return text;
  // Their text is text: a tag in it was written to be seen.
  const isCode = marks.some((mark) => isRecord(mark) && mark.type === 'code');
  const plain = isCode ? text : text.replace(/<(?=[a-z/!?])/gi, '\\<');
  return marks.filter(isRecord).reduce((told, mark) => {
    if (mark.type === 'link') return attribute(mark, 'href') === '' ? told : `[${told}](${attribute(mark, 'href')})`;
    const sign = signs[String(mark.type)];
    return sign === undefined ? told : told.replace(/^(\s*)(.*?)(\s*)$/s, `$1${sign}$2${sign}$3`);
  }, plain);
}
