/**
 * A text in a form in which it can be searched, with the way back: `written` gives what stands in
 * the text between two places of the form.
 */
export interface Legible {
  readonly text: string;
  written(from: number, to: number): string;
}

/** What is invisible. Between any two letters it hides something. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

function mapped(text: string, form: (character: string) => string): Legible {
  const parts: string[] = [];
  const places: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = unseen.test(character) ? '' : form(character);
    parts.push(piece);
    for (let n = 0; n < piece.length; n += 1) {
      places.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { text: parts.join(''), written: (from, to) => (to > from ? text.slice(places[from], ends[to - 1]) : '') };
}

/** As it is read: in the forms of NFKC, without what is invisible. */
export const asRead = (text: string): Legible => mapped(text, (character) => character.normalize('NFKC'));

/**
 * As names are compared: in lower case, without accents, and letters that only look like Latin ones
 * as those. Each keeps its place, so a word has the length that it is seen with.
 */
export const asCompared = (text: string): Legible => mapped(text, compared);

/** A name as it is compared. */
export const comparedName = (name: string): string => asCompared(name).text;

const ascii = /^[\0-\x7f]$/;
function compared(character: string): string {
  if (ascii.test(character)) return character.toLowerCase();
  const bare = character.normalize('NFKC').toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return [...bare].map((one) => alike.get(one) ?? one).join('');
}

/** Letters that have no decomposition, and letters of other alphabets that look like Latin ones. */
const alike: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ø: 'o', ł: 'l', ß: 'ss', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't' },
    ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't', у: 'y', х: 'x' },
    ...{ і: 'i', ј: 'j', ѕ: 's', һ: 'h', ԁ: 'd', ԛ: 'q', ԝ: 'w', ѵ: 'v', ӏ: 'l', ɡ: 'g', ɩ: 'i' },
    ...{ α: 'a', β: 'b', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' },
  }),
);
