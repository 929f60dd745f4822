import { blocksOf, isEmptyBlock, joinBlocks, type MarkdownBlock } from './body-blocks.ts';
import { factAt, type HeadedText, type Taken } from './headed-text.ts';
import { splitSections } from './headings/split-sections.ts';

/**
 * The entries of a text and of the headings below it, each marked with its heading. A heading
 * without entries becomes a section of its own. If there are more entries than the field holds, the
 * text stays text.
 */
export function readEntries<T>(
  text: HeadedText,
  most: number,
  read: (block: MarkdownBlock, body: string) => readonly T[] | undefined,
  under: (heading: string, entry: T) => T,
): Taken & { entries: readonly T[] } {
  const entries: T[] = [];
  const rest: string[] = [];
  const others: { heading: string; body: string }[] = [];
  for (const { heading, body, source } of splitSections(text.body)) {
    const { found, left } = sortBlocks(body, (block) => read(block, body));
    entries.push(...(heading === '' ? found : found.map((entry) => under(heading, entry))));
    if (left !== '' && heading !== '' && found.length === 0) others.push({ heading, body: left });
    else if (left !== '') rest.push([source, left].filter(Boolean).join('\n\n'));
  }
  if (entries.length > most) return { entries: [], facts: [], rest: text.body };
  return { entries, facts: entries.length === 0 ? [] : [factAt(text, text.meaning?.to ?? '', entries)], rest: rest.join('\n\n'), others };
}

/** The entries in the blocks that `read` understands, and the Markdown of the other blocks. */
export function sortBlocks<T>(body: string, read: (block: MarkdownBlock) => readonly T[] | undefined): { found: T[]; left: string } {
  const found: T[] = [];
  const left = blocksOf(body).filter((block) => {
    const entries = read(block);
    found.push(...(entries ?? []));
    return entries === undefined && !isEmptyBlock(block);
  });
  return { found, left: joinBlocks(left) };
}
