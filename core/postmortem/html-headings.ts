import { fenceAfter } from './fences.ts';

const heading = /<h([1-6])(?:\s[^<>]{0,1000})?>([^<>]{1,300})<\/h\1\s{0,5}>/gi;
const block = /<\/?(?:p|div|ul|ol|br)(?:\s[^<>]{0,1000})?\/?>/gi;
const item = /<li(?:\s[^<>]{0,1000})?>/gi;

/**
 * A text whose headings are HTML, as some tools export it, with those headings, its paragraphs and its list items as Markdown.
 * Any other text, all other HTML and code come back as they are.
 */
export function withMarkdownHeadings(text: string): string {
  if (!/<h[1-6][\s>]/i.test(text)) return text;
  let fence = '';
  return text
    .split('\n')
    .map((line) => {
      const before = fence;
      fence = fenceAfter(line, fence);
      return before !== '' || fence !== '' || !line.includes('<') ? line : asMarkdown(line);
    })
    .join('\n');
}

const asMarkdown = (line: string): string =>
  line
    .replace(heading, (_, level: string, words: string) => `\n\n${'#'.repeat(Number(level))} ${words.trim()}\n\n`)
    .replace(block, '\n\n')
    .replace(item, '\n- ')
    .replace(/<\/li\s{0,5}>/gi, '')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()
    .concat('\n');
