import type { ReadHeading } from '../headings/heading-map.ts';
import type { Dialect } from './dialect.ts';
import { changeText, countOf } from './lines.ts';

const rule = /^ {0,3}\|[ \t]{0,20}:?-{1,200}:?[ \t]{0,20}\|[ \t]{0,20}$/;

/** The text of a row with a single cell. */
function cellOf(line: string): string | undefined {
  const row = line.trim();
  if (!row.startsWith('|') || !row.endsWith('|') || row.length < 3 || row.length > 20_000) return undefined;
  const inside = row.slice(1, -1);
  return /(?<!\\)\|/.test(inside) ? undefined : inside.trim();
}

/** Tables with a single column, as wikis draw boxes: the name of a section above its text. */
export const oneColumnTables: Dialect = {
  recognise: (lines, read) => countOf(lines, rule) > 0 && lines.some((_, i) => nameAt(lines, i, read) !== undefined),
  toMarkdown(lines, read) {
    let isInside = false;
    return changeText(lines, (line, i) => {
      const name = nameAt(lines, i, read);
      if (name !== undefined) {
        isInside = true;
        return ['', `**${name}**`, ''];
      }
      const text = isInside ? cellOf(line) : undefined;
      isInside = text !== undefined;
      if (text === undefined) return line;
      return rule.test(line.slice(0, 400)) ? '' : [text.replace(/<br\s*\/?>/gi, '\n\n').replaceAll('\\|', '|'), ''];
    });
  },
};

function nameAt(lines: readonly string[], i: number, read: ReadHeading): string | undefined {
  if (!rule.test((lines[i + 1] ?? '').slice(0, 400))) return undefined;
  const name = cellOf((lines[i] ?? '').slice(0, 200))
    ?.replace(/\*\*|__/g, '')
    .trim();
  return name !== undefined && read(name) !== undefined ? name : undefined;
}
