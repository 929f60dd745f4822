import { cut } from '../../../shared/text.ts';
import type { HeadedText, Taken } from '../headed-text.ts';
import { readEntries } from '../sort-blocks.ts';
import { dayAlone, entriesOfBlock, type TimelineEntry } from './read-timeline.ts';

const mostEntries = 1000;

/**
 * Reads a timeline. Entries below a line that is only a day, or below a heading, are marked with
 * that day or heading.
 */
export function readTimelineText(text: HeadedText): Taken {
  const marked = (mark: string, entry: TimelineEntry) => ({
    ...entry,
    at: cut([mark, entry.at].filter(Boolean).join(', '), 120),
  });
  let day = '';
  const taken = readEntries(
    text,
    mostEntries,
    ({ node, source }, body) => {
      const alone = dayAlone(node, text.since);
      if (alone !== undefined) {
        day = alone;
        return [];
      }
      const entries = entriesOfBlock({ node, source }, body);
      return day === '' ? entries : entries?.map((entry) => marked(day, entry));
    },
    marked,
  );
  return day !== '' && taken.entries.length === 0 ? { facts: [], rest: text.body } : taken;
}
