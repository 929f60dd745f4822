import type { UnknownField } from '../reading.ts';
import type { SentFields } from '../sent-fields.ts';
import { type Fact, type ReadingContext, trusts } from './fact.ts';
import { factOf } from './read-value.ts';

/** Fields that a key of another language may give. */
const taken = new Set([
  'title',
  'severity',
  'status',
  'startedAt',
  'detectedAt',
  'mitigatedAt',
  'resolvedAt',
  'publishedAt',
  'services',
  'authors',
]);

/**
 * Takes the keys of front matter that are labels in some language, as in `severidade: média`, out
 * of `unknown`. They count as labels of the body do: what is not understood is no refusal and
 * stays text. A field that has a key of ours keeps it.
 */
export function takeForeignKeys(unknown: UnknownField[], known: SentFields, context: ReadingContext): Fact[] {
  const facts: Fact[] = [];
  for (const one of [...unknown]) {
    const { as, value, shape } = one;
    if (shape !== '' || as.includes('.') || typeof value !== 'string' || value.includes('\n')) continue;
    const source = `**${as}:** ${value}`;
    const fact = factOf({ label: as, value, source, isSet: true }, context);
    if (fact === undefined || fact.unread !== undefined || !taken.has(fact.field) || known.has(fact.field)) continue;
    unknown.splice(unknown.indexOf(one), 1);
    facts.push({
      ...fact,
      place: 'the front matter',
      trust: Math.max(fact.trust ?? 0, fact.field === 'title' ? trusts.title : trusts.label),
      source,
    });
  }
  return facts;
}
