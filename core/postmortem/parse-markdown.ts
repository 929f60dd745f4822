import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/**
 * The tree of a GitHub-flavoured Markdown text. Time grows with the square of some hostile shapes:
 * intake has refused those (markdown-limits.ts), so only stored text, or text within these limits,
 * may come here.
 */
export const parseMarkdown = (markdown: string): Root =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
