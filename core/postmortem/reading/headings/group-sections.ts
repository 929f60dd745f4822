import { leadingTime } from '../timeline/leading-time.ts';
import type { HeadingMeaning, NamedHeading, ReadHeading } from './heading-map.ts';
import { labelLevel, type Section } from './split-sections.ts';

/** A heading with everything that belongs to it. */
export interface Group {
  readonly meaning: HeadingMeaning | undefined;
  readonly level: number;
  readonly heading: string;
  /** What the heading says besides its name. */
  readonly remark?: string;
  readonly parts: string[];
}
export interface Groups {
  /** The text under no heading and under the title, and what returns to it from between labels. */
  readonly leads: readonly Group[];
  readonly groups: readonly Group[];
}

/** Puts what belongs to a heading below it. What the headings around it mean decides. */
export function groupSections(sections: readonly Section[], top: readonly Section[], read: ReadHeading): Groups {
  const leads: Group[] = [];
  const groups: Group[] = [];
  const named = new Map(sections.map((section) => [section, section.heading === '' ? undefined : read(section.heading)]));
  const told = new Set(sections.filter(isHeading).flatMap((section) => named.get(section)?.meaning.to ?? []));
  let open: Group[] = [];
  for (const section of sections) {
    if (section.level === 0 || top.includes(section)) {
      const lead = { meaning: undefined, level: 0, heading: section.heading, parts: [section.body] };
      leads.push(lead);
      open = [lead];
      continue;
    }
    const last = groups.at(-1);
    if (last?.meaning?.to === 'timeline' && isDayOf(section, last)) {
      last.parts.push(`${section.source}\n\n${section.body}`);
      continue;
    }
    open = open.filter(({ level }) => level < section.level);
    const above = open.at(-1);
    const name = named.get(section);
    if (above !== undefined && (section.kind === 'back' || belongs(section, name, { above, isLast: above === groups.at(-1), told }))) {
      above.parts.push(section.kind === 'heading' ? [section.source, section.body].filter(Boolean).join('\n\n') : section.raw);
      continue;
    }
    const { meaning, remark } = name ?? {};
    const group = {
      meaning,
      level: section.level,
      heading: section.heading,
      ...(remark !== undefined && { remark }),
      parts: [section.body],
    };
    groups.push(group);
    open.push(group);
  }
  const timed = told.has('timeline') ? groups : groups.map(toldByTime);
  return { leads, groups: timed.map((group) => toldOtherwise(group, timed)) };
}

/** A response that is told as a list of times is the timeline, where there is no other. */
function toldByTime(group: Group): Group {
  const { meaning, parts, heading } = group;
  if (meaning?.to === 'resolution') return parts.every(isListOfTimes) ? { ...group, meaning: timeline } : group;
  if (meaning?.to === 'summary' && meaning.isWeak) return parts.every(isOnlyTimes) ? { ...group, meaning: timeline } : group;
  if (meaning !== undefined || isPlanned.test(heading) || !parts.every(isOnlyTimes)) return group;
  return { ...group, meaning: timeline, parts: [`###### ${heading}`, ...parts] };
}
/** Headings above times of something else. */
const isPlanned =
  /agenda|schedule|plan\b|hours|meeting|review|programm|termin|related|similar|previous|earlier|history|example|template|log\b/i;

