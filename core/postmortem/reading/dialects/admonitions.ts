import type { ReadHeading } from '../headings/heading-map.ts';
import type { Dialect } from './dialect.ts';
import { changeText, countOf } from './lines.ts';

/** Characters. */
const longestSign = 300;

/** `:::danger SEV-1` of Docusaurus and VuePress, ended by `:::`. */
const container =
  /^ {0,3}(:{3,6}) ?([a-z][a-z-]{1,20})(?:\[([^\][]{1,120})\]|[ \t]+([^{\s][^{]{0,120}))?[ \t]*(?:\{[^{}]{0,100}\})?[ \t]*$/i;
const containerEnd = /^ {0,3}:{3,6}[ \t]*$/;
/** `!!! danger "SEV-1"` of MkDocs. Its text is indented. */
const block = /^(?:!!!|\?\?\?\+?)[ \t]+([a-z][a-z-]{1,20})(?:[ \t]+(?:inline|end))*(?:[ \t]+"([^"\n]{0,120})")?[ \t]*$/i;
/** `> [!summary] Summary` of Obsidian and GitHub. */
const callout = /^ {0,3}> ?\[!([a-z][a-z-]{1,20})\][+-]?[ \t]*(.{0,120})$/i;

/** Boxes with a title, as generators of sites have them. */
export const admonitions: Dialect = {
  recognise: (lines) => countOf(lines, container) + countOf(lines, block) + countOf(lines, callout) > 0,
  toMarkdown(lines, read) {
    let isIndented = false;
    let isQuoted = false;
    return changeText(lines, (line) => {
      if (isIndented && /^(?: {4}|\t)/.test(line)) return line.replace(/^(?: {4}|\t)/, '');
      if (isIndented && line.trim() === '') return line;
      if (isQuoted && /^ {0,3}>/.test(line)) return line.replace(/^ {0,3}> ?/, '');
      [isIndented, isQuoted] = [false, false];
      if (line.length > longestSign) return line;
      const contained = container.exec(line);
      if (contained !== null) return titleLines(contained[2] ?? '', contained[3] ?? contained[4] ?? '', read);
      if (containerEnd.test(line)) return '';
      const boxed = block.exec(line);
      isIndented = boxed !== null;
      if (boxed !== null) return titleLines(boxed[1] ?? '', boxed[2] ?? '', read);
      const called = callout.exec(line);
      isQuoted = called !== null && isSaid(called[1] ?? '', called[2] ?? '', read);
      return called !== null && isQuoted ? titleLines(called[1] ?? '', called[2] ?? '', read) : line;
    });
  },
};

const code = /^(?:sev(?:erity)?[ -]?|s|p)\d$/i;
/** Whether a box of a quotation is a section or a severity. Any other stays a quotation. */
const isSaid = (kind: string, title: string, read: ReadHeading): boolean =>
  read(title.trim() || kind) !== undefined || code.test(title.trim());

/** The kind of a box is a setting, unless it names a section and the box has no title. */
function titleLines(kind: string, title: string, read: ReadHeading): string[] {
  const said = title.trim() || (read(kind) === undefined ? '' : kind);
  if (said === '') return [''];
  return ['', code.test(said) ? `**Severity:** ${said}` : `**${said.replaceAll('*', '')}**`, ''];
}
