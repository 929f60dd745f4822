import { hourMs, minuteMs } from '../../../shared/duration.ts';
import { bare, nameIn } from './labelled.ts';

/** A length of the incident as a whole. "Time to detect" is another. */
const names =
  /^(?:(?:total|incident|outage|impact) )?duration(?: of (?:the )?(?:impact|outage|incident))?$|^(?:störungs|ausfall)?dauer$|^durée(?: de l['’]incident)?$|^duración$|^duração$|^durata$|^duur$/iu;
const line = /^[\s>*|+-]{0,8}([^:|\n]{3,40}?)\s?[:|]\s?(.{1,60})$/u;
const inHours =
  /^(\d{1,3}) ?(?:h|hrs?|hours?|std\.?|stunden?|heures?|horas?|ore|uur)(?:,? ?(?:and |und |et |y |e |en )?(\d{1,2}) ?(?:m|mins?|minutes?|minuten|minutos?|minuti))?$/iu;
const inMinutes = /^(\d{1,4}) ?(?:m|mins?|minutes?|minuten|minutos?|minuti)$/iu;

/**
 * The length, in milliseconds, that a line such as "Duration: 3 hours" gives. Undefined for another
 * line, and for a length that is not exact: "about 3 hours", "2 days".
 */
export function lengthIn(source: string): number | undefined {
  const [, label = '', value = ''] = source.length > 200 ? [] : (line.exec(source.replace(/[*_`]|\|\s*$/g, '').trim()) ?? []);
  if (!names.test(nameIn(bare(label)))) return undefined;
  const said = value.trim().replace(/\.$/, '');
  const [, hours, more = '0'] = inHours.exec(said) ?? [];
  const length = hours === undefined ? Number(inMinutes.exec(said)?.[1] ?? 0) * minuteMs : Number(hours) * hourMs + Number(more) * minuteMs;
  return length > 0 ? length : undefined;
}
