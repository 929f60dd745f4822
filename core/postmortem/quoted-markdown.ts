import { cleanText } from './hidden-characters.ts';
import { parseMarkdown } from './parse-markdown.ts';

/**
 * Text that means nothing in Markdown but itself. Hyphens and plus signs mean something only where
 * a line begins, so days and numbers stay readable.
 */
export const inLine = (text: string): string => text.replace(/[\\`*_{}[\]<>()#!|~&]|(?<=^\s*)[-+]/gm, '\\$&');

/** Markdown of strangers with headings that stand below those of the document around it. */
export function below(markdown: string): string {
  const text = cleanText(markdown).trim();
  const starts = parseMarkdown(text).children.flatMap((node) =>
    node.type === 'heading' && node.depth <= 4 && node.position && text[node.position.start.offset ?? -1] === '#'
      ? (node.position.start.offset ?? [])
      : [],
  );
  return starts.reduceRight((whole, at) => `${whole.slice(0, at)}##${whole.slice(at)}`, text);
}
