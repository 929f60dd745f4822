import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * Parses GitHub-flavoured Markdown. For some hostile input the time grows with the square of its
 * length. Intake refuses such input (markdown-limits.ts), so pass only stored text, or text within
 * these limits.
 */
export const parseMarkdown = (markdown: string): Root => fromMarkdown(markdown, extensions);
/** Made once: for a short text they take longer than the parser. */
const extensions = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
