import { type Flaw, Refused } from '../../shared/errors.ts';

/**
 * The same refusal with line and column of each field that stands in front matter or in JSON. A
 * flaw that has its place keeps it; one whose place is not sure gets none.
 */
export const withPlaces = (refused: Refused, source: { readonly type: string; readonly text: string }): Refused => {
  const lines = source.text.replace(/\r\n?/g, '\n').split('\n');
  const { from, to } = source.type === 'application/json' ? { from: 0, to: lines.length } : frontMatterOf(lines);
  const fields = lines.slice(from, to);
  const placed = (flaw: Flaw): Flaw => {
    const place = flaw.line === undefined && flaw.field !== '' ? placeOf(flaw.field, fields) : undefined;
    return place ? { ...flaw, line: place.line + from, column: place.column } : flaw;
  };
  return new Refused(refused.kind, refused.flaws.map(placed), refused.consequence);
};

/** From the line after its opening fence to before its closing one; empty if there is none. */
function frontMatterOf(lines: readonly string[]): { readonly from: number; readonly to: number } {
  const start = lines.findIndex((line) => line.trim() !== '');
  const fence = lines[start]?.replace('\ufeff', '').trim();
  const end = lines.findIndex((line, i) => i > start && line.trim() === fence);
  return (fence === '---' || fence === '+++') && end > start ? { from: start + 1, to: end } : { from: 0, to: 0 };
}

/** Of the value, counted from 1. Below a list only the field that holds it is found. */
function placeOf(field: string, lines: readonly string[]): { readonly line: number; readonly column: number } | undefined {
  let place: { line: number; column: number } | undefined;
  for (const name of field.split('.')) {
    if (/^\d+$/.test(name)) break;
    const next = findKey(name, lines, place);
    if (!next) break;
    place = next;
  }
  return place;
}

/** The first line from there on that begins with the key, or has it quoted as JSON has. */
function findKey(name: string, lines: readonly string[], from = { line: 1, column: 1 }) {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const key = new RegExp(`^(\\s*(?:-\\s+)?(["']?)${quoted}\\2\\s*[:=]\\s*|.*?"${quoted}"\\s*:\\s*)`);
  for (let i = from.line - 1; i < lines.length; i += 1) {
    const found = key.exec(lines[i] ?? '')?.[1];
    if (found !== undefined) return { line: i + 1, column: found.length + 1 };
  }
  return undefined;
}
