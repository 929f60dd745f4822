import { blocksOf } from '../body-blocks.ts';
import { type Fact, type ReadingContext, trusts } from './fact.ts';
import { findLabel } from './label-names.ts';
import { nameIn } from './labelled.ts';
import { type FoundFacts, takeFacts } from './read-facts.ts';
import { factBelow, namesIn, plainValue } from './read-value.ts';

const fields = new Set([
  'startedAt',
  'detectedAt',
  'mitigatedAt',
  'resolvedAt',
  'status',
  'severity',
  'authors',
  'services',
  'regions',
  'owningTeam',
  'incidentId',
  'customersAffected',
  'contact',
  'nextNewsAt',
]);

/** The field whose value stands below a heading: "Severity", "Start time". Undefined for others. */
export function valueFieldOf(heading: string): string | undefined {
  const field = heading.length > 80 ? undefined : findLabel(nameIn(heading));
  return field !== undefined && fields.has(field) ? field : undefined;
}

/** Characters. A longer text below the heading stays a section. */
const longestLine = 120;

/**
 * The value that stands alone below a heading, or the labels below it, as in "Date" with "Start: …"
 * and "End: …". More words than the value stay as text.
 */
export function readValueBelow(field: string, heading: string, body: string, context: ReadingContext): FoundFacts {
  const labels = takeFacts(body, `below "${heading}"`, context);
  if (labels.facts.length > 0) return labels;
  const value = plainText(field, body);
  const fact = value === '' || value.length > 1000 ? undefined : factBelow(field, heading, value, context);
  if (fact === undefined) return { facts: [], further: [], rest: body };
  const place = `the heading "${heading}"`;
  const trust = Math.min(fact.trust ?? 0, trusts.label) - (field === 'startedAt' && (fact.trust ?? 0) <= trusts.bareTime ? 5 : 0);
  const found: Fact = { ...fact, trust, place };
  return value.length <= longestLine && !body.trim().includes('\n\n')
    ? { facts: [{ ...found, source: `**${heading}:** ${value}` }], further: [], rest: '' }
    : { facts: [found], further: [], rest: body };
}

const plainText = (field: string, body: string): string => {
  const isList = field === 'authors' || field === 'services' || field === 'regions';
  if (isList) return namesIn(plainValue(body)).join(', ');
  const first = blocksOf(body)[0]?.source ?? '';
  const lines = (field === 'severity' || field === 'status' ? first : body)
    .split('\n')
    .map((line) => plainValue(line.replace(/^[\s>*+-]+/, '')));
  return lines.filter(Boolean).join(' ');
};
