import { folded } from '../moments/calendar-words.ts';
import { zoneNamed } from '../moments/zones.ts';
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
