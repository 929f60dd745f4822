import { blocksOf } from '../body-blocks.ts';
import { factAt, type HeadedText, type Taken } from '../headed-text.ts';
import { splitSections } from '../headings/split-sections.ts';
import { anyOf, months } from '../moments/calendar-words.ts';
import { joinParts, type Part } from './join-parts.ts';
import { type LeadingTime, leadingTime } from './leading-time.ts';
import type { Piece } from './piece.ts';
import { piecesOf, piecesOfHeading } from './pieces.ts';
import { statedZone, zoneOfHeading } from './stated-zone.ts';

/** Characters. */
const longestEvent = 5000;

/**
 * Reads a timeline. Nothing is lost: what stands between two entries belongs to the one above it,
 * what stands above the first or below the last stays text, and a heading without entries is a
 * section of its own. With longer entries than the field holds, the text stays text.
 */
export function readTimelineText(text: HeadedText): Taken {
  const parts = partsOf(text.body);
  const zone = zoneOfHeading(text.heading) ?? zoneOfTexts(parts.flatMap(({ pieces }) => pieces));
  const { entries, rest, others } = joinParts(parts, zone);
  if (entries.some(({ event }) => event.length > longestEvent)) return { facts: [], rest: text.body };
  return { facts: entries.length === 0 ? [] : [factAt(text, text.meaning?.to ?? '', entries)], rest: rest.join('\n\n'), others };
}

function partsOf(body: string): Part[] {
  const read = (weak: boolean): Part[] =>
    sections.map(({ level, heading, source, body: own, blocks, node }) => {
      const timeOf = (line: string) => {
        const time = leadingTime(line);
        return time?.weak === true && !weak ? undefined : time;
      };
      const named = level === 0 ? [] : piecesOfHeading(source, node, { timeOf });
      const time = named.find((piece) => piece.kind === 'time');
      const remarks = named.filter(({ kind }) => kind === 'text');
      const pieces = [...remarks, ...piecesOf(blocks, { markdown: own, timeOf })];
      return { level, heading, source, body: own, own: time, pieces };
    });
  const sections = splitSections(withDaysInLists(body)).map((section) => ({
    ...section,
    blocks: blocksOf(section.body),
    node: blocksOf(section.source)[0]?.node,
  }));
  const all = read(true);
  const times = all.flatMap(({ own, pieces }) =>
    [...(own === undefined ? [] : [own]), ...pieces].flatMap((piece) => (piece.kind === 'time' ? [piece.time] : [])),
  );
  return times.some(isWeak) && !bareClocksCount(times) ? read(false) : all;
}

/** "- 17. November" would be a list in a list. */
const withDaysInLists = (body: string): string => body.replace(ordinalDay, String.raw`$1\.`);
const ordinalDay = new RegExp(
  String.raw`^([ \t>]{0,40}(?:[-*+][ \t]{1,4})?(?:\p{L}{2,12},?[ \t])?\d{1,2})\.(?=[ \t]{1,2}(?:${anyOf(months.keys())})(?!\p{L}))`,
  'gimu',
);

const isWeak = (time: Partial<LeadingTime>): boolean => time.weak === true;
/** "1625" is a time beside other times, or among its like. "2025" alone is a year. */
function bareClocksCount(times: readonly Partial<LeadingTime>[]): boolean {
  const bare = times.filter((time) => isWeak(time) && !/(?:19|20)\d\d/.test(time.written ?? ''));
  return bare.length > 0 && (bare.length > 1 || times.some((time) => !isWeak(time) && time.clock !== undefined));
}

function zoneOfTexts(pieces: readonly Piece[]): string | undefined {
  for (const piece of pieces) {
    const zone = piece.kind === 'text' ? statedZone(piece.source) : undefined;
    if (zone !== undefined) return zone;
  }
  return undefined;
}
