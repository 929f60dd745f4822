import { excerpt } from '../postmortem/plain-text.ts';
import type { Postmortem } from '../postmortem/postmortem.ts';
import { furtherFields } from '../postmortem/postmortem.ts';

/** The first text that is not empty as plain text. */
export function firstOf(texts: readonly (string | undefined)[], plain: (text: string) => string): string | undefined {
  for (const text of texts) {
    const said = text && plain(text);
    if (said) return said;
  }
  return undefined;
}

/**
 * Joins the entries of the first list that has any text into sentences, as many as fit in `most`
 * characters.
 */
export function joined(lists: readonly (readonly string[] | undefined)[], most: number): string | undefined {
  for (const list of lists) {
    const said = (list ?? []).map((text) => excerpt(text, most)).filter(Boolean);
    if (said.length > 0) return fitting(said.map(asSentence), most);
  }
  return undefined;
}

/** Adds a full stop unless the text ends with punctuation. */
export const asSentence = (text: string): string => (/[\p{P}]$/u.test(text) ? text : `${text}.`);

/** As many whole sentences as fit, and always the first. */
function fitting(sentences: readonly string[], most: number): string {
  let text = '';
  for (const sentence of sentences) {
    if (text && text.length + 1 + sentence.length > most) break;
    text = text ? `${text} ${sentence}` : sentence;
  }
  return text;
}

/**
 * The first section about the incident. Skips sections written for another audience and fields that
 * were not recognised.
 */
export const firstTelling = (sections: Postmortem['sections']): string | undefined =>
  sections.find(({ heading }) => heading !== furtherFields && !/^internal (email|message)/i.test(heading))?.body;
