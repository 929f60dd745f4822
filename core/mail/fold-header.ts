import { UnsafeHeader } from './header-text.ts';

const usualLine = 78;
const longestLine = 998;

/** One header line, ended by CRLF, folded at blanks to 78 columns where it can be; throws where a line would pass RFC 5322's 998. */
export function foldHeader(name: string, value: string): string {
  const lines: string[] = [];
  let line = `${name}:`;
  let words = 0;
  for (const word of value.split(' ')) {
    if (words > 0 && line.length + 1 + word.length > usualLine) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
    words += 1;
  }
  lines.push(line);
  if (lines.some(({ length }) => length > longestLine)) throw new UnsafeHeader(name, 'is too long');
  return `${lines.join('\r\n')}\r\n`;
}
