import { severities } from '../../postmortem.ts';
import { findSeverity, findStatus, type SeverityAliases } from '../classification-words.ts';

/** Where the words of a phrase end that name its state or severity. */
const ends = /[([{}\])|/\\,;:.!?→>]|\s[-–—]+(?=\s)|[–—]/u;
const mostWords = 4;
const longest = 400;

/**
 * The name of a severity with which a text begins, as in "🔴 SEV-1: major outage", "P1 (Critical)"
 * or "2 - High". Symbols and what follows the name say nothing else. Undefined if the text does not
 * begin with a name that is known, or is the choice of a template.
 */
export const severityNameIn = (text: string, aliases: SeverityAliases): string | undefined =>
  isChoice(text, aliases)
    ? undefined
    : (raisedSeverityIn(text, aliases) ?? namedIn(text, (words) => findSeverity(words, aliases) !== undefined));

/** SEV-1 in "SEV-2 (later raised to SEV-1)". Undefined if it was not raised. */
export function raisedSeverityIn(text: string, aliases: SeverityAliases): string | undefined {
  const said = text.slice(0, longest);
  const name = raised.exec(said)?.[1];
  const [first, last] = [namedIn(said, (words) => findSeverity(words, aliases) !== undefined), name].map(
    (one) => one && findSeverity(one, aliases),
  );
  return first && last && severities.indexOf(last) < severities.indexOf(first) ? name : undefined;
}
const raised =
  /(?<!\p{L})(?:raised|upgraded|escalated|promoted|increased|bumped|changed|hochgestuft|angehoben|erhöht|relevée?|elevad[oa])(?: (?:up|later|then|again))?(?: (?:to|auf|zu|à|a))? (?:an? )?((?:sev(?:erity)?[ -]?|s|p)\d|critical|major|high|kritisch|hoch)(?![\p{L}\p{N}])/iu;

/** "SEV-1 | SEV-2 | SEV-3" is what a template offers: nobody chose yet. */
function isChoice(text: string, aliases: SeverityAliases): boolean {
  const words = text.slice(0, longest).split(/[\s|/,;]+/);
  return new Set(words.flatMap((word) => findSeverity(withoutDecoration(word), aliases) ?? [])).size > 2;
}

/** The word for a status with which a text begins, as in "✅ Resolved, monitoring". */
export const statusWordIn = (text: string): string | undefined => namedIn(text, (words) => findStatus(words) !== undefined);

function namedIn(text: string, isKnown: (words: string) => boolean): string | undefined {
  const plain = withoutDecoration(text.slice(0, longest)).replace(scale, '');
  if (isKnown(plain)) return plain;
  for (const part of plain.split(ends).map(withoutDecoration).filter(Boolean).slice(0, 3)) {
    const words = part.split(/\s+/).slice(0, mostWords);
    for (let n = words.length; n > 0; n--) {
      const said = words.slice(0, n).join(' ');
      const isCount = n < words.length && /^\d$/.test(said) && words[n] !== 'of';
      if (!isCount && isKnown(said)) return said;
    }
    if (!nameOfAnotherScale.test(part)) return undefined;
  }
  return undefined;
}
/** In "Tier A / Critical" the second name is the one that we know. "Not critical" is none. */
const nameOfAnotherScale = /^(?!(?:not|no|non|kein|keine|nicht)\s)[\p{L}\p{N}]+(?:[\s-][\p{L}\p{N}]+)?$/iu;
const scale =
  /^(?:level|severity level|stufe|niveau|nivel|livello|prio|priorität|prioridad|prioridade|priorité|priorità|prioriteit|klasse|kategorie|class|category)\s+(?=\S)|(?<=^\d)\s?(?:등급|급|級|级)$/i;

/**
 * The code of a severity wherever it stands in a short value: "mittel (Prio 3)", "Major, SEV-2". A
 * label that may be about anything needs one.
 */
export const severityCodeIn = (value: string, aliases: SeverityAliases): string | undefined => {
  if (value.length > longestCoded || isChoice(value, aliases)) return undefined;
  const codes = [...value.matchAll(code)].map(([, one = '']) => one.replace(/^prio(?:rity)?[ -]?/i, 'P'));
  const [only, ...others] = new Set(codes);
  const isAlone = [...value.matchAll(code)].some(({ index, 0: all }) => /^\s*(?:$|[)\],;:(–—|])/u.test(value.slice(index + all.length)));
  return only !== undefined && others.length === 0 && isAlone && findSeverity(only, aliases) !== undefined ? only : undefined;
};
const code = /(?<![\p{L}\p{N}-])((?:sev(?:erity)?[ -]?|s|p|prio(?:rity)?[ -]?)\d)(?![\p{L}\p{N}])/giu;
const longestCoded = 60;

/** The words without emoji, brackets, quotation marks and the markup around them. */
const withoutDecoration = (text: string): string =>
  text
    .replace(/:[a-z][a-z0-9_+-]{1,30}:/g, ' ')
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{So}|[•■●]|\ufe0e|\ufe0f|\u20e3|\u200d/gu, ' ')
    .replace(/^[\s*_`"'“”„«»~()[\]{}<>#-]+|[\s*_`"'“”„«»()[\]{}<>.,;:!-]+$/gu, '')
    .replace(/\s+/g, ' ');
