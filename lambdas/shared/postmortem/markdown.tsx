/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import type { Definition, Nodes, Root } from 'mdast';
import { cleanText } from '../../../core/postmortem/hidden-characters.ts';
import { numberedFootnotes } from '../../../core/postmortem/numbered-footnotes.ts';
import { parseMarkdown } from '../../../core/postmortem/parse-markdown.ts';
import { textOf } from '../../../core/postmortem/plain-text.ts';
import { safeUrl } from '../../../core/shared/safe-url.ts';

type Definitions = ReadonlyMap<string, Definition>;

interface Around {
  readonly definitions: Definitions;
  readonly heading: 'h2' | 'h3' | 'below';
}

/**
 * Shows Markdown from strangers on a page, node by node. Only the kinds named here are rendered.
 * HTML is shown as text, and images become links. A link may lead to https, http or mailto; any
 * other becomes text. `heading`: what every heading becomes; `below`: the first two levels one
 * lower, and those below them alike, so that none is left out.
 */
export const Markdown = ({ text, heading = 'h3' }: { text: string; heading?: Around['heading'] }) => {
  const root = numberedFootnotes(parseMarkdown(cleanText(text)));
  return <>{childrenOf(root, { definitions: definitionsIn(root), heading })}</>;
};

const lower = { 1: 'h2', 2: 'h3', 3: 'h4', 4: 'h4', 5: 'h4', 6: 'h4' } as const;

const definitionsIn = (root: Root): Definitions => {
  const found = new Map<string, Definition>();
  for (const node of root.children) if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  return found;
};

const childrenOf = (node: Nodes, around: Around): Child[] =>
  'children' in node ? node.children.map((child) => elementOf(child, around)) : [];

function elementOf(node: Nodes, around: Around): Child {
  const { definitions, heading } = around;
  const inside = () => childrenOf(node, around);
  switch (node.type) {
    case 'text':
      return node.value;
    case 'paragraph':
      return <p dir="auto">{inside()}</p>;
    case 'heading': {
      const Heading = heading === 'below' ? lower[node.depth] : heading;
      return <Heading dir="auto">{inside()}</Heading>;
    }
    case 'emphasis':
      return <em>{inside()}</em>;
    case 'strong':
      return <strong>{inside()}</strong>;
    case 'delete':
      return <del>{inside()}</del>;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'code':
      return (
        <pre tabindex={0}>
          <code>{node.value}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{inside()}</blockquote>;
    case 'break':
      return <br />;
    case 'thematicBreak':
      return <hr />;
    case 'list':
      return node.ordered ? <ol start={node.start ?? 1}>{inside()}</ol> : <ul>{inside()}</ul>;
    case 'listItem':
      return (
        <li>
          {typeof node.checked === 'boolean' && (node.checked ? '☑ ' : '☐ ')}
          {inside()}
        </li>
      );
    case 'table':
      return <DataTable node={node} around={around} />;
    case 'link':
      return <SafeLink url={node.url}>{inside()}</SafeLink>;
    case 'linkReference':
      return <SafeLink url={definitions.get(node.identifier)?.url ?? ''}>{inside()}</SafeLink>;
    case 'image':
      return <SafeLink url={node.url}>{`Picture: ${node.alt || 'without a description'}`}</SafeLink>;
    case 'imageReference':
      return <SafeLink url={definitions.get(node.identifier)?.url ?? ''}>{`Picture: ${node.alt || 'without a description'}`}</SafeLink>;
    case 'footnoteReference':
      return <sup>{node.identifier}</sup>;
    case 'footnoteDefinition':
      return (
        <div class="small">
          <sup>{node.identifier}</sup> {inside()}
        </div>
      );
    case 'definition':
      return '';
    default:
      return textOf(node);
  }
}

const SafeLink = ({ url, children }: { url: string; children?: Child }) => {
  const href = safeUrl(url);
  if (!href) return <span>{children}</span>;
  return (
    <a href={href} rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
};

const DataTable = ({ node, around }: { node: Extract<Nodes, { type: 'table' }>; around: Around }) => {
  const [head, ...rows] = node.children;
  return (
    <div class="table" tabindex={0}>
      <table>
        {head && (
          <thead>
            <tr>
              {head.children.map((cell) => (
                <th scope="col">{childrenOf(cell, around)}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.children.map((cell) => (
                <td>{childrenOf(cell, around)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
