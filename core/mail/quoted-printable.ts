const longest = 75;
const hex = (byte: number) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
const isPlain = (byte: number) => (byte >= 0x20 && byte <= 0x7e && byte !== 0x3d) || byte === 0x09;
const tokens = Array.from({ length: 256 }, (_, byte) => (isPlain(byte) ? String.fromCharCode(byte) : hex(byte)));

const [tab, lf, cr, space] = [0x09, 0x0a, 0x0d, 0x20];
/**
 * At the start of a line, these would be read as the end of the mail, as a boundary, or as the
 * start of a mail in a mailbox file.
 */
const atLineStart: Readonly<Record<string, string>> = { '.': hex(0x2e), '-': hex(0x2d), F: hex(0x46) };

/**
 * Whether nothing needs encoding except perhaps the first character of a line. Links are like this.
 */
const isBare = (text: string) => /^[\x20-\x3c\x3e-\x7e]*$/.test(text);

/**
 * Text in quoted-printable (RFC 2045 §6.7): ASCII lines of at most 76 columns, each ending in CRLF,
 * none beginning with a dot, a hyphen or `From `. Line breaks become CRLF. The result always ends
 * its last line, so results may be joined in any order. The same text gives the same bytes.
 */
export function quotedPrintable(text: string): string {
  return isBare(text) ? broken(text) : encoded(Buffer.from(text.replace(/\r?\n/g, '\n')));
}

function broken(text: string): string {
  const step = longest - 2;
  let lines = '';
  for (let at = 0; at < text.length; at += step) {
    const first = text.charAt(at);
    lines += `${atLineStart[first] ?? first}${text.slice(at + 1, at + step)}=\r\n`;
  }
  return lines;
}

function encoded(bytes: Buffer): string {
  let lines = '';
  let line = '';
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === lf) {
      lines += `${line}\r\n`;
      line = '';
      continue;
    }
    const isTrailing = (byte === space || byte === tab) && bytes[at + 1] === lf;
    const token = isTrailing || byte === cr ? hex(byte) : (tokens[byte] ?? '');
    if (line.length + token.length > longest) {
      lines += `${line}=\r\n`;
      line = '';
    }
    line += line === '' ? (atLineStart[token] ?? token) : token;
  }
  return inOnePiece(line === '' ? lines : `${lines}${line}=\r\n`);
}

/**
 * V8 stores a string grown by appending as a tree, and every mail that it is joined into would walk
 * that tree again.
 */
const inOnePiece = (text: string) => Buffer.from(text, 'latin1').toString('latin1');
