import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml';

export interface Position {
  readonly line: number;
  readonly column: number;
}
interface FoundNode {
  readonly key: Node | undefined;
  readonly value: Node | undefined;
}

/**
 * Where a path is in the text, counted from 1: the key itself or the value after it. If it is
 * missing, the position of the nearest key above it.
 */
export function positionOf(document: Document, lines: LineCounter, path: readonly PropertyKey[], which: 'key' | 'value'): Position {
  let place: FoundNode = { key: undefined, value: document.contents ?? undefined };
  for (const [i, step] of path.entries()) {
    const next = child(document, place.value, step);
    if (!next) return positionOfNode(lines, place.key ?? place.value);
    if (i === path.length - 1) return positionOfNode(lines, which === 'key' ? (next.key ?? next.value) : (next.value ?? next.key));
    place = { key: next.key ?? place.key, value: next.value };
  }
  return positionOfNode(lines, place.value);
}

function child(document: Document, parent: Node | undefined, step: PropertyKey): FoundNode | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq<Node>(node)) {
    const value = node.items[Number(step)];
    return value ? { key: undefined, value } : undefined;
  }
  if (!isMap<Node, Node | null>(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
  return pair && { key: pair.key, value: pair.value ?? undefined };
}

function positionOfNode(lines: LineCounter, node: Node | undefined): Position {
  const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
