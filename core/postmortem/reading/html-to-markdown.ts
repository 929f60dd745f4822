import { attributeOf, type HtmlToken, htmlTokens, withoutEntities } from './html-tokens.ts';

/** Deeper lists, quotations and emphasis are written flat. */
const deepest = { list: 8, quote: 3, inline: 8, table: 1 };

const markers: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', cite: '*', s: '~~', del: '~~', strike: '~~' };
const blocks = new Set([
  'p',
  'dd',
  'figure',
  'figcaption',
  'caption',
  'address',
  'header',
  'footer',
  'main',
  'article',
  'section',
  'center',
]);
/** Their text is read, and they are not. A name with a colon is one too. */
const transparent = new Set(
  'html body div span font u ins small big mark abbr acronym label sub sup kbd tt var samp q dfn bdi bdo wbr nav aside tbody thead tfoot colgroup col form fieldset legend button picture source video audio object o'.split(
    ' ',
  ),
);
/** Their text is no text. */
const silent = new Set(['script', 'style', 'template', 'svg', 'iframe', 'noscript']);
const macros = /^(?:ac|ri|at|o|w|v|st1|m):/;

type Frame = { readonly name: string; readonly sink: string[]; readonly tag: Extract<HtmlToken, { name: string }> };

/**
 * Turns the HTML in a text into Markdown: that of a page or an export, or what authors write into
 * Markdown. Tags that are none of HTML stay as written ("<your team>"), and so do code and
 * comments. Takes time in proportion to the text's length, and nests no deeper than `deepest`.
 */
export function htmlToMarkdown(text: string): string {
  const plain = withoutShortcodes(text);
  if (!/<[a-z/!]/i.test(plain)) return plain;
  const writer = new MarkdownWriter(/<h1[\s>]/i.test(plain));
  for (const token of htmlTokens(plain)) writer.write(token);
  return writer.end();
}

class MarkdownWriter {
  private readonly frames: Frame[] = [];
  private readonly root: string[] = [];
  private readonly lists: { readonly isOrdered: boolean; readonly isOfTasks: boolean; count: number }[] = [];
  private silence: string | undefined;
  private rows: string[][] | undefined;
  private readonly hasTitle: boolean;

  constructor(hasTitle: boolean) {
    this.hasTitle = hasTitle;
  }

  end(): string {
    while (this.frames.length > 0) this.closeLast();
    this.endTable();
    return tidyLines(this.root.join('')).replace(/\n{3,}/g, '\n\n');
  }

  write(token: HtmlToken): void {
    if (token.kind === 'open' || token.kind === 'close') this.tag(token);
    else if (this.silence !== undefined) return;
    else if (token.kind === 'text') this.text(token.text);
    else if (token.kind === 'verbatim') this.put(this.isFlowing() ? token.text.replaceAll('\n', ' ') : token.text);
    else if (this.isIn('ac:plain-text-body')) this.block(`\`\`\`\n${token.text.trim()}\n\`\`\``);
    else this.put(token.text);
  }

  private tag(token: Frame['tag']): void {
    if (this.silence !== undefined) {
      if (token.kind === 'close' && token.name === this.silence) this.silence = undefined;
    } else if (!isKnown(token.name)) this.put(token.text);
    else if (token.kind === 'open') this.open(token);
    else this.close(token.name);
  }

