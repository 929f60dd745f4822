import type { Definition, ListItem, Nodes, Root, RootContent } from 'mdast';
import type { ReactNode } from 'react';
import { Link } from 'react-email';
import { wrapText } from '../../core/mail/wrap-text.ts';
import { cleanText } from '../../core/postmortem/hidden-characters.ts';
import { numberedFootnotes } from '../../core/postmortem/numbered-footnotes.ts';
import { parseMarkdown } from '../../core/postmortem/parse-markdown.ts';
import { textOf } from '../../core/postmortem/plain-text.ts';
import { safeUrl } from '../../core/shared/safe-url.ts';
import { colours, font, text } from '../theme.ts';
import { untracked } from './footer.tsx';

type Definitions = ReadonlyMap<string, Definition>;

const parsed = (markdown: string) => {
  const root = numberedFootnotes(parseMarkdown(cleanText(markdown)));
  return { root, definitions: definitionsIn(root) };
};

const definitionsIn = (root: Root): Definitions => {
  const found = new Map<string, Definition>();
  for (const node of root.children) if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  return found;
};

const paragraph = { ...text.body, margin: '12px 0 0' };
const list = { margin: '12px 0 0', padding: '0 0 0 22px' };
const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace';
const code = { fontFamily: mono, fontSize: 14 };
const rule = `1px solid ${colours.rule}`;
const cell = { borderBottom: rule, padding: '6px 12px 6px 0', font: font(400, 15, 21), color: colours.text, verticalAlign: 'top' } as const;

/**
 * Markdown in a mail, node by node. Only the kinds named here are laid out: HTML is shown as text,
 * and pictures become links, because nothing is loaded from elsewhere.
 */
export const Markdown = ({ markdown }: { markdown: string }) => {
  const { root, definitions } = parsed(markdown);
  return <>{childrenOf(root, definitions)}</>;
};

const childrenOf = (node: Nodes, definitions: Definitions): ReactNode[] =>
  'children' in node ? node.children.map((child, at) => <Node key={String(at)} node={child} definitions={definitions} />) : [];

interface NodeProps<Of extends Nodes = Nodes> {
  readonly node: Of;
  readonly definitions: Definitions;
}

function Node({ node, definitions }: NodeProps): ReactNode {
  const inside = () => childrenOf(node, definitions);
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return (
        <p dir="auto" className="t" style={paragraph}>
          {inside()}
        </p>
      );
    case 'heading':
      return (
        <h2 dir="auto" className="t" style={{ margin: '20px 0 0', font: font(700, 16, 22), color: colours.text }}>
          {inside()}
        </h2>
      );
    case 'emphasis':
      return <em>{inside()}</em>;
    case 'strong':
      return <strong>{inside()}</strong>;
    case 'delete':
      return <del>{inside()}</del>;
    case 'inlineCode':
      return <code style={code}>{node.value}</code>;
    case 'code':
      return (
        <pre className="t" style={{ ...code, margin: '12px 0 0', whiteSpace: 'pre-wrap', lineHeight: '20px', color: colours.text }}>
          {node.value}
        </pre>
      );
    case 'blockquote':
      return <blockquote style={{ margin: '12px 0 0', padding: '0 0 0 14px', borderLeft: rule }}>{inside()}</blockquote>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <Rule />;
    case 'list':
      return node.ordered ? (
        <ol start={node.start ?? 1} style={list}>
          {inside()}
        </ol>
      ) : (
        <ul style={list}>{inside()}</ul>
      );
    case 'listItem':
      return <Item node={node} definitions={definitions} />;
    case 'table':
      return <DataTable node={node} definitions={definitions} />;
    case 'link':
      return <SafeLink url={node.url}>{inside()}</SafeLink>;
    case 'linkReference':
      return <SafeLink url={definitions.get(node.identifier)?.url ?? ''}>{inside()}</SafeLink>;
    case 'image':
      return <SafeLink url={node.url}>{pictureWords(node.alt)}</SafeLink>;
    case 'imageReference':
      return <SafeLink url={definitions.get(node.identifier)?.url ?? ''}>{pictureWords(node.alt)}</SafeLink>;
    case 'footnoteReference':
      return <sup>{node.identifier}</sup>;
    case 'footnoteDefinition':
      return (
        <div>
          <sup className="m">{node.identifier}</sup>
          {inside()}
        </div>
      );
    case 'definition':
      return null;
    default:
      return textOf(node);
  }
}

/** A line across the panel. */
export const Rule = () => (
  <div className="rule" style={{ borderTop: rule, margin: '18px 0 0', fontSize: 0, lineHeight: 0 }}>
    &nbsp;
  </div>
);

const pictureWords = (alt: string | null | undefined) => `Picture: ${alt || 'without a description'}`;

