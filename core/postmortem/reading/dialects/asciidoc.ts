import type { Dialect } from './dialect.ts';
import { countOf, hasMarkdownHeading, headingLine, labelItem, quoted, tableOf } from './lines.ts';

const heading = /^(={1,6})[ \t]+(\S.*)$/;
const attribute = /^:(!?[A-Za-z0-9_][\w-]{0,60}!?):(?:[ \t]+(.*))?$/;
const admonition = /^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(\S.*)$/;
const isHeading = (line: string): boolean => heading.test(line) && !/[^=]=+[ \t]*$/.test(line);

/** AsciiDoc, as Asciidoctor and Antora read it. */
export const asciidoc: Dialect = {
  recognise: (lines) => {
    const headings = lines.filter((line) => isHeading(line.slice(0, 400))).length;
    const first = lines.find((line) => line.trim() !== '' && !/^(?:\/\/|:[\w-]+:)/.test(line)) ?? '';
    const hasSigns = countOf(lines, attribute) + countOf(lines, /^(?:\|={3}|\[[a-z%"]|(?:NOTE|WARNING|TIP): |\*+ \S|-{4,}$)/) > 0;
    return headings >= 2 && (/^= \S/.test(first) || (hasSigns && !hasMarkdownHeading(lines)));
  },
  toMarkdown: (lines) => new AsciidocWriter(lines).write(),
};

class AsciidocWriter {
  private readonly lines: readonly string[];
  private readonly out: string[] = [];
  private readonly attributes = new Map<string, string>();
  /** What the line of attributes before a block says of it. */
  private blockAttributes = '';

  constructor(lines: readonly string[]) {
    this.lines = lines;
    for (const line of lines) {
      const [, name = '', value = ''] = attribute.exec(line) ?? [];
      if (value !== '' && value.length < 200) this.attributes.set(name, value);
    }
  }

  write(): string[] {
    const title = this.lines.findIndex((line) => line.trim() !== '' && !/^(?:\/\/|:[\w-]+:)/.test(line));
    for (let i = 0; i < this.lines.length; i++) {
      i = i === title && /^= \S/.test(this.lines[i] ?? '') ? this.header(i) : this.take(i);
    }
    return this.out;
  }

  /** The title, the line of the authors and that of the revision. Returns the last line. */
  private header(start: number): number {
    this.out.push(headingLine(1, this.inline((this.lines[start] ?? '').replace(/^=[ \t]+/, ''))), '');
    let i = start + 1;
    const next = this.lines[i] ?? '';
    if (next.trim() === '' || attribute.test(next) || next.startsWith('//')) return start;
    this.out.push(labelItem('Author', next));
    const revision = this.lines[i + 1] ?? '';
    if (/^(?:v\d|\d{4}-\d\d|v?\d[\w.]{0,20},)/i.test(revision)) {
      this.out.push(labelItem('Revision', revision));
      i += 1;
    }
    return i;
  }

  /** Takes the line, and those of its block. Returns the last one. */
  private take(i: number): number {
    const line = this.lines[i] ?? '';
    const attributes = this.blockAttributes;
    this.blockAttributes = '';
    if (/^(?:-{4,}|\.{4,}|\+{4,}|`{3,})[\w-]*[ \t]*$/.test(line)) return this.delimited(i, (inside) => ['```', ...inside, '```']);
    if (/^\/{4,}[ \t]*$/.test(line)) return this.delimited(i, (inside) => ['<!--', ...inside, '-->']);
    if (/^_{4,}[ \t]*$/.test(line)) return this.delimited(i, (inside) => quoted(inside.map((one) => this.inline(one))));
    if (/^={4,}[ \t]*$/.test(line) && /^\[(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/.test(attributes))
      return this.delimited(i, (inside) => quoted([`${attributes.slice(1, -1)}:`, ...inside.map((one) => this.inline(one))]));
    if (/^(?:={4,}|\*{4,}|--)[ \t]*$/.test(line)) return i;
    if (/^[|,!]={3,}[ \t]*$/.test(line)) return this.table(i, attributes);
    const [, name = '', value] = attribute.exec(line) ?? [];
    if (name !== '') {
      if (value !== undefined && value.trim() !== '') this.out.push(labelItem(name, this.inline(value)));
    } else if (/^\[[^\]\n]{0,300}\][ \t]*$/.test(line) && !/^\[[ xX*]\]/.test(line)) this.blockAttributes = line.trim();
    else this.text(line, i);
    return i;
  }

  private text(line: string, i: number): void {
    const head = isHeading(line) ? heading.exec(line) : null;
    const [, kind = '', notice = ''] = admonition.exec(line) ?? [];
    const [, term = '', marks, told = ''] = /^[ \t]*(\S.{0,200}?)(:{2,4}|;;)(?:[ \t]+(.*))?$/.exec(line) ?? [];
    const [, bullets = '', item = ''] = /^[ \t]*([*.-]{1,6})[ \t]+(\S.*)$/.exec(line) ?? [];
    const isAfterTerm = /^[ \t]*\S.{0,200}?(?:::|;;)[ \t]*$/.test(this.lines[i - 1] ?? '');
    if (head !== null) this.out.push('', headingLine(head[1]?.length ?? 1, this.inline(head[2] ?? '')), '');
    else if (kind !== '') this.out.push(...quoted([`${kind}: ${this.inline(notice)}`]));
    else if (line.startsWith('//') && !line.startsWith('///')) this.out.push(`<!--${line.slice(2).replaceAll('-->', '')} -->`);
    else if (/^\.[\p{L}\p{N}]/u.test(line)) this.out.push('', `**${line.slice(1).trim()}**`, '');
    else if (line.trim() === '+') this.out.push('');
    else if (isAfterTerm && line.trim() !== '') this.out[this.out.length - 1] += ` ${this.inline(line.trim())}`;
    else if (marks !== undefined && !/^(?:image|include|video|kroki|plantuml|toc)$/.test(term))
      this.out.push(`- **${this.inline(term)}:** ${this.inline(told)}`.trimEnd());
    else if (item !== '') {
      const mark = bullets.startsWith('.') ? '1.' : '-';
      this.out.push(`${'   '.repeat(bullets.length - 1)}${mark} ${this.inline(item.replace(/^\[\*\]/, '[x]'))}`);
    } else this.out.push(this.inline(line));
  }

  private delimited(start: number, made: (inside: readonly string[]) => readonly string[]): number {
    const fence = (this.lines[start] ?? '').trim();
    const closing = fence.replace(/^(`{3,}).*$/, '$1');
    const last = this.closingAfter(start, closing);
    this.out.push(...made(this.lines.slice(start + 1, last)));
    return last;
  }

  private table(start: number, attributes: string): number {
    const fence = (this.lines[start] ?? '').trim();
    const last = this.closingAfter(start, fence);
    const inside = this.lines.slice(start + 1, last);
    const cells: string[] = [];
    for (const line of inside) {
      if (line.trim() === '') continue;
      const [before = '', ...others] = fence.startsWith(',') ? ['', ...line.split(',')] : line.split(cellStart);
      if (before.trim() !== '' && cells.length > 0) cells[cells.length - 1] += ` ${before.trim()}`;
      else if (before.trim() !== '') cells.push(before);
      cells.push(...others);
    }
    const first = inside.find((line) => line.trim() !== '') ?? '';
    const width = columnsOf(attributes) ?? (fence.startsWith(',') ? first.split(',').length : first.split(cellStart).length - 1);
    const rows: string[][] = [];
    for (let i = 0; i < cells.length; i += Math.max(1, width))
      rows.push(cells.slice(i, i + Math.max(1, width)).map((cell) => this.inline(cell)));
    this.out.push(...tableOf(rows));
    return last;
  }

  /** The line that closes a block. Without one it runs to the end. */
  private closingAfter(start: number, closing: string): number {
    let end = start + 1;
    while (end < this.lines.length && this.lines[end]?.trim() !== closing) end += 1;
    return end;
  }

  private inline(text: string): string {
    return text
      .replace(/\{([A-Za-z0-9_][\w-]{0,60})\}/g, (all, name: string) => this.attributes.get(name) ?? all)
      .replace(/(?:link:|xref:|mailto:)([^\s[\]]{1,1000})\[([^\]\n]{1,500})\]/g, '[$2]($1)')
      .replace(/(https?:\/\/[^\s[\]<>]{1,1000})\[([^\]\n]{1,500})\]/g, '[$2]($1)')
      .replace(/(https?:\/\/[^\s[\]<>]{1,1000})\[\]/g, '<$1>')
      .replace(/image::?([^\s[\]]{1,500})\[([^\]\n]{0,300})\]/g, '![$2]($1)')
      .replace(/<<([^<>,\n]{1,200}),[ \t]*([^<>\n]{1,300})>>/g, '$2')
      .replace(/<<([^<>,\n]{1,200})>>/g, '$1')
      .replace(/(?<=^|[\s(|])\*(\S|\S[^*\n]{0,200}\S)\*(?=$|[\s).,;:!?|])/g, '**$1**')
      .replace(/(?<=\S) -- (?=\S)/g, ' — ')
      .replace(/[ \t]\+$/, '\\');
  }
}

const cellStart = /(?<!\\)(?:(?<=^|\s)(?:\d{0,2}(?:\.\d{1,2})?\+)?[<^>]?(?:\.[<^>])?[aehlmsd]?)?\|/;

/** `[cols="1,2,3"]`, `[cols="3*"]` */
function columnsOf(attributes: string): number | undefined {
  const [, quotedColumns, bare] = /cols=(?:"([^"\n]{1,200})"|(\d+\*?))/.exec(attributes) ?? [];
  const columns = quotedColumns ?? bare;
  if (columns === undefined) return undefined;
  const times = columns.split(/[,;]/).map((column) => Number(/^\s*(\d{1,2})\*/.exec(column)?.[1] ?? 1));
  return times.reduce((sum, one) => sum + one, 0);
}
