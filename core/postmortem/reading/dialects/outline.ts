import type { Dialect } from './dialect.ts';
import { headingLine } from './lines.ts';

const top = /^[-*+•][ \t]+(\S.*)$/;

/** A document that is one list: its items are the headings, and what is below them is text. */
export const outline: Dialect = {
  recognise: (lines, read) => {
    const filled = lines.filter((line) => line.trim() !== '');
    const heads = filled.filter((line, i) => top.test(line) && isIndented(filled[i + 1]));
    return (
      filled.every((line) => top.test(line) || isIndented(line)) &&
      heads.length >= 3 &&
      heads.filter((line) => read(nameOf(line)) !== undefined).length >= 2
    );
  },
  toMarkdown: (lines) => {
    const filled = lines.filter((line) => line.trim() !== '');
    return filled.flatMap((line, i) => {
      if (isIndented(line)) return line.replace(/^(?:\t| {1,4})/, '');
      const hasText = isIndented(filled[i + 1]);
      if (!hasText && i === 0) return [headingLine(1, nameOf(line)), ''];
      return hasText ? ['', headingLine(2, nameOf(line)), ''] : line;
    });
  },
};

const isIndented = (line = ''): boolean => /^(?:\t| {2,})\S/.test(line);
const nameOf = (line: string): string =>
  (top.exec(line)?.[1] ?? '')
    .trim()
    .replace(/^(\*\*|__)([^*_]{1,300})\1:?$/, '$2')
    .replace(/:$/, '');
