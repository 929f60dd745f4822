import { folded } from '../moments/calendar-words.ts';
import { piecesOf } from '../moments/pieces.ts';
import { type WrittenZone, zoneNamed } from '../moments/zones.ts';
import { zoneEnd } from './leading-time.ts';

/** Characters. A longer text is no remark about a zone. */
const longestRemark = 200;

const aboutTimes =
  /(?:^|[^a-z])(?:times?|timestamps?|zone|timezone|clock|(?:uhr)?zeiten|zeitangaben|zeitzone|horas?|horarios?|heures?|orari|tijden)(?![a-z])|時刻|時間|时间|시간|시각/;

/**
 * The zones named in a short text, each once. "Pacific" and the like are zones only beside a word
 * for times, or alone.
 */
export function zonesIn(text: string): string[] {
  if (text.length > longestRemark) return [];
  const low = folded(text);
  const isAboutTimes = aboutTimes.test(low);
  const found = new Set<string>();
  for (const { index } of low.matchAll(/(?<![\p{L}\p{N}])\p{L}/gu)) {
    const end = zoneEnd(text, low, index);
    if (end === undefined) continue;
    const name = text.slice(index, end);
    const isWord = /^\p{L}+$/u.test(name) && zoneNamed(name) === undefined;
    if (isWord && !isAboutTimes && name !== text.trim()) continue;
    found.add(name + (/^\s?[+-]\s?\d{1,2}(?::?\d\d)?(?!\d)/.exec(low.slice(end))?.[0] ?? ''));
  }
  return [...found];
}

/** The zone that a sentence such as "All times in CET" states for the times around it. */
export function statedZone(text: string): string | undefined {
  if (text.length > longestRemark || !aboutTimes.test(folded(text))) return undefined;
  const zones = zonesIn(text);
  return zones.length === 1 ? zones[0] : undefined;
}

/** The zone in the name of a heading: "Timeline (UTC)", "Timeline, all times CET". */
export function zoneOfHeading(heading: string): string | undefined {
  const zones = zonesIn(heading);
  return zones.length === 1 ? zones[0] : undefined;
}

/** Characters. A longer document is not looked through. */
const longestDocument = 200_000;

/**
 * The zone that a document states for its times, in a heading, the name of a column or a line such
 * as "All times in CET". Undefined if it names another one anywhere beside a time.
 */
export function zoneOfDocument(markdown: string): WrittenZone | undefined {
  if (markdown.length > longestDocument) return undefined;
  const stated = new Set<string>();
  const named = new Set<string>();
  for (const line of markdown.split('\n')) {
    if (line.length > longestLine) continue;
    for (const [, zone = ''] of line.matchAll(besideClock)) named.add(zone);
    if (line.length > longestRemark || hasClock.test(line)) continue;
    const text = line.replace(/^#+\s*/, '');
    const isHeading = text !== line || /^\s*\*\*[^*]+\*\*\s*$/.test(line);
    if (isHeading || aboutTimes.test(folded(text))) for (const zone of zonesIn(text)) stated.add(zone);
  }
  const [first, ...others] = [...stated].flatMap((name) => writtenZone(name) ?? []);
  if (first === undefined) return undefined;
  const all = [...others, ...[...named].flatMap((name) => writtenZone(name) ?? [])];
  return all.every((zone) => isSame(first, zone)) ? first : undefined;
}
const longestLine = 5000;
const hasClock = /\d[:.h時时시点]\d\d|\d ?[ap]\.?m(?!\p{L})/iu;
const besideClock = /\d:\d\d(?::\d\d)?(?: ?[ap]m)?\)? ?\(?((?:UTC|GMT) ?[+-] ?\d{1,2}(?::?\d\d)?|[A-Z]{2,5}(?![\p{L}\p{N}]))/giu;

function writtenZone(name: string): WrittenZone | undefined {
  const piece = piecesOf(`13:05 ${name}`).find(({ kind }) => kind === 'zone');
  return piece?.kind === 'zone' && ['offset', 'place'].includes(piece.zone.kind) ? piece.zone : undefined;
}
/** The same place, or the same distance from UTC. "PT" and "PDT" may be the same. */
const isSame = (a: WrittenZone, b: WrittenZone): boolean =>
  (a.kind === 'offset' && b.kind === 'offset' && a.minutes === b.minutes) || placeOf(a) === (placeOf(b) ?? '');
const placeOf = (zone: WrittenZone): string | undefined =>
  zone.kind === 'place' ? zone.place : zone.kind === 'offset' ? zone.at : undefined;
