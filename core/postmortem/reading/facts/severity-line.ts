const names = '(?:sev(?:erity)?[ -]?\\d|[sp]\\d|critical|blocker|major|kritisch|critique|crítica|critico)(?![\\p{L}\\p{N}])';
const labels = '(?:severity|sev|schwere(?:grad)?|gravité|severidad|gravedad|severidade|gravità|ernst)';
const beside = new RegExp(
  `(?<!\\p{L})${labels}(?!\\p{L})[^\\p{L}\\p{N}]{1,20}(?:(?:is|was|level|of|ist|war)[^\\p{L}\\p{N}]{1,5})?${names}`,
  'iu',
);
/** A heading with the code of a severity. */
const heading = /^#{1,2} .{0,200}(?<![\p{L}\p{N}-])(?:sev(?:erity)?[ -]?\d|P[0-4])(?![\p{L}\p{N}])/iu;
/** Characters of a line, and lines. */
const [longest, most] = [300, 5000];

/**
 * The first line in which the name of a severity stands beside a word for severity, as an author is
 * shown it where no severity could be read.
 */
export function severityLineIn(text: string): string | undefined {
  for (const line of text.split('\n', most)) {
    const found = line.length > longest ? null : (beside.exec(line) ?? heading.exec(line));
    // Of a long line only the place is shown.
    if (found) return plain(line.length > 60 ? line.slice(found.index) : line);
  }
  return undefined;
}
const plain = (line: string): string =>
  line
    .replace(/[|*_#+=>\s]+/g, ' ')
    .replace(/^[\s;-]+|[\s;-]+$/g, '')
    .trim();
