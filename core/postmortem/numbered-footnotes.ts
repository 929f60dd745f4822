import type { FootnoteDefinition, FootnoteReference, Nodes, Root } from 'mdast';

/**
 * The same tree, in which footnotes are called 1, 2, 3 in the order in which the text refers to
 * them, and then those that it does not refer to. Names that authors gave them are nothing that
 * readers see. The tree itself is changed.
 */
export function numberedFootnotes(root: Root): Root {
  const notes = footnotesIn(root);
  const named = [...notes.filter(({ type }) => type === 'footnoteReference'), ...notes].map(({ identifier }) => identifier);
  const numbers = new Map([...new Set(named)].map((identifier, at) => [identifier, String(at + 1)]));
  for (const note of notes) note.identifier = numbers.get(note.identifier) ?? '';
  return root;
}

function footnotesIn(root: Root): (FootnoteReference | FootnoteDefinition)[] {
  const found: (FootnoteReference | FootnoteDefinition)[] = [];
  const waiting: Nodes[] = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'footnoteReference' || next.type === 'footnoteDefinition') found.push(next);
    if ('children' in next) waiting.push(...next.children.toReversed());
  }
  return found;
}
