import type { PlainDate } from '../../../shared/instant.ts';
import { readDay } from '../moments/dates.ts';

/** What is needed to read the days of a text. */
export interface Days {
  /** A day without a year is the first such day from this instant on. */
  readonly since: Date;
  /** Whether `02/10/2026` is in October. Undefined if the text does not show it. */
  readonly isDayFirst?: boolean | undefined;
}

/**
 * Whether a text writes its days before their months: another of its days can be nothing else, or
 * its language does. Undefined for an English text that has no such day.
 */
export function dayFirstIn(text: string): boolean | undefined {
  const firsts = [...text.matchAll(/(?<![\d/-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?![\d/-])/g)];
  if (firsts.some(([, first]) => Number(first) > 12)) return true;
  if (firsts.some(([, , second]) => Number(second) > 12)) return false;
  if (firsts.length === 0) return undefined;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (of: ReadonlySet<string>) => words.filter((word) => of.has(word)).length;
  return count(dayFirstWords) > count(englishWords) ? true : undefined;
}
const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const englishWords = wordsOf('the a an of to and in for on with is are be by at from before after');
/**
 * Short words of French, Spanish, Portuguese, Italian, German and Dutch that English does not have.
 */
const dayFirstWords = wordsOf(
  'le la les des du de un une et pour avec dans el los las del y con para por en una o os as da do dos das com em il lo gli della di per e der die das und mit von zum im het een van voor met',
);

/**
 * A day with the words that stand before it: "by 4 December", "bis 4. Dezember", "EOD 2026-12-04".
 */
export function readDueDay(text: string, { since, isDayFirst }: Days): PlainDate | undefined {
  const bare = text
    .replace(/^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|\u200d|\s)+/u, '')
    .replace(wordsBefore, '')
    .replace(/\s*(?:まで(?:に)?|까지|前)$/, '');
  const slashed = isDayFirst === undefined ? null : /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(bare);
  if (slashed === null) return readDay(bare, since);
  const [, first = '', second = '', year] = slashed;
  const [day, month] = isDayFirst === true ? [first, second] : [second, first];
  return readDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, since);
}
const wordsBefore =
  /^(?:(?:due|by|until|before|on|eod|eob|cob|end of day|till|target|eta|bis|bis zum|am|vor|fällig|prévue? pour le|avant le|avant|pour le|le|para el|antes del|el|até|entro il|entro|uiterlijk|voor|senast|senest|vence el|vence|vencimiento|échéance|scadenza|scade il|scade|entrega|prazo|deadline|frist|termin|do|до|к|截止|截至)[\s:：]+){1,2}/i;
