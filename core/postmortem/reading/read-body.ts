import { cut } from '../../shared/text.ts';
import { excerpt } from '../plain-text.ts';
import { looksLikeActions } from './actions/looks-like-actions.ts';
import { blocksOf, isEmptyBlock, joinBlocks } from './body-blocks.ts';
import { type ChosenTitle, chooseTitle } from './choose-title.ts';
import type { Fact, ReadingContext } from './facts/fact.ts';
import { factsOfNotices } from './facts/notices.ts';
import { asFurther, takeFacts } from './facts/read-facts.ts';
import { factsOfTitle } from './facts/title-facts.ts';
import { withoutComments } from './fences.ts';
import { type Group, groupSections } from './headings/group-sections.ts';
import { headingKey, type ReadHeading, sectionsOf } from './headings/heading-map.ts';
import { outlineAsHeadings } from './headings/outline.ts';
import { splitAtLabels } from './headings/split-sections.ts';
import { tellsSomething } from './lead-summary.ts';
import { longestParsed, readSection } from './read-section.ts';
import { withInlineLinks } from './reference-links.ts';

export interface BodyContext extends ReadingContext {
  /** Reads headings, with those that the company added. */
  readonly headings: ReadHeading;
  /** The title in front matter. */
  readonly title?: string;
  /** Fields that the front matter sets. What the body says about them stays a section. */
  readonly given: ReadonlySet<string>;
}
export interface ReadBody {
  readonly facts: readonly Fact[];
  readonly recognised: readonly string[];
  /** Headings that are not known, in order. */
  readonly kept: readonly string[];
}

/**
 * Reads a Markdown body, which must be within the limits of markdown-limits.ts. Text that is not
 * understood is kept as sections, in its order.
 */
export function readBody(markdown: string, context: BodyContext): ReadBody {
  const split = splitAtLabels(outlineAsHeadings(withInlineLinks(withoutComments(markdown)), context.headings), context.headings);
  const title = chooseTitle(split, context.headings, context.given.has('title'));
  const facts: Fact[] = [];
  const recognised: string[] = [];
  const { leads, groups: headed } = groupSections(title.rest, title.sections, context.headings);
  const groups = context.given.has('actionItems') ? headed : headed.map((group) => withActions(group, context.since));
  const isSaid = ({ meaning, parts }: Group, field: string) =>
    meaning?.to === field && meaning.isWeak === undefined && parts.some((part) => part !== '');
  const says = (field: string) => context.given.has(field) || groups.some((group) => isSaid(group, field));

  if (title.text !== undefined) facts.push(...titleFacts(title.text, context), ...factsOfTitle(title.text, context));
  for (const lead of leads) {
    const hasSummary = says('summary') || facts.some(({ field }) => field === 'summary');
    const taken = readLead(lead, title, hasSummary, context);
    facts.push(...taken);
    recognised.push(...sectionsOf(taken.map(({ field }) => field)));
  }
  const kept: string[] = [];
  for (const [i, group] of groups.entries()) {
    const { to = '', isWeak } = group.meaning ?? {};
    const isTold = isWeak && (says(to) || facts.some(({ field }) => field === to));
    const taken = takeGroup(isTold ? { ...group, meaning: { to: 'section', isWeak: true } } : group, facts, context);
    facts.push(...taken);
    if (taken.length > 0) recognised.push(...sectionsNamedBy(group, taken));
    if (taken.length > 0 && group.meaning === undefined) kept.push(group.heading);
    const isAboveOthers = (groups[i + 1]?.level ?? 0) > group.level;
    if (taken.length === 0 && group.meaning === undefined && group.heading !== '' && !isAboveOthers)
      facts.push(asSection('', group.heading));
  }
  facts.push(...factsOfNotices(title.text ?? context.title ?? '', markdown, context));
  return { facts, recognised: [...new Set(recognised)], kept };
}

/**
 * A group below an unknown heading that can only be action items. The heading becomes their kind,
 * so that its words are kept.
 */
const withActions = (group: Group, since: Date): Group =>
  group.meaning === undefined && looksLikeActions(textOf(group), since)
    ? { ...group, meaning: { to: 'actionItems', keeps: 'entries' }, parts: [`###### ${group.heading}`, ...group.parts] }
    : group;

/**
 * The meaning of a heading counts as recognised even if its text was kept as text, but not one of a
 * list in which no entry was found.
 */