/** Nothing but clock times, three or more, each with what happened then. */
function isOnlyTimes(body: string): boolean {
  const lines = linesOf(body).filter((line) => !/^\s*\|?[\s|:-]+$/.test(line));
  const entries = lines.filter((line) => !/^(?:#{1,6} |\s{2,})/.test(line));
  const timed = entries.filter((line) => clockLine.test(line.slice(0, 60))).length;
  const isTable = /^\s*\|/.test(entries[0] ?? '');
  return timed >= 3 && timed >= entries.length - (isTable ? 1 : 0);
}
const clockLine = /^\s{0,4}(?:[-*+|>•·]\s*|\d{1,3}[.)]\s+)?[*_~`[(]*(?:\d{4}-\d\d-\d\d[T ,])?\d{1,2}[:.h]\d{2}(?!\d*%)/;

/** A day that stands beside the heading of the timeline and not below it. */
const isDayOf = ({ kind, level, heading, body }: Section, { level: above }: Group): boolean =>
  kind === 'heading' && level <= above && heading.length <= 40 && isDay(heading) && isTimed(body);
function isDay(heading: string): boolean {
  const time = leadingTime(heading);
  return time?.day !== undefined && time.clock === undefined && time.to >= heading.length;
}

/** Plain sentences below a heading whose entries stand below another one. */
function toldOtherwise(group: Group, groups: readonly Group[]): Group {
  const { otherwise, to } = group.meaning ?? {};
  const isElsewhere = (other: Group) => other !== group && other.meaning?.to === to && other.parts.some(hasEntries);
  return otherwise === undefined || group.parts.some(hasEntries) || !groups.some(isElsewhere) ? group : { ...group, meaning: otherwise };
}
const hasEntries = (body: string): boolean =>
  linesOf(body).some((line) => /^\s*(?:[-*+•|]\s?|\d{1,2}[.)]\s|\[[ xX]\])/.test(line) || timedLine.test(line.slice(0, 60)));
const timeline: HeadingMeaning = { to: 'timeline', keeps: 'entries' };
const isListOfTimes = (body: string): boolean => {
  const entries = linesOf(body).filter((line) => /^[-*+|•]/.test(line));
  return entries.length > 1 && entries.filter((line) => timedLine.test(line.slice(0, 60))).length * 2 > entries.length;
};

const isHeading = ({ kind, level }: Section): boolean => kind === 'heading' && level > 0 && level < labelLevel;

interface Place {
  readonly above: Group;
  /** No other section was opened since. */
  readonly isLast: boolean;
  /** What the headings of the document tell. Labels below a heading give way to them. */
  readonly told: ReadonlySet<string>;
}

/**
 * Whether a section belongs to the heading above it.
 *
 * - An unknown heading belongs to the section that it stands below.
 * - Below "Timeline", so does a heading that is a time, and one with times below it: a phase.
 * - Below "Action items", so does one with nothing but checkboxes or a table below it, and a kind
 *   of action ("Detection", "Prevent") above a list: a group.
 * - Any other known heading opens a section of its own.
 * - A label of a paragraph or an item opens one only where text is not sorted yet, where no heading
 *   tells the same, and where the summary has a text besides.
 */
function belongs(section: Section, name: NamedHeading | undefined, { above, isLast, told }: Place): boolean {
  const to = above.meaning?.to ?? '';
  if (above.meaning?.keeps === 'all') return true;
  if (name === undefined || isPlain(name)) return above.level > 0 && (above.meaning?.keeps !== undefined || isLast);
  if (to === 'timeline' && (startsWithTime(section.heading) || isTimed(section.body))) return true;
  if (to === 'actionItems' && isGroupOfActions(section, name.meaning.to)) return true;
  if (section.kind === 'heading' || above.level === 0) return false;
  if (to === 'summary' && hasNoTextBeforeLabels(above)) return true;
  if (above.level >= labelLevel) return section.kind === 'item' && !unsorted.has(to);
  return told.has(name.meaning.to) || (section.kind === 'item' ? !unsorted.has(to) : lists.has(to));
}
const hasNoTextBeforeLabels = ({ parts }: Group): boolean => parts[0] === '';
/** Known as text that may stand below any heading. */
const isPlain = ({ meaning }: NamedHeading): boolean => meaning.to === 'section' && meaning.isWeak === true;
/** Sections that may tell of everything. `''` is an unknown heading. */
const unsorted = new Set(['', 'summary', 'facts', 'section']);
/** Sections with aspects of their own, each with a label. */
const lists = new Set([
  'actionItems',
  'lessons',
  'wentWell',
  'wentWrong',
  'gotLucky',
  'contributingFactors',
  'fiveWhys',
  'links',
  'say',
  'doNotSay',
  'doing',
]);

const time = String.raw`[*_~\x60[(]*(?:\d{1,2}[:.h]\d{2}(?!\d*%)|\d{4}-\d\d-\d\d|T\s?[+-]\s?\d|\+\d)`;
const startsWithTime = (heading: string): boolean => new RegExp(`^${time}`).test(heading);
const timedLine = new RegExp(String.raw`^\s{0,8}(?:[-*+|>•]\s*|\d{1,3}[.)]\s+)?${time}`);
const isTimed = (body: string): boolean =>
  linesOf(body)
    .slice(0, 4)
    .some((line) => timedLine.test(line.slice(0, 60)));

const kindsOfAction = new Set(['detection', 'resolution', 'actionItems', 'workaround']);
function isGroupOfActions({ kind, body }: Section, to: string): boolean {
  const lines = linesOf(body);
  const isList = /^(?:[-*+|]|\d{1,3}[.)])\s?/.test(lines[0] ?? '');
  if (kind === 'item' || lines.length === 0) return true;
  if (kindsOfAction.has(to)) return isList;
  return lines.every((line) => /^\s|^\||^[-*+]\s+\[[ xX]\]/.test(line));
}
/** The first lines that say something. */
const linesOf = (body: string): string[] =>
  body
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => line.trim() !== '');