const checked = ({ checked: is }: ListItem): string => (typeof is === 'boolean' ? (is ? '☑ ' : '☐ ') : '');

/** The only paragraph of an entry needs no distance of its own. */
const Item = ({ node, definitions }: NodeProps<ListItem>) => {
  const [first, ...rest] = node.children;
  return (
    <li dir="auto" className="t" style={{ ...text.body, margin: '4px 0 0' }}>
      {checked(node)}
      {first?.type === 'paragraph' ? childrenOf(first, definitions) : first && <Node node={first} definitions={definitions} />}
      {rest.map((child, at) => (
        <Node key={String(at)} node={child} definitions={definitions} />
      ))}
    </li>
  );
};

/** Without a mark of SES's own: where customers click is not followed. */
const SafeLink = ({ url, children }: { url: string; children?: ReactNode }) => {
  const href = safeUrl(url);
  if (!href) return <>{children}</>;
  return (
    <Link {...untracked} href={href} style={{ color: colours.link, textDecoration: 'underline' }}>
      {children}
    </Link>
  );
};

const DataTable = ({ node, definitions }: NodeProps<Extract<Nodes, { type: 'table' }>>) => {
  const [head, ...rows] = node.children;
  return (
    <table width="100%" border={0} cellPadding={0} cellSpacing={0} style={{ margin: '12px 0 0' }}>
      <thead>
        <tr>
          {head?.children.map((one, at) => (
            <th key={String(at)} scope="col" align="left" className="t rule" style={{ ...cell, font: font(600, 14, 20) }}>
              {childrenOf(one, definitions)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, n) => (
          <tr key={String(n)}>
            {row.children.map((one, at) => (
              <td key={String(at)} dir="auto" className="t rule" style={cell}>
                {childrenOf(one, definitions)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** The same for the text part: each block as a paragraph, and each link with its address. */
export function markdownTexts(markdown: string): string[] {
  const { root, definitions } = parsed(markdown);
  return root.children.map((node) => blockText(node, definitions)).filter(Boolean);
}

function blockText(node: RootContent, definitions: Definitions): string {
  const within = (nodes: readonly RootContent[], between = '\n\n') =>
    nodes
      .map((one) => blockText(one, definitions))
      .filter(Boolean)
      .join(between);
  switch (node.type) {
    case 'list':
      return node.children
        .map((item, at) => hung(`${checked(item)}${within(item.children, '\n')}`, node.ordered ? `${(node.start ?? 1) + at}. ` : '- '))
        .join('\n');
    case 'blockquote':
      return within(node.children)
        .split('\n')
        .map((line) => (line === '' ? '>' : `> ${line}`))
        .join('\n');
    case 'code':
      return node.value
        .split('\n')
        .map((line) => `    ${line}`)
        .join('\n');
    case 'table':
      return node.children.map((row) => wrapLines(row.children.map((one) => inlineText(one, definitions)).join(' | '))).join('\n');
    case 'thematicBreak':
      return '* * *';
    case 'definition':
      return '';
    case 'footnoteDefinition':
      return hung(within(node.children), `[${node.identifier}] `);
    default:
      return wrapLines(inlineText(node, definitions));
  }
}

const wrapLines = (said: string): string =>
  said
    .split('\n')
    .map((line) => wrapText(line.trim()))
    .join('\n');

/** Begins with a mark, and the lines after the first are indented below it. */
const hung = (said: string, mark: string): string => {
  const indent = ' '.repeat(mark.length);
  return said
    .split('\n')
    .map((line, at) =>
      line === '' ? '' : wrapText(line.trimStart(), { first: at === 0 ? mark : indentOf(line, indent), indent: indentOf(line, indent) }),
    )
    .join('\n');
};

/** Nested entries stay nested. */
const indentOf = (line: string, indent: string) => `${indent}${/^ */.exec(line)?.[0] ?? ''}`;

function inlineText(node: Nodes, definitions: Definitions): string {
  const inside = () => ('children' in node ? node.children.map((child) => inlineText(child, definitions)).join('') : '');
  const linked = (url: string, said: string) => {
    const href = safeUrl(url);
    return href === undefined || said === url || href === `mailto:${said}` ? said : `${said} (${href})`;
  };
  switch (node.type) {
    case 'link':
      return linked(node.url, inside());
    case 'linkReference':
      return linked(definitions.get(node.identifier)?.url ?? '', inside());
    case 'image':
      return linked(node.url, pictureWords(node.alt));
    case 'imageReference':
      return linked(definitions.get(node.identifier)?.url ?? '', pictureWords(node.alt));
    case 'footnoteReference':
      return `[${node.identifier}]`;
    default:
      return 'children' in node ? inside() : textOf(node);
  }
}
