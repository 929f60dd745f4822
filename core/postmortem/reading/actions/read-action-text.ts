import { cut } from '../../../shared/text.ts';
import type { HeadedText, Taken } from '../headed-text.ts';
import { readEntries } from '../sort-blocks.ts';
import { actionOfItem, actionsOfLines, actionsOfTable } from './read-action.ts';

const mostEntries = 200;

/** Reads promises. Entries below a heading have it as their kind. */
export function readActionText(text: HeadedText): Taken {
  const taken = readEntries(
    text,
    mostEntries,
    ({ node }) => {
      if (node.type === 'paragraph') return actionsOfLines(node, text.since);
      if (node.type === 'list') return node.children.map((item) => actionOfItem(item, text.since)).filter(({ title }) => title !== '');
      return node.type === 'table' ? actionsOfTable(node, text.since) : undefined;
    },
    (heading, action) => ({ kind: cut(heading, 120), ...action }),
  );
  return taken.entries.some(({ title }) => title.length > 500) ? { facts: [], rest: text.body } : taken;
}
