import type { Dialect } from './dialect.ts';
import { countOf, hasMarkdownHeading, headingLine, labelItem, nextOf, tableOf } from './lines.ts';

const heading = /^(={1,6})[ \t]*([^=\s].{0,200}?)[ \t]*\1[ \t]*$/;

/** MediaWiki, as Wikipedia is written in, and DokuWiki's headings. */
export const mediawiki: Dialect = {
  recognise: (lines) => {
    const signs = countOf(lines, /'''|^\{\||\[\[[^\][\n]{1,200}\]\]|^\{\{|^\|-|^[*#:;]+ ?\S|^\[\[(?:Category|File):/i);
    return countOf(lines, heading) >= 2 && signs > 0 && !hasMarkdownHeading(lines.filter((line) => !/^#[ \t]/.test(line)));
  },
  toMarkdown: (lines) => {
    const out: string[] = [];
    const endsOfTables = nextOf(lines, (line) => /^[ \t]*\|\}/.test(line));
    const endsOfTemplates = nextOf(lines, (line) => /^[ \t]*(?:\|.*)?\}\}/.test(line));
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      const ends = /^[ \t]*\{\|/.test(line) ? endsOfTables : /^\{\{[^{}|]{1,80}(?:\|[^{}]*)?$/.test(line) ? endsOfTemplates : [];
      const end = ends[i] ?? -1;
      if (end < 0) out.push(...lineOf(line));
      else out.push(...(line.trim().startsWith('{|') ? tableLines(lines.slice(i + 1, end)) : templateLines(lines.slice(i, end + 1))));
      i = Math.max(i, end);
    }
    return out;
  },
};

/** A call of a template over several lines: `{{Incident`, `| severity = 2`, `}}`. */
function templateLines(lines: readonly string[]): string[] {
  return lines.flatMap((line) => {
    const bare = line.replace(/^\{\{|\}\}[ \t]*$/g, '').replace(/^[ \t]*\|[ \t]*/, '');
    const [, name = '', value = ''] = /^([\w -]{1,60}?)[ \t]*=[ \t]*(\S.*)$/.exec(bare) ?? [];
    if (name !== '') return labelItem(name, inline(value));
    return bare.trim() === '' || /=[ \t]*$/.test(bare) ? [] : bare === lines[0]?.slice(2) ? ['', bare.trim(), ''] : inline(bare);
  });
}

function tableLines(lines: readonly string[]): string[] {
  const rows: string[][] = [[]];
  const before: string[] = [];
  for (const line of lines) {
    const text = line.trim();
    if (text.startsWith('|-')) rows.push([]);
    else if (text.startsWith('|+')) before.push(inline(text.slice(2)));
    else if (/^[!|]/.test(text))
      rows.at(-1)?.push(
        ...text
          .slice(1)
          .split(text.startsWith('!') ? /!!|\|\|/ : /\|\|/)
          .map(cellOf),
      );
    else if (text !== '') {
      const row = rows.at(-1);
      if (row !== undefined && row.length > 0) row[row.length - 1] += ` ${inline(text)}`;
    }
  }
  const filled = rows.filter((row) => row.length > 0);
  return filled.length === 0 ? before : [...before, ...tableOf(filled)];
}
/** Attributes stand before a bar of their own: `style="…" | text`. */
const cellOf = (cell: string): string => inline(cell.replace(/^(?:[ \t]*[a-z-]{2,20}="[^"]{0,200}"){1,5}[ \t]*\|(?!\|)/i, '').trim());

function lineOf(line: string): string[] {
  const head = heading.exec(line);
  if (head !== null) return ['', headingLine(head[1]?.length ?? 2, inline(head[2] ?? '')), ''];
  if (/^__[A-Z]{3,20}__[ \t]*$/.test(line)) return [];
  const [, term = '', told = ''] = /^;[ \t]*([^:\n]{1,200}?)[ \t]*:[ \t]*(\S.*)$/.exec(line) ?? [];
  if (term !== '') return [`- **${inline(term)}:** ${inline(told)}`];
  const [, marks = '', item = ''] = /^([*#:;]{1,6})[ \t]*(\S.*)$/.exec(line) ?? [];
  if (marks === '') return [inline(line.replace(/^ {1,3}(?=\S)/, ''))];
  const depth = '   '.repeat(marks.length - 1);
  if (marks.endsWith(':')) return [`${marks.length > 1 ? depth : ''}${inline(item)}`];
  if (marks.endsWith(';')) return ['', `**${inline(item)}**`, ''];
  return [`${depth}${marks.endsWith('#') ? '1.' : '-'} ${inline(item)}`];
}

const inline = (line: string): string =>
  line
    .replace(/'''''([^'\n]{1,300})'''''/g, '***$1***')
    .replace(/'''([^\n]{1,300}?)'''/g, '**$1**')
    .replace(/''([^'\n]{1,300})''/g, '*$1*')
    .replace(
      /\[\[(?:File|Image|Datei|Fichier):([^\][|\n]{1,200})(?:\|[^\][\n]{0,200}?)?(?:\|([^\][|\n]{1,300}))?\]\]/gi,
      (_, file: string, alt?: string) => alt ?? file,
    )
    .replace(/\[\[([^\][|\n]{1,300})\|([^\][|\n]{1,300})\]\]/g, '$2')
    .replace(/\[\[:?([^\][|\n]{1,300})\]\]/g, '$1')
    .replace(/(?<!\])\[(https?:[^\][\s]{1,1000})[ \t]+([^\][\n]{1,300})\]/g, '[$2]($1)')
    .replace(/(?<!\])\[(https?:[^\][\s]{1,1000})\]/g, '<$1>')
    .replace(/\{\{([^{}\n]{1,300})\}\}/g, (_, inside: string) => inside.split('|').join(' '));
