import { cut } from '../../shared/text.ts';
import { excerpt } from '../plain-text.ts';
import { blocksOf, isEmptyBlock, joinBlocks } from './body-blocks.ts';
import type { SeverityAliases } from './classification-words.ts';
import { type Fact, takeLabelLines } from './facts/read-facts.ts';
import { withoutComments } from './fences.ts';
import { type HeadingMeaning, isPlaceholderTitle, meaningOf, sectionsOf } from './headings/heading-map.ts';
import { type Section, splitSections } from './headings/split-sections.ts';
import { longestParsed, readSection } from './read-section.ts';

export interface BodyContext {
  readonly aliases: SeverityAliases;
  readonly since: Date;
  /** IANA zone of the organisation, in which times without a zone are read. */
  readonly zone: string;
  /** Fields that the front matter sets. What the body says about them stays a section. */
  readonly given: ReadonlySet<string>;
}
export interface ReadBody {
  readonly facts: readonly Fact[];
  readonly recognised: readonly string[];
}

/** A heading with everything that belongs to it. */
interface Group {
  readonly meaning: HeadingMeaning | undefined;
  readonly level: number;
  readonly heading: string;
  readonly parts: string[];
}

/**
 * Reads a Markdown body, which must be within the limits of markdown-limits.ts. Text that is not
 * understood is kept as sections, in its order.
 */
export function readBody(markdown: string, context: BodyContext): ReadBody {
  const sections = splitSections(withoutComments(markdown));
  const title = titleOf(sections);
  const facts: Fact[] = [];
  const recognised: string[] = [];
  const leads = sections.filter((section) => section.level === 0 || section === title);
  const groups = grouped(sections.filter((section) => !leads.includes(section)));
  const hasSummary = context.given.has('summary') || groups.some(({ meaning }) => meaning?.to === 'summary');

  if (title !== undefined && !isPlaceholderTitle(title.heading)) facts.push(...titleFacts(title.heading, context));
  for (const fact of leads.flatMap((lead) => readLead(lead, hasSummary, context))) {
    facts.push(fact);
    recognised.push(...sectionsOf([fact.field]));
  }
  for (const group of groups) {
    const taken = takeGroup(group, facts, context);
    facts.push(...taken);
    if (taken.length > 0) recognised.push(...sectionsNamedBy(group, taken));
  }
  return { facts, recognised: [...new Set(recognised)] };
}

/** The meaning of a heading counts as recognised even if its text was kept as text. */
const sectionsNamedBy = ({ meaning }: Group, taken: readonly Fact[]): string[] =>
  meaning?.section === undefined ? sectionsOf([...taken.map(({ field }) => field), meaning?.to ?? '']) : [meaning.section];

/**
 * The title: the first heading, if its level is one, it names no section, and no text comes before
 * it.
 */
function titleOf(sections: readonly Section[]): Section | undefined {
  const first = sections.find(({ level, body }) => (level > 0 || body.trim() === '' ? level > 0 : false));
  return first?.level === 1 && meaningOf(first.heading) === undefined ? first : undefined;
}

const titleFacts = (heading: string, { given }: BodyContext): Fact[] =>
  given.has('title') ? [] : [{ field: 'title', sent: { value: heading.length > 200 ? excerpt(heading, 200) : heading, as: 'title' } }];

function grouped(sections: readonly Section[]): Group[] {
  const groups: Group[] = [];
  for (const { level, heading, body, source } of sections) {
    const open = groups.at(-1);
    const meaning = meaningOf(heading);
    const belongs = open !== undefined && level > open.level && (open.meaning?.closed === true || meaning === undefined);
    if (!belongs) groups.push({ meaning, level, heading, parts: [body] });
    else if (body !== '') open.parts.push(`${source}\n\n${body}`);
  }
  return groups;
}

/**
 * Reads text under no heading, or under the title. Labelled lines are facts. The first paragraph is
 * the summary if there is no other.
 */
function readLead(lead: Section, hasSummary: boolean, { aliases, given }: BodyContext): Fact[] {
  if (lead.body.length > longestParsed) return [asSection('', lead.body)];
  const { facts, rest } = takeLabelLines(lead.body, aliases);
  const blocks = blocksOf(rest).filter((block) => !isEmptyBlock(block));
  const takes = !hasSummary && blocks[0]?.node.type === 'paragraph';
  const summary = takes ? joinBlocks(blocks.slice(0, 1)) : '';
  const left = joinBlocks(takes ? blocks.slice(1) : blocks);
  const heading = given.has('title') && lead.level > 0 && !isPlaceholderTitle(lead.heading) ? lead.heading : '';
  return [
    ...facts.filter(({ field }) => !given.has(field)),
    ...(summary === '' ? [] : [{ field: 'summary', sent: { value: summary, as: 'summary' } }]),
    ...(left === '' ? [] : [asSection(heading, left)]),
  ];
}

/**
 * The facts of one group. A field that already has a value keeps it, and the text stays a section.
 */
function takeGroup(group: Group, before: readonly Fact[], { aliases, since, zone, given }: BodyContext): Fact[] {
  const body = group.parts.filter(Boolean).join('\n\n');
  const isTaken = (field: string) => given.has(field) || (single.has(field) && before.some((fact) => fact.field === field));
  const meaning = group.meaning !== undefined && isTaken(group.meaning.to) ? undefined : group.meaning;
  const { facts, rest, others = [] } = readSection({ heading: group.heading, body, meaning, aliases, since, zone });
  const texts = [{ heading: group.heading, body: rest }, ...others].filter((text) => text.body.trim() !== '');
  return [...facts.filter(({ field }) => !isTaken(field)), ...texts.map((text) => asSection(text.heading, text.body))];
}
const single = new Set([
  'summary',
  'startedAt',
  'detectedAt',
  'mitigatedAt',
  'resolvedAt',
  'status',
  'severity',
  'owningTeam',
  'incidentId',
]);

const asSection = (heading: string, body: string): Fact => ({
  field: 'sections',
  sent: { value: { heading: cut(heading, 300), body }, as: heading === '' ? 'body' : heading },
});