  private open(tag: Frame['tag']): void {
    const { name, attributes } = tag;
    if (silent.has(name) || (name === 'title' && this.hasTitle) || isSetting(tag)) {
      if (!tag.isClosed) this.silence = name;
    } else if (name === 'br') this.put(this.isIn('td') || this.isHeading() ? ' ' : this.isTableLine() ? '<br>' : '  \n');
    else if (name === 'hr') this.block('***');
    else if (name === 'img') this.put(pictureOf(attributes));
    else if (name === 'input')
      this.put(/\btype\s*=\s*["']?checkbox/i.test(attributes) ? (/\bchecked\b/i.test(attributes) ? '[x] ' : '[ ] ') : '');
    else if (name === 'ul' || name === 'ol') this.openList(name === 'ol', tag);
    else if (name === 'table') this.openTable();
    else if (name === 'tr') this.rows?.push([]);
    else if (name.startsWith('ri:') || (name === 'time' && tag.isClosed)) this.put(wordsOf(attributes));
    else if (tag.isClosed) return;
    else if (holds(name)) {
      if (name === 'li' || name === 'p' || name === 'tr' || name === 'td' || name === 'th') this.closeSame(name);
      if (this.depthOf(name) < limitOf(name)) this.frames.push({ name: name === 'th' ? 'td' : name, sink: [], tag });
    } else if (blocks.has(name) || name === 'div' || name === 'details') this.blank();
  }

  /** Some tags end another of their kind, because authors leave the end out. */
  private closeSame(name: string): void {
    const last = this.frames.at(-1)?.name;
    if (last === name || (last === 'td' && name === 'th') || (last === 'p' && name === 'li')) this.closeLast();
  }

  private close(name: string): void {
    if (name === 'ul' || name === 'ol') this.endList();
    else if (name === 'table') this.endTable();
    else if (holds(name)) this.closeTo(this.frames.findLastIndex((frame) => frame.name === (name === 'th' ? 'td' : name)));
    else if (blocks.has(name) || name === 'div' || name === 'details') this.blank();
  }

  /** Ends the elements from this one on. Nothing ends what was never begun. */
  private closeTo(at: number): void {
    while (at >= 0 && this.frames.length > at) this.closeLast();
  }

  private closeLast(): void {
    const frame = this.frames.pop();
    if (frame === undefined) return;
    const { name, tag } = frame;
    const inner = frame.sink.join('');
    const words = inner.replace(/\s+/g, ' ').trim();
    const heading = /^h([1-6])$/.exec(name);
    if (heading !== null) this.block(words === '' ? '' : `${'#'.repeat(Number(heading[1]))} ${words}`);
    else if (name === 'title') this.block(words === '' ? '' : `# ${words}`);
    else if (name === 'summary' || name === 'dt')
      this.block(words === '' ? '' : /^\*\*.*\*\*$/.test(words) ? words : `**${words.replaceAll('**', '')}**`);
    else if (markers[name] !== undefined) this.put(emphasised(inner, markers[name]));
    else if (name === 'code') this.put(words === '' ? '' : this.isIn('pre') ? inner : `\`${words.replaceAll('`', "'")}\``);
    else if (name === 'pre') this.block(`\`\`\`\n${inner.replace(/^\n|\n$/g, '').replaceAll('```', "'''")}\n\`\`\``);
    else if (name === 'a') this.put(linkTo(attributeOf(tag.attributes, 'href'), inner));
    else if (name === 'time') this.put(timeOf(attributeOf(tag.attributes, 'datetime'), words));
    else if (name === 'blockquote')
      this.block(
        inner
          .trim()
          .split('\n')
          .map((line) => `> ${line}`.trimEnd())
          .join('\n'),
      );
    else if (name === 'li') this.item(inner, attributeOf(tag.attributes, 'class') ?? '');
    else if (name === 'ul') {
      this.lists.pop();
      const lines = inner.split('\n').filter((line) => line.trim() !== '');
      this.put(this.isIn('td') ? ` ${lines.join(' ')} ` : `\n${lines.join('\n')}\n`);
    } else if (name === 'p')
      this.isIn('li') || this.isIn('td') ? this.put(` ${withoutIndent(inner).trim()} `) : this.block(withoutIndent(inner));
    else if (name === 'td') this.rows?.at(-1)?.push(words.replace(/(?<!\\)\|/g, '\\|'));
    else if (name === 'ac:task-status') this.put(/^complete$/i.test(words) ? '[x] ' : '[ ] ');
    else if (name === 'ac:task') this.put(`\n- ${words}\n`);
    else this.put(inner);
  }

  private openList(isOrdered: boolean, tag: Frame['tag']): void {
    if (this.frames.at(-1)?.name === 'p') this.closeLast();
    if (this.lists.length === 0) this.blank();
    if (this.lists.length >= deepest.list) return;
    this.lists.push({ isOrdered, isOfTasks: /\b(?:inline-)?task-?list\b/i.test(attributeOf(tag.attributes, 'class') ?? ''), count: 0 });
    this.frames.push({ name: 'ul', sink: [], tag });
  }

  private endList(): void {
    const at = this.frames.findLastIndex(({ name }) => name === 'ul');
    this.closeTo(at);
    if (at >= 0 && this.lists.length === 0) this.blank();
  }

  /** An item, with the lists in it indented below it. */
  private item(inner: string, classes: string): void {
    const list = this.lists.at(-1);
    if (list !== undefined) list.count++;
    const marker = list?.isOrdered === true ? `${list.count}. ` : '- ';
    const box = list?.isOfTasks !== true || /^\s*\[[ x]\]/.test(inner) ? '' : /(?:^|\s)checked(?:\s|$)/.test(classes) ? '[x] ' : '[ ] ';
    const [first = '', ...rest] = `${box}${inner.trim()}`
      .trim()
      .split('\n')
      .filter((line) => line.trim() !== '');
    const below = rest.map((line) => `${' '.repeat(marker.length)}${line}`);
    if (this.isIn('td')) this.put(` ${[first, ...rest].join(' ')}; `);
    else if (first !== '') this.put(`\n${[`${marker}${first.trim()}`, ...below].join('\n')}\n`);
  }

  private openTable(): void {
    if (this.rows !== undefined) return;
    this.blank();
    this.rows = [];
  }

  private endTable(): void {
    if (this.rows === undefined || this.isIn('td')) return;
    const rows = this.rows.filter((row) => row.some((cell) => cell !== ''));
    this.rows = undefined;
    const width = Math.max(0, ...rows.map((row) => row.length));
    const lines = rows.map((row) => `| ${Array.from({ length: width }, (_, i) => row[i] ?? '').join(' | ')} |`);
    if (width > 0) this.block([lines[0], `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n'));
  }

  private text(text: string): void {
    const read = withoutEntities(text);
    if (this.rows !== undefined && !this.isIn('td')) this.between(read);
    else if (this.isIn('pre')) this.put(read.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
    else this.put(this.isFlowing() ? read.replace(/\s+/g, ' ') : read);
  }

  /** Text of a table that is in none of its cells is written before it. */
  private between(text: string): void {
    if (text.trim() !== '') this.block(text.trim());
  }

  private put(text: string): void {
    if (text !== '') (this.frames.at(-1)?.sink ?? this.root).push(text);
  }
  private blank(): void {
    this.put(this.isIn('td') || this.isHeading() ? ' ' : '\n\n');
  }
  private block(text: string): void {
    if (text.trim() !== '') this.put(this.isIn('td') || this.isHeading() ? ` ${text.trim()} ` : `\n\n${text.trim()}\n\n`);
  }
  private isIn(name: string): boolean {
    return this.frames.some((frame) => frame.name === name);
  }
  private isHeading(): boolean {
    return this.frames.some((frame) => /^h[1-6]$/.test(frame.name));
  }
  /** Line breaks in the source of these elements mean nothing. */
  private isFlowing(): boolean {
    return this.frames.some(({ name }) => flowing.has(name)) && !this.isIn('pre');
  }
  /** Whether the line is the row of a Markdown table. */
  private isTableLine(): boolean {
    const sink = this.frames.at(-1)?.sink ?? this.root;
    const line = sink.slice(-40).join('').split('\n').at(-1) ?? '';
    return this.frames.every(({ name }) => markers[name] !== undefined || name === 'a' || name === 'code') && /^\s*\|/.test(line);
  }
  private depthOf(name: string): number {
    return this.frames.filter((frame) => frame.name === name || (markers[name] !== undefined && markers[frame.name] !== undefined)).length;
  }
}

const flowing = new Set(['p', 'li', 'td', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'title']);
const held = new Set([
  ...flowing,
  'th',
  'summary',
  'code',
  'pre',
  'a',
  'time',
  'blockquote',
  'ac:task',
  'ac:task-status',
  'ac:plain-text-body',
  ...Object.keys(markers),
]);
const holds = (name: string): boolean => held.has(name);
const limitOf = (name: string): number =>
  name === 'li' ? deepest.list : name === 'blockquote' ? deepest.quote : markers[name] !== undefined ? deepest.inline : deepest.table;

const others = new Set(['br', 'hr', 'img', 'input', 'ul', 'ol', 'dl', 'table', 'tr', 'details', 'head', 'meta', 'link', 'div']);
const isKnown = (name: string): boolean =>
  holds(name) || others.has(name) || blocks.has(name) || transparent.has(name) || silent.has(name) || macros.test(name);

/** A setting of a Confluence macro. Its title is text: the words of a status, of a panel. */
const isSetting = ({ name, attributes }: Frame['tag']): boolean =>
  (name === 'ac:parameter' && attributeOf(attributes, 'ac:name') !== 'title') || name === 'ac:task-id' || name === 'ac:task-uuid';

function emphasised(inner: string, marker: string): string {
  const words = inner.trim();
  if (words === '' || words.includes('\n\n')) return inner;
  const from = inner.indexOf(words);
  return `${inner.slice(0, from)}${marker}${words}${marker}${inner.slice(from + words.length)}`;
}

function linkTo(href: string | undefined, inner: string): string {
  const words = inner.replace(/\s+/g, ' ').trim();
  if (href === undefined || href === '' || href.length > 2000 || /^(?:#|javascript:|data:|vbscript:)/i.test(href)) return inner;
  const address = /[\s()<>]/.test(href) ? `<${href.replace(/[<>\s]/g, '')}>` : href;
  return `[${words === '' ? href : words}](${address})`;
}

function pictureOf(attributes: string): string {
  const [alt = '', src = ''] = [attributeOf(attributes, 'alt'), attributeOf(attributes, 'src')];
  return /^https?:[^\s()<>]{1,2000}$/i.test(src) ? `![${alt.replace(/[[\]]/g, '')}](${src})` : alt;
}

/** A time that is told without its year has the whole behind it. */
const timeOf = (datetime: string | undefined, words: string): string =>
  words === '' ? (datetime ?? '') : datetime === undefined || /\d{4}/.test(words) ? words : `${words} (${datetime})`;

/** What a reference of Confluence names: a page, a file, an address, a day. */
const wordsOf = (attributes: string): string =>
  ['ri:content-title', 'ri:filename', 'ri:value', 'ri:username', 'datetime'].flatMap((one) => attributeOf(attributes, one) ?? [])[0] ?? '';

/** Two blanks at the end of a line break it. Lines of nothing but blanks are empty. */
const tidyLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.trim() === '' ? '' : line))
    .join('\n');
const withoutIndent = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.endsWith('  ') ? `${line.trim()}  ` : line.trim()))
    .join('\n');

const shortcode = /\{\{([<%])\s{0,5}(\/?)[\w./-]{1,60}([^{}]{0,1000}?)\/?[>%]\}\}|\{%-?\s{0,5}(\w{1,40})([^{}%]{0,1000})-?%\}/g;

/** Calls of Hugo and Jekyll in a text: the words in them stay, the calls go. */
const withoutShortcodes = (text: string): string =>
  /\{[{%]/.test(text)
    ? text
        .split(/(```[\s\S]*?```|`[^`\n]{1,1000}`)/)
        .map((part, i) =>
          i % 2 === 1
            ? part
            : part.replace(shortcode, (_, _kind, _slash, given?: string, _name?: string, more?: string) => wordsIn(given ?? more ?? '')),
        )
        .join('')
    : text;
const wordsIn = (given: string): string =>
  [...given.matchAll(/(?:(\w{1,30})\s{0,3}=\s{0,3})?"([^"]{1,600})"/g)]
    .filter(([, name = '']) => !/^(?:src|href|id|class|style|ref|width|height|link|lang|type|icon|color)$/i.test(name))
    .map(([, , words = '']) => words)
    .filter((words) => /\p{L}|\d{4}-\d\d/u.test(words))
    .join(' ');
