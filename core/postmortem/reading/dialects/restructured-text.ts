import type { Dialect } from './dialect.ts';
import { countOf, hasMarkdownHeading, headingLine, labelItem, quoted, tableOf } from './lines.ts';

const rule = /^([=\-~^"'`#*+.:_<>])\1{2,}[ \t]*$/;
const field = /^:([\p{L}\p{N}][\p{L}\p{N} _/-]{0,60}):(?:[ \t]+(.*))?$/u;
const directive = /^\.\.[ \t]+([a-z][a-z-]{1,40})::(?:[ \t]+(.*))?$/;
const notices = new Set([
  'note',
  'warning',
  'important',
  'tip',
  'caution',
  'danger',
  'attention',
  'hint',
  'error',
  'admonition',
  'seealso',
]);
const codes = new Set(['code', 'code-block', 'sourcecode', 'literalinclude', 'highlight', 'parsed-literal']);
/** Signs that Markdown has not. */
const signs = [
  /^\.\.[ \t]+(?:[a-z][a-z-]{1,40}::|_[^:\n]{1,80}:)/,
  field,
  /^([~^"'`+])\1{3,}[ \t]*$/,
  /``[^`\n]{1,100}``|`[^`<\n]{1,200}<[^<>\n]{1,300}>`__?/,
  /^\+[-=]{3,}\+[-=+]*[ \t]*$|^={3,}(?:[ \t]+={3,})+[ \t]*$/,
  /^#\.[ \t]+\S/,
];

/** Whether a heading stands in this line, or begins with its upper rule. */
const isUnderlined = (lines: readonly string[], i: number): boolean => {
  const text = lines[i] ?? '';
  const under = (lines[i + 1] ?? '').trimEnd();
  return /^ ?\S/.test(text) && text.length < 300 && !rule.test(text) && rule.test(under) && under.length >= Math.min(4, text.trim().length);
};

/** reStructuredText, as Sphinx and Read the Docs read it. */
export const restructuredText: Dialect = {
  recognise: (lines) => {
    if (hasMarkdownHeading(lines)) return false;
    const headings = lines.filter((_, i) => isUnderlined(lines, i)).length;
    const isOverlined = lines.some((line, i) => rule.test(line) && isUnderlined(lines, i + 1) && line.trim() === lines[i + 2]?.trim());
    return headings >= 2 && (isOverlined || signs.some((sign) => countOf(lines, sign) > 0));
  },
  toMarkdown: (lines) => new RstWriter(lines).write(),
};

class RstWriter {
  private readonly lines: readonly string[];
  private readonly out: string[] = [];
  /** The styles of headings in the order in which they occur. */
  private readonly styles: string[] = [];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  write(): string[] {
    for (let i = 0; i < this.lines.length; i++) i = this.take(i);
    return this.out;
  }

  /** Takes the line, and those of its block. Returns the last one. */
  private take(i: number): number {
    const line = this.lines[i] ?? '';
    if (rule.test(line) && isUnderlined(this.lines, i + 1)) return this.heading(i + 1, `over${line[0]}`);
    if (isUnderlined(this.lines, i)) return this.heading(i, (this.lines[i + 1] ?? '').charAt(0));
    const [, name = '', argument = ''] = directive.exec(line) ?? [];
    if (name !== '') return this.directive(i, name, argument);
    const [, label = '', value = ''] = field.exec(line) ?? [];
    if (label !== '') {
      const end = this.endOfIndented(i + 1, false);
      const more = this.lines.slice(i + 1, end).map((one) => one.trim());
      const whole = [value, ...more].join(' ');
      if (whole.trim() !== '') this.out.push(labelItem(label, inline(whole)));
      return end - 1;
    }
    if (/^\.\.(?:[ \t]|$)/.test(line)) return this.comment(i);
    if (/^\+[-=]{2,}\+[-=+]*[ \t]*$/.test(line)) return this.gridTable(i);
    if (/^={2,}(?:[ \t]+={2,})+[ \t]*$/.test(line)) return this.simpleTable(i);
    if (/::[ \t]*$/.test(line) && !/^[ \t]*\S.*[^:]:::/.test(line)) return this.literal(i);
    this.out.push(inline(line.replace(/^([ \t]*)#\.(?=[ \t])/, '$11.').replace(/^\|[ \t](.*)$/, '$1\\')));
    return i;
  }

  private heading(at: number, style: string): number {
    if (!this.styles.includes(style)) this.styles.push(style);
    this.out.push('', headingLine(this.styles.indexOf(style) + 1, inline((this.lines[at] ?? '').trim())), '');
    return at + 1;
  }

  private directive(i: number, name: string, argument: string): number {
    const end = this.endOfIndented(i + 1, true);
    const block = dedented(this.lines.slice(i + 1, end));
    const options = block.findIndex((line) => !field.test(line));
    const inside = options < 0 ? [] : block.slice(options);
    if (codes.has(name)) this.out.push('', `\`\`\`${argument.trim()}`, ...inside, '```', '');
    else if (notices.has(name)) {
      const title = name === 'admonition' ? argument : name;
      this.out.push(
        ...quoted([
          `**${title.charAt(0).toUpperCase()}${title.slice(1)}:** ${name === 'admonition' ? '' : inline(argument)}`.trim(),
          ...inside.map(inline),
        ]),
      );
    } else if (name === 'list-table') this.out.push(...(argument === '' ? [] : [argument]), ...tableOf(rowsOfList(inside)));
    else if (name === 'csv-table') this.out.push(...(argument === '' ? [] : [argument]), ...this.csvTable(block, inside));
    else if (name === 'image' || name === 'figure') this.out.push('', `![](${argument.trim()})`, '', ...inside.map(inline), '');
    else if (name === 'contents' || name === 'toctree') return end - 1;
    else this.out.push('', ...(argument === '' ? [] : [inline(argument)]), ...inside.map(inline), '');
    return end - 1;
  }

  private csvTable(block: readonly string[], inside: readonly string[]): string[] {
    const head = block.map((line) => /^:header:[ \t]+(\S.*)$/.exec(line)?.[1]).find((one) => one !== undefined);
    const cells = (line: string) =>
      [...line.matchAll(/"([^"]{0,500})"|([^",]{1,500})/g)].map((one) => (one[1] ?? one[2] ?? '').trim()).filter(Boolean);
    return tableOf([...(head === undefined ? [] : [cells(head)]), ...inside.filter((line) => line.trim() !== '').map(cells)]);
  }

  /** A target of links, or a remark that nobody sees. */
  private comment(i: number): number {
    const line = this.lines[i] ?? '';
    const [, target = '', url = ''] = /^\.\.[ \t]+_`?([^:`\n]{1,200})`?:[ \t]*(\S.*)?$/.exec(line) ?? [];
    if (target !== '') {
      if (url !== '') this.out.push('', `[${target}]: ${url}`, '');
      return i;
    }
    const end = this.endOfIndented(i + 1, false);
    const text = [line.slice(2), ...this.lines.slice(i + 1, end)].join('\n').trim();
    if (text !== '') this.out.push('', `<!-- ${text.replaceAll('-->', '')} -->`, '');
    return end - 1;
  }

  private literal(i: number): number {
    const line = this.lines[i] ?? '';
    const end = this.endOfIndented(i + 1, true);
    const inside = dedented(this.lines.slice(i + 1, end));
    const lead = line.trim() === '::' ? '' : line.replace(/::[ \t]*$/, ':');
    if (inside.every((one) => one.trim() === '')) this.out.push(inline(line));
    else this.out.push(inline(lead), '', '```', ...inside, '```', '');
    return inside.every((one) => one.trim() === '') ? i : end - 1;
  }

  private gridTable(start: number): number {
    const rows: string[][] = [];
    let row: string[] = [];
    let i = start;
    for (; i < this.lines.length && /^[+|]/.test(this.lines[i] ?? ''); i++) {
      const line = (this.lines[i] ?? '').trim();
      if (line.startsWith('+')) {
        if (row.length > 0) rows.push(row);
        row = [];
        continue;
      }
      const cells = line
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => inline(cell.trim()));
      row = cells.map((cell, j) => [row[j] ?? '', cell].filter(Boolean).join(' '));
    }
    this.out.push(...(rows.length === 0 ? [] : tableOf(rows)));
    return i - 1;
  }

  private simpleTable(start: number): number {
    const spans = [...(this.lines[start] ?? '').matchAll(/=+/g)].map(({ index }) => index);
    const rows: string[][] = [];
    let rules = 1;
    let i = start + 1;
    for (; i < this.lines.length; i++) {
      const line = this.lines[i] ?? '';
      if (/^={2,}(?:[ \t]+={2,})+[ \t]*$/.test(line)) {
        rules += 1;
        const next = this.lines[i + 1] ?? '';
        if (rules === 3 || next.trim() === '') break;
      } else if (line.trim() !== '') {
        const cells = spans.map((from, j) => inline(line.slice(from, spans[j + 1]).trim()));
        const before = rows.at(-1);
        if (cells[0] === '' && before !== undefined)
          rows[rows.length - 1] = before.map((cell, j) => [cell, cells[j] ?? ''].filter(Boolean).join(' '));
        else rows.push(cells);
      }
    }
    this.out.push(...(rows.length === 0 ? [] : tableOf(rows)));
    return i;
  }

  /** The line behind the indented block that begins here. */
  private endOfIndented(from: number, maySkip: boolean): number {
    let end = from;
    for (let i = from; i < this.lines.length; i++) {
      const line = this.lines[i] ?? '';
      if (/^[ \t]+\S/.test(line)) end = i + 1;
      else if (line.trim() !== '' || !maySkip) break;
    }
    return end;
  }
}

/** `* - a`, `  - b` */
function rowsOfList(lines: readonly string[]): string[][] {
  const rows: string[][] = [];
  for (const line of lines) {
    const [, begins, cell = ''] = /^[ \t]*(\*[ \t]+)?-(?:[ \t]+(.*))?$/.exec(line) ?? [];
    const row = rows.at(-1);
    if (begins !== undefined) rows.push([inline(cell)]);
    else if (/^[ \t]*-/.test(line)) row?.push(inline(cell));
    else if (line.trim() !== '' && row !== undefined) row[row.length - 1] += ` ${inline(line.trim())}`;
  }
  return rows.length === 0 ? [['']] : rows;
}

function dedented(lines: readonly string[]): string[] {
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0));
  const from = lines.findIndex((line) => line.trim() !== '');
  return from < 0 ? [] : lines.slice(from).map((line) => line.slice(margin));
}

const inline = (line: string): string =>
  line
    .replace(/`([^`<\n]{1,300}?)[ \t]*<([^<>\s]{1,1000})>`__?/g, '[$1]($2)')
    .replace(/:[a-z][a-z:+-]{1,30}:`([^`<\n]{1,300}?)(?:[ \t]*<[^<>\n]{1,300}>)?`/g, '$1')
    .replace(/``([^`\n]{1,300})``/g, '`$1`')
    .replace(/(?<!`)`([^`\n]{1,300})`__?(?![\w`])/g, '[$1]');