const sectionsNamedBy = ({ meaning }: Group, taken: readonly Fact[]): string[] => {
  if (meaning?.section !== undefined) return [meaning.section];
  const fields = taken.map(({ field }) => field);
  return sectionsOf(meaning?.keeps === 'entries' ? fields : [...fields, meaning?.to ?? '']);
};

/** Whether a heading at the top says something that the title of the document does not. */
const isElsewhere = (heading: string, { given, title = '' }: BodyContext): boolean =>
  (given.has('title') && !headingKey(title).includes(headingKey(heading))) || heading.length > 200;

const titleFacts = (heading: string, { given }: BodyContext): Fact[] =>
  given.has('title') ? [] : [{ field: 'title', sent: { value: heading.length > 200 ? excerpt(heading, 200) : heading, as: 'title' } }];

/**
 * Reads text under no heading, or under the title. Labelled lines are facts. The first paragraph is
 * the summary if there is no other.
 */
function readLead(lead: Group, title: ChosenTitle, hasSummary: boolean, context: BodyContext): Fact[] {
  const body = textOf(lead);
  if (body.length > longestParsed) return [asSection('', body)];
  const { facts, further, rest } = takeFacts(
    body,
    lead.heading !== '' && lead.heading === title.sections.at(-1)?.heading ? 'below the title' : 'at the top',
    context,
  );
  const blocks = blocksOf(rest).filter((block) => !isEmptyBlock(block));
  const isTold = hasSummary || facts.some(({ field }) => field === 'summary');
  const first = isTold ? undefined : blocks.find(tellsSomething);
  const summary = first?.source ?? '';
  const left = joinBlocks(blocks.filter((block) => block !== first));
  const isTitle = lead.heading !== '' && lead.heading === title.sections.at(-1)?.heading;
  const heading = isTitle && title.text !== undefined && isElsewhere(title.text, context) ? title.text : '';
  return [
    ...facts,
    ...asFurther(further),
    ...(summary === '' ? [] : [{ field: 'summary', sent: { value: summary, as: 'summary' } }]),
    ...(left === '' ? (heading === '' ? [] : [asSection('', heading)]) : [asSection(heading, left)]),
  ];
}

/**
 * The facts of one group. A field that already has a value keeps it, and the text stays a section.
 */
function takeGroup(group: Group, before: readonly Fact[], { given, ...context }: BodyContext): Fact[] {
  const body = textOf(group);
  const isTaken = (field: string) => given.has(field) || (single.has(field) && before.some((fact) => fact.field === field));
  const meaning = group.meaning !== undefined && isTaken(group.meaning.to) ? undefined : group.meaning;
  const { facts, rest, others = [] } = readSection({ heading: group.heading, body, meaning, ...context });
  const remark = remarkOf(group, facts, rest);
  const texts = [...remark, { heading: group.heading, body: rest }, ...others].filter((text) => text.body.trim() !== '');
  return [
    ...facts.filter(({ field, trust }) => trust !== undefined || !isTaken(field)),
    ...texts.map((text) => asSection(text.heading, text.body)),
  ];
}
/** Fields that take a text. A remark beside their heading is part of it. */
const closes = new Set(['timeline', 'actionItems', 'links', 'section', 'facts']);
function textOf({ parts, remark = '', meaning }: Group): string {
  const isPart = remark !== '' && meaning !== undefined && !closes.has(meaning.to);
  const first = isPart && !remark.startsWith('(') ? remark : '';
  return [first, ...parts, isPart && first === '' ? remark : ''].filter(Boolean).join('\n\n');
}

/** A remark beside the heading of a list, kept as text unless an entry says it too. */
function remarkOf({ remark, meaning, heading }: Group, facts: readonly Fact[], rest: string): { heading: string; body: string }[] {
  if (remark === undefined || meaning === undefined || meaning.to === 'section' || !closes.has(meaning.to) || rest !== '') return [];
  const stored = JSON.stringify(facts.map(({ sent }) => sent.value));
  const isStored = remark.match(/[\p{L}\p{N}]+/gu)?.every((word) => stored.includes(word)) ?? true;
  return isStored ? [] : [{ heading: nameOf(heading, remark), body: remark.replace(/^\((.*)\)$/s, '$1') }];
}
const nameOf = (heading: string, remark: string): string =>
  heading.slice(0, heading.lastIndexOf(remark.slice(0, 10))).replace(/[\s:：–—-]+$/u, '') || heading;
const single = new Set(['summary']);

const asSection = (heading: string, body: string): Fact => ({
  field: 'sections',
  sent: { value: { heading: cut(heading, 300), body }, as: heading === '' ? 'body' : heading },
});
