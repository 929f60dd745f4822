import type { Dialect } from './dialect.ts';
import { jiraExport } from './jira-export.ts';
import { countOf, headingLine, nextOf, quoted, tableOf } from './lines.ts';

const heading = /^h([1-6])(?:\([^()\n]{0,60}\))?\.[ \t]+(\S.*)$/;
const row = /^\|.*\|[ \t]*$/;
/** Blocks between two of the same braces. */
const opening = /^\{(code|noformat|panel|quote|info|note|warning|tip|expand)(?::([^{}\n]{0,200}))?\}(.*)$/i;
const signs = [
  heading,
  /^\|\|.+\|\|?[ \t]*$/,
  /^\|_\. /,
  /^\{(?:code|noformat|panel|quote|info|note|warning|tip|expand|toc)(?::[^{}\n]{0,200})?\}/i,
  /\[[^\][|\n]{1,200}\|(?:https?:|#|~|mailto:)[^\][\s]{1,300}\]/,
  /^b[qc]\.[ \t]+\S/,
];

/** The markup of Jira and of Confluence's old editor, and Textile, which is its model. */
export const wikiMarkup: Dialect = {
  recognise: (lines, read) => {
    const kinds = signs.filter((sign) => countOf(lines, sign) > 0).length;
    return countOf(lines, heading) >= (jiraExport.recognise(lines, read) ? 1 : 2) || (kinds >= 2 && countOf(lines, /^#{2,6} \S/) === 0);
  },
  toMarkdown: (lines) => {
    const out: string[] = [];
    const ends = new Map<string, readonly number[]>();
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i] ?? '';
      const [, name = '', options = '', behind = ''] = opening.exec(line) ?? [];
      if (name !== '') {
        const closing = `{${name.toLowerCase()}}`;
        if (!ends.has(closing))
          ends.set(
            closing,
            nextOf(lines, (one) => one.toLowerCase().includes(closing)),
          );
        const block = blockAt(lines, i, ends.get(closing)?.[i] ?? -1, closing, behind);
        out.push(...blockLines(name.toLowerCase(), options, block.inside));
        i = block.last;
      } else if (row.test(line)) {
        const end = endOf(lines, i, (one) => row.test(one));
        out.push(...tableOf(lines.slice(i, end).map(cellsOf)));
        i = end - 1;
      } else out.push(...lineOf(line));
    }
    return out;
  },
};

interface Block {
  readonly inside: readonly string[];
  readonly last: number;
}
function blockAt(lines: readonly string[], start: number, end: number, closing: string, behind: string): Block {
  const at = behind.toLowerCase().indexOf(closing);
  if (at >= 0) return { inside: [behind.slice(0, at), behind.slice(at + closing.length)].filter((one) => one.trim() !== ''), last: start };
  if (end < 0) return { inside: behind.trim() === '' ? [] : [behind], last: start };
  const last = lines[end] ?? '';
  const cut = last.toLowerCase().indexOf(closing);
  const parts = [behind, ...lines.slice(start + 1, end), last.slice(0, cut), last.slice(cut + closing.length)];
  return { inside: parts.filter((part, i) => part.trim() !== '' || (i > 0 && i < parts.length - 2)), last: end };
}

function blockLines(name: string, options: string, inside: readonly string[]): string[] {
  if (name === 'code' || name === 'noformat') return ['```', ...inside, '```'];
  const title = /(?:^|\|)title=([^|]{1,200})/.exec(options)?.[1] ?? (name === 'expand' ? options : '');
  const head = title === '' ? [] : [`**${title.trim()}**`, ''];
  const text = wikiMarkup.toMarkdown(inside, () => undefined);
  return name === 'panel' || name === 'expand' ? ['', ...head, ...text, ''] : quoted([...head, ...text]);
}

const endOf = (lines: readonly string[], from: number, isPart: (line: string) => boolean): number => {
  let end = from;
  while (end < lines.length && isPart(lines[end] ?? '')) end += 1;
  return end;
};

const cellsOf = (line: string): string[] =>
  inline(line)
    .trim()
    .replace(/^\|{1,2}|\|{1,2}$/g, '')
    .split(/(?<!\\)\|{1,2}/)
    .map((cell) => cell.trim().replace(/^(?:_|[\\/]\d{1,2}|[<>=])\.[ \t]+/, ''));

function lineOf(line: string): string[] {
  const head = heading.exec(line);
  if (head !== null) return ['', headingLine(Number(head[1]), inline(head[2] ?? '')), ''];
  const [, marks = '', item = ''] = /^[ \t]*([*#]{1,6}|-)[ \t]+(\S.*)$/.exec(line) ?? [];
  if (marks !== '') return [`${'   '.repeat(marks.length - 1)}${marks.endsWith('#') ? '1.' : '-'} ${inline(item)}`];
  const [, notice = ''] = /^bq\.[ \t]+(\S.*)$/.exec(line) ?? [];
  if (notice !== '') return quoted([inline(notice)]);
  if (/^bc\.[ \t]/.test(line)) return ['```', line.slice(3).trim(), '```'];
  return [inline(line.replace(/^p(?:\([^()\n]{0,60}\))?\.[ \t]+/, '').replace(/^\{toc[^{}\n]{0,100}\}[ \t]*$/i, ''))];
}

const inline = (line: string): string =>
  line
    .replace(/\{\{([^{}\n]{1,300})\}\}/g, '`$1`')
    .replace(/\{color(?::[^{}\n]{1,40})?\}|\{anchor:[^{}\n]{1,100}\}/gi, '')
    .replace(/\{status:[^{}\n]{0,200}?title=([^{}|\n]{1,100})[^{}\n]{0,100}\}/gi, '$1')
    .replace(/\[~(?:accountid:)?([^\][|\n]{1,100})\]/g, '@$1')
    .replace(/\[([^\][|\n]{1,300})\|([^\][|\s]{1,1000})(?:\|[^\][\n]{0,100})?\]/g, '[$1]($2)')
    .replace(/\[(https?:[^\][|\s]{1,1000})\]/g, '<$1>')
    .replace(/"([^"\n]{1,300})":(https?:[^\s"|]{1,1000}[\w/])/g, '[$1]($2)')
    .replace(/\(\/\)|\(on\)/g, '✅')
    .replace(/\((?:x|off)\)(?=[ \t])/g, '❌')
    .replace(/(?<=^|[\s(|>])\*(\S|\S[^*\n]{0,300}\S)\*(?=$|[\s).,;:!?|])/g, '**$1**')
    .replace(/(?<=^|[\s(|])@([^@\s\n][^@\n]{0,100})@(?=$|[\s).,;:!?|])/g, '`$1`')
    .replace(/\\\\[ \t]*$/, '\\');
