import { type Document, type LineCounter, parseDocument, visit } from 'yaml';

/**
 * Reads a YAML text. In a text that cannot be read, `{ channel: #news }` stands for a channel that
 * is empty: YAML takes the rest of such a line for a comment, finds no end of the braces and
 * complains of the lines below it. Such values are read as empty; `unquoted` has their offsets.
 */
export function readYaml(text: string, lines: LineCounter): { document: Document; unquoted: readonly number[] } {
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const unquoted = document.errors.length > 0 ? unquotedValues(text) : [];
  const mended = unquoted.length > 0 && parseDocument(masked(text, unquoted), { prettyErrors: false });
  if (!mended || mended.errors.length >= document.errors.length) return { document, unquoted: [] };
  visit(mended, {
    Scalar(key, node) {
      if (key !== 'key' && unquoted.includes(node.range?.[0] ?? -1)) node.value = null;
    },
  });
  return { document: mended, unquoted };
}

/** Where a `#` begins a value between brackets that stand in one line. */
function unquotedValues(text: string): number[] {
  const found: number[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    for (const { index } of line.matchAll(/(?<=[:,[][ \t]+|\[)#(?=[^\s#])/g)) {
      const [before, after] = [line.slice(0, index), line.slice(index)];
      if (count(before, /[[{]/g) > count(before, /[\]}]/g) && /[\]}]/.test(after)) found.push(start + index);
    }
    start += line.length + 1;
  }
  return found;
}
const count = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;

/** The text with a letter in these places, so that everything else keeps its place. */
const masked = (text: string, places: readonly number[]): string => {
  const signs = text.split('');
  for (const place of places) signs[place] = 'x';
  return signs.join('');
};
