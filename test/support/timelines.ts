import { readFileSync } from 'node:fs';
import { readTimelineText } from '../../core/postmortem/reading/timeline/read-timeline-text.ts';
import { given } from './reading.ts';

export interface ReadTimeline {
  readonly entries: readonly { at?: string; event: string }[];
  readonly rest: string;
  readonly others: readonly { heading: string; body: string }[];
}

/** What the reader makes of the text below a heading "Timeline". */
export function timelineOf(body: string, heading = 'Timeline'): ReadTimeline {
  const meaning = { to: 'timeline', closed: true } as const;
  const { facts, rest, others = [] } = readTimelineText({ heading, body, meaning, aliases: given.aliases, zone: 'UTC', since: given.now });
  const entries = facts.flatMap(({ sent }) => (Array.isArray(sent.value) ? sent.value : []));
  return { entries, rest, others };
}

/** Entries as lines, `at | event`. */
export const linesOf = (body: string, heading?: string): string[] =>
  timelineOf(body, heading).entries.map(({ at, event }) => (at === undefined ? event : `${at} | ${event}`));

const cases = new URL('../fixtures/reading/corpus/cases/', import.meta.url);
/** The text below one heading of a case. */
export function sectionOfCase(name: string, heading: string): string {
  const text = readFileSync(new URL(name, cases), 'utf8');
  const from = text.indexOf(`\n## ${heading}`);
  const to = text.indexOf('\n## ', from + 4);
  return text.slice(text.indexOf('\n', from + 1), to < 0 ? undefined : to);
}
