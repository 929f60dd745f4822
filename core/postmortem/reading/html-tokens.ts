import { fenceAfter } from './fences.ts';

/** A piece of a text that may carry HTML. */
export type HtmlToken =
  | { readonly kind: 'text' | 'verbatim' | 'cdata'; readonly text: string }
  | {
      readonly kind: 'open' | 'close';
      readonly name: string;
      readonly attributes: string;
      readonly isClosed: boolean;
      readonly text: string;
    };

const attribute = `"[^"<]{0,2000}"|'[^'<]{0,2000}'|[^"'<>]`;
const token = new RegExp(
  [
    '(?<code>(`{1,3})(?!`)[^`\\n]{1,2000}\\2(?!`))',
    '(?<begin><!--|<!\\[CDATA\\[)',
    '(?<link><(?:https?:|mailto:)[^\\s<>]{1,2000}>)',
    `<(?<slash>/?)(?<name>[A-Za-z][A-Za-z0-9:-]{0,40})(?<attributes>(?:\\s(?:${attribute}){0,4000})?)(?<end>/?)>`,
  ].join('|'),
  'g',
);

/**
 * Cuts a text into tags, text, and what is never HTML: code, links in angle brackets, comments.
 * Takes time in proportion to its length.
 */
export function* htmlTokens(text: string): Generator<HtmlToken> {
  for (const { lines, isCode } of atFences(text)) {
    if (isCode) yield { kind: 'verbatim', text: lines.join('\n') };
    else yield* tokensIn(lines.join('\n'));
  }
}

function* tokensIn(text: string): Generator<HtmlToken> {
  const ends = { '-->': text.lastIndexOf('-->'), ']]>': text.lastIndexOf(']]>') };
  let from = 0;
  token.lastIndex = 0;
  for (let found = nextToken(text, 0); found !== null; found = nextToken(text, from)) {
    const { code, begin, link, slash, name, attributes = '', end } = found.groups ?? {};
    if (found.index > from) yield { kind: 'text', text: text.slice(from, found.index) };
    from = found.index + found[0].length;
    if (text[found.index - 1] === '\\' || code !== undefined || link !== undefined) yield { kind: 'verbatim', text: found[0] };
    else if (begin !== undefined) {
      const close = begin === '<!--' ? '-->' : ']]>';
      const until = ends[close] < from ? -1 : text.indexOf(close, from);
      if (until < 0) yield { kind: 'text', text: found[0] };
      else {
        const whole = text.slice(found.index, until + 3);
        yield begin === '<!--' ? { kind: 'verbatim', text: whole } : { kind: 'cdata', text: text.slice(from, until) };
        from = until + 3;
      }
    } else {
      const isClosed = end === '/' || attributes.trimEnd().endsWith('/');
      yield { kind: slash === '/' ? 'close' : 'open', name: (name ?? '').toLowerCase(), attributes, isClosed, text: found[0] };
    }
  }
  if (from < text.length) yield { kind: 'text', text: text.slice(from) };
}

function nextToken(text: string, from: number): RegExpExecArray | null {
  token.lastIndex = from;
  return token.exec(text);
}

function atFences(text: string): { lines: string[]; isCode: boolean }[] {
  const parts: { lines: string[]; isCode: boolean }[] = [];
  let fence = '';
  for (const line of text.split('\n')) {
    const before = fence;
    fence = fenceAfter(line, fence);
    const isCode = before !== '' || fence !== '';
    const open = parts.at(-1);
    if (open?.isCode === isCode) open.lines.push(line);
    else parts.push({ lines: [...(parts.length > 0 ? [''] : []), line], isCode });
  }
  return parts;
}

/** The value of an attribute, with its entities decoded. Undefined if it is not there. */
export function attributeOf(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s{0,5}=\\s{0,5}(?:"([^"]*)"|'([^']*)'|([^\\s"'/]+))`, 'i').exec(attributes);
  const value = found?.[1] ?? found?.[2] ?? found?.[3];
  return value === undefined ? undefined : withoutEntities(value).replaceAll('&lt;', '<').replaceAll('&gt;', '>').trim();
}

const named: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  quot: '"',
  apos: "'",
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  rarr: '→',
  larr: '←',
  times: '×',
  deg: '°',
  euro: '€',
  copy: '©',
  shy: '',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  aacute: 'á',
  iacute: 'í',
  oacute: 'ó',
  uacute: 'ú',
  ntilde: 'ñ',
  atilde: 'ã',
  otilde: 'õ',
  iexcl: '¡',
  iquest: '¿',
  oslash: 'ø',
  aring: 'å',
};

/** Decodes entities, except those of characters that mean something in Markdown or in HTML. */
export const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text
        .replace(/&(?:([A-Za-z]{2,8})|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g, (whole, name?: string, decimal?: string, hex?: string) => {
          if (name !== undefined) return named[name] ?? whole;
          const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
          const isPlain = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) && !(code >= 0x7f && code <= 0x9f);
          const character = isPlain ? String.fromCodePoint(code) : whole;
          return /^[<>&*_[\]`\\|#~]$/.test(character) ? whole : character;
        })
        .replace(/&amp;(?![A-Za-z#])/g, '&')
    : text;
