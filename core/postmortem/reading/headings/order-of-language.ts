import { lazily } from '../../../shared/lazily.ts';
import type { DateOrder } from '../moments/moments.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';

import type { HeadingLanguage } from './heading-language.ts';
import { headingKey } from './heading-map.ts';
import { italian } from './italian.ts';
import { portuguese } from './portuguese.ts';
import { spanish } from './spanish.ts';

const keysOf = (...languages: readonly HeadingLanguage[]): (() => ReadonlySet<string>) =>
  lazily(() => new Set(languages.flatMap(({ rows }) => rows.flatMap(({ names }) => names.map(headingKey)))));
const inEnglish = keysOf(english);
/** Wherever these languages are written, `07/10/2026` is in October. */
const dayFirst = keysOf(spanish, portuguese, french, german, italian);

const heading = /^ {0,3}(?:#{1,6}[ \t]+|[*_]{2})([^*_\n]{2,80}?)[ \t]*(?::?[*_]{2}:?[ \t]*)?$/gm;
const mostHeadings = 200;

/**
 * The order of numbers in dates of the language that the headings are written in. Undefined if they
 * are English, which has both, or if fewer than two are known.
 */
export function orderOfLanguage(markdown: string): DateOrder | undefined {
  const keys = [...markdown.matchAll(heading)].slice(0, mostHeadings).map(([, name = '']) => headingKey(name));
  const english = keys.filter((key) => inEnglish().has(key) && !dayFirst().has(key)).length;
  const others = keys.filter((key) => dayFirst().has(key) && !inEnglish().has(key)).length;
  return others >= 2 && others > 2 * english ? 'day first' : undefined;
}
