import type { ReadHeading } from './heading-map.ts';

/** Characters. A longer outline is read as a list. */
const longest = 60_000;
const topItem = /^[-*+•] +(?=\S)(.*)$/;

/**
 * A document that is nothing but one list, as outliners write it (Logseq, Workflowy): items with
 * items below them become headings, if two or more of them have known names. Any other text stays
 * as it is.
 */
export function outlineAsHeadings(markdown: string, read: ReadHeading): string {
  if (markdown.length > longest || !/^\s*[-*+•] /.test(markdown)) return markdown;
  const lines = markdown.split('\n');
  if (!lines.every((line) => line.trim() === '' || topItem.test(line) || /^(?:\t| {2,})/.test(line))) return markdown;
  const items: { name: string; below: string[] }[] = [];
  for (const line of lines) {
    const name = topItem.exec(line)?.[1];
    if (name !== undefined) items.push({ name, below: [] });
    else items.at(-1)?.below.push(line);
  }
  const parents = items.filter(({ below }) => below.some((line) => line.trim() !== ''));
  if (parents.filter(({ name }) => read(bare(name)) !== undefined).length < 2) return markdown;
  return items.map((item, i) => asHeading(item, i === 0)).join('\n\n');
}

const bare = (name: string): string => name.replace(/^#{1,6} +|^(\*\*|__)(.*)\1$/g, '$2').trim();

function asHeading({ name, below }: { name: string; below: readonly string[] }, isFirst: boolean): string {
  const text = below.map((line) => line.replace(/^(?:\t| {2}(?: {2}(?=[-*+•] ))?)/, '')).join('\n');
  if (text.trim() === '') return isFirst ? `# ${bare(name)}` : name;
  return `## ${bare(name)}\n\n${text}`;
}
