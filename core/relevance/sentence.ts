import { cut, foldedName } from '../shared/text.ts';
import type { Taxonomy } from '../taxonomy/compile.ts';
import type { KnownArchive } from './known-archive.ts';
import { type Reason, reasonKeyOf } from './reason.ts';
import type { ToldReason } from './relevance.ts';

const longest = 300;
const longestQuote = 120;

/** One line without what hides or reorders text. */
export const plain = (text: string): string =>
  text
    .replace(/[\p{C}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${cut(text, most - 1).trimEnd()}…`);
/** A title as sentences quote it. */
export const quoted = (text: string): string => `“${shortened(plain(text), longestQuote)}”`;

interface Words {
  readonly taxonomy: Taxonomy;
  readonly archive: KnownArchive;
}

/** The reason in one sentence, and without an earlier postmortem's title where it names one. */
export function toldReason(reason: Reason, { taxonomy, archive }: Words): ToldReason {
  const label = (id: string) => plain(taxonomy.terms.get(id)?.label ?? id);
  const titleOf = (id: string) => quoted(archive.entryOf(id)?.title ?? id);
  const told = (sentence: string, instead?: string): ToldReason => ({
    reason,
    key: reasonKeyOf(reason),
    sentence: shortened(sentence, longest),
    ...(instead !== undefined && { instead: shortened(instead, longest) }),
  });
  switch (reason.kind) {
    case 'runs':
      return told(`You run ${reason.service}, which this is about.`);
    case 'promised':
      return told(`You promised something in it: ${quoted(reason.action)}.`);
    case 'depends': {
      const between = reason.path.slice(1, -1);
      const through = between.length > 0 ? ` by way of ${between.join(' and ')}` : '';
      return told(`Your ${reason.service} depends on ${reason.on}${through}, and ${reason.on} is what this is about.`);
    }
    case 'shares':
      return told(`Your ${reason.service} uses the same ${reason.resource}.`);
    case 'same failure': {
      const technology = label(reason.technology);
      const isItself = foldedName(technology) === foldedName(reason.service);
      const what = isItself ? `You run ${reason.service}, too.` : `Your ${reason.service} uses ${technology}, too.`;
      return told(`${what} What happened here: ${label(reason.mode)}.`);
    }
    case 'had it before':
      return told(`You had ${label(reason.mode)} before, in ${titleOf(reason.postmortem)}.`, `You had ${label(reason.mode)} before.`);
    case 'reads alike': {
      const words = reason.words.map(plain).filter(Boolean);
      const about = words.length > 0 ? `: both tell of ${words.join(', ')}` : '';
      return told(`It reads like your ${titleOf(reason.postmortem)}${about}.`, 'It reads like an earlier postmortem of yours.');
    }
  }
}
