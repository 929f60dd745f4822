export interface Header {
  readonly name: string;
  readonly value: string;
}

/** Everything before the first empty line, as text. */
export function headerBlock(raw: Buffer): string {
  const crlf = raw.indexOf('\r\n\r\n');
  const lf = raw.indexOf('\n\n');
  const end = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf : lf;
  return raw.toString('latin1', 0, end < 0 ? raw.length : end);
}

/** The headers in order, unfolded. Their encoded words are left as they are. */
export const headersIn = (block: string): Header[] =>
  block
    .replaceAll(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => ({ name: line.slice(0, line.indexOf(':')), value: line.slice(line.indexOf(':') + 1).trim() }));

/** The first header of that name, without regard to case. */
export function headerValue(block: string, name: string): string | undefined {
  const found = new RegExp(`^${name}:((?:.|\\r?\\n[ \\t])*)`, 'im').exec(block)?.[1];
  return found?.replaceAll(/\r?\n[ \t]+/g, ' ').trim();
}

/** The block without the headers of these names, including their folded lines. */
export const withoutHeaders = (block: string, names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replaceAll(new RegExp(`^${name}:.*(?:\\r?\\n[ \\t].*)*(?:\\r?\\n|$)`, 'gim'), ''), block);
