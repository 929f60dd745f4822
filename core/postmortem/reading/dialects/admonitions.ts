import { findStatus } from '../classification-words.ts';
import { fenceAfter } from '../fences.ts';
import type { ReadHeading } from '../headings/heading-map.ts';
import type { Dialect } from './dialect.ts';
import { countOf, nextOf, quoted } from './lines.ts';

/** `:::info Title`, of HackMD, Docusaurus and VuePress, ended by as many colons. */
const container =
  /^ {0,3}(:{3,6}) ?\{?([a-z][a-z-]{1,20})\}?(?:\[([^\][\n]{1,120})\]|[ \t]+([^{\s][^{\n]{0,200}?))?[ \t]*(?:\{[^{}\n]{0,100}\})?[ \t]*$/i;
/** `!!! note "Title"`, of MkDocs. Its text is indented. */
const bangs = /^(?:!!!|\?\?\?\+?)[ \t]+([a-z][a-z-]{1,20})(?:[ \t]+[a-z-]{2,20}){0,3}(?:[ \t]+"([^"\n]{0,200})")?[ \t]*$/i;
/** `> [!warning]- Title`, of GitHub and Obsidian. */
const callout = /^>[ \t]?\[!([A-Za-z-]{2,30})\][+-]?(?:[ \t]+(\S.{0,300}))?[ \t]*$/;

/**
 * Boxes in Markdown, as generators of sites and note-taking programs have them. One with nothing
 * but paragraphs at the top becomes a quotation, so that it is no summary of the document. Others
 * stand in the text.
 */
export const admonitions: Dialect = {
  recognise: (lines) => countOf(lines, container) + countOf(lines, bangs) + countOf(lines, callout) > 0,
  toMarkdown: (lines, read) => {
    const out: string[] = [];
    const ends = new Map([3, 4, 5, 6].map((colons) => [colons, nextOf(lines, (line) => line.trim() === ':'.repeat(colons))]));
    let isBelow = false;
    for (let i = 0, fence = ''; i < lines.length; i++) {
      const line = lines[i] ?? '';
      const before = fence;
      fence = fenceAfter(line, fence);
      const sign = before === '' && fence === '' ? line.slice(0, longestSign) : '';
      isBelow ||= /^(?:#{2,6}[ \t]|-{2,}[ \t]*$)/.test(sign);
      const [, colons = '', kind = '', bracketed, bare] = container.exec(sign) ?? [];
      const [, mark = '', quotedTitle = ''] = bangs.exec(sign) ?? [];
      const [, call = '', title = ''] = callout.exec(sign) ?? [];
      if (kind !== '') {
        const end = ends.get(colons.length)?.[i] ?? -1;
        const inside = lines.slice(i + 1, Math.max(i + 1, end));
        const nested = colons.length > 3 ? admonitions.toMarkdown(inside, read) : inside;
        out.push(...(end < 0 ? [line] : box(kind, bracketed ?? bare ?? '', nested, read, isBelow)));
        i = Math.max(i, end);
      } else if (mark !== '') {
        const end = endOf(lines, i + 1, (one) => /^(?: {4}|\t)|^[ \t]*$/.test(one));
        const inside = lines.slice(i + 1, end).map((one) => one.replace(/^(?: {4}|\t)/, ''));
        out.push(...box(mark, quotedTitle, inside, read, isBelow));
        i = end - 1;
      } else if (call !== '') {
        const end = endOf(lines, i + 1, (one) => one.startsWith('>'));
        const inside = lines.slice(i + 1, end).map((one) => one.replace(/^> ?/, ''));
        out.push(...box(call, title, inside, read, isBelow));
        i = end - 1;
      } else out.push(line);
    }
    return out;
  },
};
/** Characters. */
const longestSign = 400;

const endOf = (lines: readonly string[], from: number, isPart: (line: string) => boolean): number => {
  let end = from;
  while (end < lines.length && isPart(lines[end] ?? '')) end += 1;
  return end;
};

/** Lines that are more than paragraphs: a list, a table, a heading, code, or names with values. */
const structure =
  /^[ \t]{0,3}(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\||#{1,6}[ \t]|`{3}|~{3})|^[^\p{L}\p{N}\n]{0,10}(?:[a-z_]{2,40}:[ \t]*)?(?:\*\*|__)[^*_\n]{1,60}(?:\*\*::?|:\*\*|__:|:__)/u;

/** What a box without these words would not say. */
const alarming = /^(?:important|warning|caution|danger|error|failure|bug|attention)\b/i;

const code = /^(?:sev(?:erity)?[ -]?|s|p)\d$/i;

/**
 * The kind of a box is a setting, unless it names a section and the box has no title. A title that
 * is a severity or a state of the document ("Draft") is that.
 */
function box(kind: string, title: string, inside: readonly string[], read: ReadHeading, isBelow: boolean): string[] {
  const said = title.replaceAll('*', '').trim();
  const state = said.length < 40 ? findStatus(said) : undefined;
  const section = said || kind;
  if (code.test(said)) return ['', `**Severity:** ${said}`, '', ...inside, ''];
  if (state !== undefined && state !== 'published') return ['', `**Status:** ${said}`, ...quoted(inside)];
  if (read(section) !== undefined) return ['', `**${section}**`, '', ...inside, ''];
  const name = alarming.test(kind) ? kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase() : '';
  const told = name === '' ? said && `**${said}**` : `**${name}:** ${said}`.trim();
  const head = told === '' ? [] : [told, ''];
  return isBelow || inside.some((line) => structure.test(line.slice(0, longestSign)))
    ? ['', ...head, ...inside, '']
    : quoted([...head, ...inside]);
}
