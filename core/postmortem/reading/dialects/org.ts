import type { Dialect } from './dialect.ts';
import { countOf, hasMarkdownHeading, headingLine, labelItem, nextOf } from './lines.ts';

const keyword = /^#\+([A-Za-z_]{2,30}):[ \t]*(.*)$/;
const heading = /^(\*{1,8})[ \t]+(\S.*)$/;
const states = 'TODO|NEXT|DONE|STARTED|DOING|INPROGRESS|IN-PROGRESS|WAITING|HOLD|CANCELLED|CANCELED|WONTFIX';
const task = new RegExp(String.raw`^(?:(${states})[ \t]+)(?:\[#[A-Z]\][ \t]+)?(.*)$`);
const stamp = /[[<](\d{4}-\d\d-\d\d)(?: [\p{L}.]{2,12})?((?: \d{1,2}:\d\d(?:-\d{1,2}:\d\d)?)?)(?: [.+-]{1,2}\d{1,3}[hdwmy])*[\]>]/gu;
const signs = [
  keyword,
  /^[ \t]*:PROPERTIES:[ \t]*$/i,
  new RegExp(String.raw`^\*+[ \t]+(?:${states})[ \t]`),
  /^[ \t]*#\+(?:begin|end)_[a-z]+/i,
  /^[ \t]*(?:[*-] )?(?:DEADLINE: |CLOSED: |SCHEDULED: )?[[<]\d{4}-\d\d-\d\d [\p{L}.]{2,12}/u,
  /^\*{2,8}[ \t]+\S/,
];

/** Org mode, of Emacs. */
export const org: Dialect = {
  recognise: (lines) => {
    if (countOf(lines, /^\*[ \t]+\S/) === 0) return false;
    const isTitled = /^#\+[A-Za-z_]{2,30}:/.test(lines.find((line) => line.trim() !== '') ?? '');
    return isTitled || (!hasMarkdownHeading(lines) && signs.filter((sign) => countOf(lines, sign) > 0).length >= 2);
  },
  toMarkdown: (lines) => new OrgWriter(lines).write(),
};

class OrgWriter {
  private readonly out: string[] = [];
  private readonly lines: readonly string[];
  private readonly below: number;
  private readonly namesPeople: (tag: string) => boolean;
  private readonly zone: string;
  private readonly endsOfDrawers: readonly number[];
  private readonly endsOfBlocks: readonly number[];
  /** The level of the task that is open. Its text is part of its item. */
  private taskLevel = 0;

  constructor(lines: readonly string[]) {
    this.lines = lines;
    const hasTitle = countOf(lines, /^#\+title:[ \t]*\S/i) > 0;
    const isFirstAlone = countOf(lines, /^\*[ \t]+\S/) === 1 && /^\*[ \t]/.test(lines.find((line) => heading.test(line)) ?? '');
    this.below = hasTitle || !isFirstAlone ? 1 : 0;
    this.namesPeople = peopleOfTags(lines);
    this.zone = zoneOf(lines);
    this.endsOfDrawers = nextOf(lines, (line) => heading.test(line) || /^[ \t]*:END:[ \t]*$/i.test(line));
    this.endsOfBlocks = nextOf(lines, (line) => /^[ \t]*#\+end_[a-z]+/i.test(line));
  }

  write(): string[] {
    for (let i = 0; i < this.lines.length; i++) i = this.take(i);
    return this.out;
  }

  /** Takes the line, and those of its block. Returns the last one. */
  private take(i: number): number {
    const line = this.lines[i] ?? '';
    const block = /^[ \t]*#\+begin_([a-z]+)[ \t]*(.*)$/i.exec(line);
    if (block !== null) return this.block(i, (block[1] ?? '').toLowerCase(), block[2] ?? '');
    const [, key = '', value = ''] = keyword.exec(line) ?? [];
    const [, drawer = ''] = /^[ \t]*:([A-Za-z_-]{2,30}):[ \t]*$/.exec(line) ?? [];
    const head = heading.exec(line);
    if (key !== '') this.keyword(key, value);
    else if (head !== null) this.heading(head[1]?.length ?? 1, head[2] ?? '');
    else if (drawer !== '') return this.drawer(i);
    else if (/^[ \t]*#[ \t]/.test(line)) this.out.push(`<!--${line.replace(/^[ \t]*#/, '').replaceAll('-->', '')} -->`);
    else this.text(line);
    return i;
  }

  private keyword(key: string, value: string): void {
    const name = key.toLowerCase();
    const text = this.withStamps(value);
    if (text.trim() === '') return;
    if (name === 'title') this.out.push(headingLine(1, inline(text)), '');
    else if (name === 'date') this.out.push(labelItem('Date published', text));
    else if (name === 'filetags') this.out.push(labelItem('Tags', text.split(':').filter(Boolean).join(', ')));
    else this.out.push(labelItem(key, text));
  }

  private heading(level: number, text: string): void {
    const [, title = text, tagged = ''] = /^(.*\S)[ \t]+:((?:[\p{L}\p{N}_@#%-]{1,40}:){1,10})[ \t]*$/u.exec(text) ?? [];
    const tags = tagged.split(':').filter(Boolean);
    const [, state, promise = ''] = task.exec(title) ?? [];
    if (state === undefined) {
      const indent = this.taskLevel > 0 && level > this.taskLevel ? '  '.repeat(level - this.taskLevel) : undefined;
      const told = tags.length === 0 ? '' : ` (${tags.join(', ')})`;
      if (indent !== undefined) this.out.push(`${indent}- ${inline(this.withStamps(title))}${told}`);
      else {
        this.taskLevel = 0;
        this.out.push('', headingLine(level + this.below, inline(this.withStamps(title)) + told), '');
      }
      return;
    }
    this.taskLevel = level;
    const people = tags.filter(this.namesPeople);
    const others = tags.filter((tag) => !people.includes(tag));
    const box = state === 'DONE' ? '[x]' : '[ ]';
    const told = [
      ...(state === 'DONE' || state === 'TODO' || state === 'NEXT' ? [] : [`Status: ${wordFor(state)}`]),
      ...people.map((person) => `Owner: ${person.replace(/^@/, '')}`),
      ...(others.length === 0 ? [] : [`Tags: ${others.join(', ')}`]),
    ];
    this.out.push(`- ${box} ${[inline(this.withStamps(promise)), ...told].join('; ')}`);
  }

  private drawer(start: number): number {
    const end = this.endsOfDrawers[start] ?? -1;
    if (end < 0 || heading.test(this.lines[end] ?? '')) {
      this.text(this.lines[start] ?? '');
      return start;
    }
    for (const line of this.lines.slice(start + 1, end)) {
      const [, name = '', value = ''] = /^[ \t]*:([A-Za-z_-]{1,40}):[ \t]+(\S.*)$/.exec(line) ?? [];
      if (name === '') this.text(line);
      else if (this.taskLevel > 0) this.toTask(`${name}: ${this.withStamps(value)}`);
      else this.out.push(labelItem(name, this.withStamps(value)));
    }
    if (this.taskLevel === 0) this.out.push('');
    return end;
  }

  private block(start: number, kind: string, info: string): number {
    const end = this.endsOfBlocks[start] ?? -1;
    if (end < 0) {
      this.text(this.lines[start] ?? '');
      return start;
    }
    const inside = this.lines.slice(start + 1, end);
    if (kind === 'quote' || kind === 'verse') this.out.push('', ...inside.map((line) => `> ${inline(this.withStamps(line))}`), '');
    else if (kind === 'src' || kind === 'example' || kind === 'export') this.out.push(`\`\`\`${info}`.trimEnd(), ...inside, '```');
    else for (const line of inside) this.text(line);
    return end;
  }

  private text(line: string): void {
    const [, planned = ''] = /^[ \t]*((?:(?:DEADLINE|SCHEDULED|CLOSED):[ \t]*[[<].*))$/.exec(line) ?? [];
    if (planned !== '' && this.taskLevel > 0) {
      for (const part of planned.split(/(?<=[\]>])[ \t]+(?=[A-Z]{6,9}:)/)) this.toTask(dayOf(this.withStamps(part)));
      return;
    }
    const rule = /^[ \t]*\|[-+]+\|?[ \t]*$/.test(line);
    const text = line.trim() === '' ? '' : rule ? line.replaceAll('+', '|') : inline(this.withStamps(definition(line)));
    if (text.trim() === '' && this.out.at(-1) === '') return;
    this.out.push(this.taskLevel > 0 && text.trim() !== '' ? `  ${text.trimStart()}` : text);
  }

  private withStamps(text: string): string {
    return text.replace(stamp, (_, day: string, time: string) => day + time + (time === '' ? '' : this.zone));
  }

  private toTask(text: string): void {
    const at = this.out.findLastIndex((line) => line.trim() !== '');
    const last = this.out[at] ?? '';
    const labels = text.startsWith('(') ? last.search(/; (?:Status|Owner|Tags|Due): /) : -1;
    this.out[at] =
      labels < 0 ? `${last}${text.startsWith('(') ? '' : ';'} ${text}` : `${last.slice(0, labels)} ${text}${last.slice(labels)}`;
  }
}

const wordFor = (state: string): string => state.toLowerCase();
const dayOf = (text: string): string =>
  text
    .replace(/^DEADLINE:/, 'Due:')
    .replace(/^CLOSED:[ \t]*(.*)$/, '(closed on $1)')
    .replace(/^SCHEDULED:[ \t]*/, 'scheduled for ');

/** `- term :: text`. A time before it needs no colon. */
const definition = (line: string): string => {
  const [, bullet = '', term = '', text = ''] = /^([ \t]*[-+][ \t]+)(.{1,200}?)[ \t]+::(?:[ \t]+(.*))?$/.exec(line) ?? [];
  if (term === '') return line;
  return /^[[<]?\d/.test(term) ? `${bullet}${term} ${text}` : `${bullet}**${term}:** ${text}`;
};

const inline = (line: string): string =>
  line
    .replace(/\[\[([^\][\s]{1,1000})\]\[([^\][]{1,500})\]\]/g, '[$2]($1)')
    .replace(/\[\[(https?:[^\][\s]{1,1000})\]\]/g, '<$1>')
    .replace(/\[\[([^\][]{1,500})\]\]/g, '$1')
    .replace(/(?<=^|[\s(–—])[=~](\S|\S[^=~\n]{0,200}\S)[=~](?=$|[\s).,;:!?–—])/g, '`$1`')
    .replace(/(?<=^[ \t]*(?:[-+][ \t]+)?|[\s(])(?<!^)\*(\S|\S[^*\n]{0,200}\S)\*(?=$|[\s).,;:!?])/g, '**$1**')
    .replace(/(?<=^|[\s(])\/(\S|\S[^/\n]{0,200}\S)\/(?=$|[\s).,;:!?])/g, '*$1*');

/** The zone that a property names, behind a blank: ` UTC`. */
const zoneOf = (lines: readonly string[]): string => {
  const [, zone] =
    lines.map((line) => /^[ \t]*(?::|#\+)(?:TZ|TIME_?ZONE):[ \t]+([\w/+:-]{1,40})[ \t]*$/i.exec(line)).find((found) => found !== null) ??
    [];
  return zone === undefined ? '' : ` ${zone}`;
};

/**
 * Whether the tags of tasks name people: one of them is part of the author's name, or begins with
 * an at sign. Other tags are topics.
 */
function peopleOfTags(lines: readonly string[]): (tag: string) => boolean {
  const authors = lines.flatMap(
    (line) =>
      /^#\+author:(.*)$/i
        .exec(line)?.[1]
        ?.toLowerCase()
        .split(/[^\p{L}]+/u) ?? [],
  );
  const tasks = lines.filter((line) => task.test(heading.exec(line)?.[2] ?? ''));
  const tags = tasks.map((line) => /[ \t]:([\p{L}\p{N}_@-]{1,40}):[ \t]*$/u.exec(line)?.[1] ?? '').filter(Boolean);
  const known = tags.some((tag) => authors.includes(tag.toLowerCase()));
  return (tag) => tag.startsWith('@') || (known && tags.includes(tag));
}
