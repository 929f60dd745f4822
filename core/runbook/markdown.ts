/**
 * Markdown as it is written into a file. Only this module makes it of other texts, so that a name
 * from the distribution file never becomes markup.
 */
export class Markdown {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

/** What may stand in a piece of Markdown. A string is shown as it is. */
export type Piece = Markdown | string | number;

/** The literal parts are Markdown, what is put into them is text. */
export const md = (literal: TemplateStringsArray, ...pieces: readonly Piece[]): Markdown =>
  new Markdown(literal.map((part, at) => part + (at < pieces.length ? sourceOf(pieces[at] ?? '') : '')).join(''));

const sourceOf = (piece: Piece): string => (piece instanceof Markdown ? piece : text(String(piece))).source;

/** What begins markup somewhere in a line, in the dialects of GitHub and GitLab. */
const special = /[\\`*_[\]<>|~&#!]/g;
/**
 * What becomes a link, a mention, a formula or a picture even where its characters are escaped:
 * `www.example.com`, `ada@example.com`, `#12`, `$x$`, `:fire:`.
 */
const onlyAsCode = /@|www\.|#\w|\$|:[\w+-]+:/i;

/** A text in one line, shown as it is. */
export const text = (plain: string): Markdown => (onlyAsCode.test(plain) ? code(plain) : new Markdown(plain.replaceAll(special, '\\$&')));

/**
 * A command, a field or the name of a channel. A bar ends a cell of a table even in code, so it
 * stands between two pieces of code.
 */
export const code = (plain: string): Markdown => joined(plain.split('|').map(fenced), '\\|');

function fenced(plain: string): Markdown {
  const fence = '`'.repeat(Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  // One space at each end is not shown.
  const room = /^`|`$|^ .*[^ ].* $/.test(plain) ? ' ' : '';
  return new Markdown(plain === '' ? '' : `${fence}${room}${plain}${room}${fence}`);
}

export const bold = (piece: Piece): Markdown => new Markdown(`**${sourceOf(piece)}**`);

/** In place of an address that its reader may not see. */
export const leftOut = '(address left out)';

/** A person by their address, which can be pressed. */
export const person = (address: string): Markdown => {
  if (address === leftOut) return new Markdown(leftOut);
  return /^[\w.+'-]+@[\w.-]+$/.test(address) ? new Markdown(`<${address}>`) : code(address);
};

export const joined = (pieces: readonly Piece[], between: string): Markdown => new Markdown(pieces.map(sourceOf).join(between));

/** `a`, `a and b`, `a, b and c`. */
export function listed(pieces: readonly Piece[]): Markdown {
  const last = pieces.at(-1) ?? '';
  return pieces.length < 2 ? md`${last}` : md`${joined(pieces.slice(0, -1), ', ')} and ${last}`;
}

/** Blocks with an empty line between them. What is undefined is left out. */
export const blocks = (...all: readonly (Markdown | undefined)[]): Markdown =>
  joined(
    all.flatMap((one) => (one === undefined || one.source === '' ? [] : [one])),
    '\n\n',
  );

export const heading = (depth: number, piece: Piece): Markdown => md`${new Markdown('#'.repeat(depth))} ${piece}`;

export const bullets = (items: readonly (Markdown | undefined)[]): Markdown =>
  joined(
    items.flatMap((item) => (item ? [md`- ${item}`] : [])),
    '\n',
  );

export const table = (head: readonly Piece[], rows: readonly (readonly Piece[])[]): Markdown =>
  joined([row(head), new Markdown(`|${'---|'.repeat(head.length)}`), ...rows.map(row)], '\n');

const row = (cells: readonly Piece[]): Markdown => md`| ${joined(cells, ' | ')} |`;

/** Lines to be typed. They hold nothing from the distribution file. */
export const commands = (...lines: readonly string[]): Markdown => new Markdown(['```sh', ...lines, '```'].join('\n'));
