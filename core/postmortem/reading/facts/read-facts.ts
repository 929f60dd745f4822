import { blocksOf, isEmptyBlock, type MarkdownBlock } from '../body-blocks.ts';
import { fenceAfter } from '../fences.ts';
import { trimBlankLines } from '../headings/split-sections.ts';
import { isFieldOfVisibility } from '../sent-fields.ts';
import { type Fact, furtherLine, type ReadingContext, unknownHeadingCosts } from './fact.ts';
import { findLabel } from './label-names.ts';
import { bare, type Form, isLabelled, type Labelled, nameIn, splitLabels } from './labelled.ts';
import { factOf, fieldOfLabel, isNotedValue, textFactOf } from './read-value.ts';

/** What was read from a text, and what of it was not. */
export interface FoundFacts {
  readonly facts: readonly Fact[];
  /** Lines with names that no field takes, as written. */
  readonly further: readonly string[];
  /** The Markdown without the facts and these lines. */
  readonly rest: string;
}

/**
 * The facts that stand in a text as labels with values: in lines, lists, tables and quotations.
 * `where`: in words for the author, "below the title". The text must be within the limits of
 * markdown-limits.ts.
 */
export function takeFacts(markdown: string, where: string, context: ReadingContext): FoundFacts {
  const blocks = blocksOf(markdown);
  const found = blocks.map((block) => (isEmptyBlock(block) ? undefined : factsOfBlock(block, markdown, where, context)));
  const facts: Fact[] = [];
  const further: string[] = [];
  const rest: string[] = [];
  for (const [i, block] of blocks.entries()) {
    const beside = found[i - 1] !== undefined || found[i + 1] !== undefined;
    const taken = found[i] ?? (beside ? labelsBesideFacts(block, markdown) : undefined);
    facts.push(...(taken?.facts ?? []));
    further.push(...(taken?.further ?? []));
    const left = taken === undefined ? block.source : taken.rest;
    if (left !== '') rest.push(left);
  }
  return { facts, further, rest: rest.join('\n\n') };
}

/** A line of labels in bold beside lines of facts belongs to them. */
function labelsBesideFacts(block: MarkdownBlock, markdown: string): FoundFacts | undefined {
  if (isEmptyBlock(block)) return undefined;
  const split = splitLabels(block, markdown);
  const labels = split?.form === 'line' ? split.pieces.filter(isLabelled) : [];
  const isOnlyLabels = labels.length > 0 && labels.length === split?.pieces.length;
  return isOnlyLabels && labels.every((label) => label.isSet && label.value.length <= longestFurther && textFactOf(label) === undefined)
    ? { facts: [], further: labels.map(({ source }) => source), rest: '' }
    : undefined;
}

/**
 * The facts of a text that stays as it is, because it is about something, or stands below a heading
 * that we do not know. They are trusted a little less, and what is not understood is no fact.
 */
export const copyFacts = (markdown: string, where: string, context: ReadingContext): Fact[] =>
  takeFacts(markdown, where, context)
    .facts.filter(({ field, unread }) => copied.has(field) && (unread === undefined || field === 'severity'))
    .map(({ source: _, ...fact }) => ({ ...fact, trust: (fact.trust ?? 0) - unknownHeadingCosts }));
const copied = new Set([
  'severity',
  'status',
  'startedAt',
  'detectedAt',
  'mitigatedAt',
  'resolvedAt',
  'services',
  'regions',
  'owningTeam',
  'incidentId',
  'authors',
  'customersAffected',
]);

/**
 * The lines of a text that say when there is news, or whom to ask. They are about the incident,
 * whatever the text is about.
 */
export function takeSupportLabels(markdown: string, where: string, context: ReadingContext): Pick<FoundFacts, 'facts' | 'rest'> {
  const facts: Fact[] = [];
  const rest: string[] = [];
  let fence = '';
  for (const line of markdown.split('\n')) {
    const before = fence;
    fence = fenceAfter(line, fence);
    const name = before === '' && fence === '' && line.length <= longestFurther ? supportLabel.exec(line)?.[1] : undefined;
    const found = name !== undefined && ofSupport.has(findLabel(name.trim()) ?? '') ? takeFacts(line, where, context) : undefined;
    if (found && found.facts.length > 0 && found.rest === '' && found.further.length === 0) facts.push(...found.facts);
    else rest.push(line);
  }
  return facts.length === 0 ? { facts, rest: markdown } : { facts, rest: trimBlankLines(rest.join('\n')) };
}
const supportLabel = /^ {0,3}(?:\*\*|__)?(\p{L}[\p{L} ]{3,40}?)(?:\*\*|__)?[:：](?!\/\/)/u;
const ofSupport = new Set(['contact', 'nextNewsAt']);

/** Undefined for a block without facts. */
function factsOfBlock(block: MarkdownBlock, markdown: string, where: string, context: ReadingContext): FoundFacts | undefined {
  const split = splitLabels(block, markdown);
  if (split === undefined) return undefined;
  const judged = split.pieces.map((piece) => ({ piece, fact: isLabelled(piece) ? factIn(piece, split.form, where, context) : undefined }));
  const hasFacts = judged.some(({ fact }) => fact !== undefined);
  const noted = split.pieces.filter((piece) => isLabelled(piece) && isNoted(piece));
  if (!hasFacts && !noted.some((piece) => isLabelled(piece) && piece.isSet) && (noted.length === 0 || noted.length < split.pieces.length))
    return undefined;
  const facts: Fact[] = [];
  const further: string[] = [];
  const rest: string[] = [];
  for (const { piece, fact } of judged) {
    if (fact !== undefined) facts.push(fact);
    else if (!isLabelled(piece)) rest.push(piece);
    else if (split.form === 'table' && hasFacts && textFactOf(piece) !== undefined) facts.push(...[textFactOf(piece) ?? []].flat());
    else if (isLeftEmpty(piece)) continue;
    else if (isNoted(piece) || (piece.isSet && (split.form === 'table' || piece.value.length <= longestFurther)))
      further.push(piece.source);
    else rest.push(split.form === 'list' ? `- ${piece.source}` : piece.source);
  }
  return { facts, further, rest: rest.join('\n') };
}
const longestFurther = 300;

function factIn(piece: Labelled, form: Form, where: string, context: ReadingContext): Fact | undefined {
  const fact = factOf(piece, context);
  if (fact === undefined || (form !== 'line' && isFieldOfVisibility(fact.field))) return undefined;
  return { ...fact, place: `the ${form} ${where}`, source: piece.source };
}

/** In tables and lists these are often about a system. The marks of restriction/ judge them. */

/** A known name with nothing behind it, as a template has it. */
const isLeftEmpty = ({ label, value }: Labelled): boolean => value === '' && fieldOfLabel(label) !== undefined;

/** Known, but no field of ours: a duration, a version, the reviewers. */
const isNoted = (piece: Labelled): boolean =>
  findLabel(nameIn(bare(piece.label))) === 'noted' && piece.value !== '' && (piece.isSet || isNotedValue(piece.value));

/** Lines that no field takes, as facts that are kept. */
export const asFurther = (lines: readonly string[]): Fact[] =>
  lines.map((source) => ({ field: furtherLine, sent: { value: source, as: furtherLine }, source }));
