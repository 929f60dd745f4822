import type { Draft } from './read-fields.ts';
import type { Reading } from './reading.ts';
import { isRecord } from './sent-fields.ts';

/** How many entries the lists of a postmortem hold. See its schema. */
const lists = [
  { field: 'actionItems', most: 200, name: 'action items' },
  { field: 'timeline', most: 1000, name: 'timeline entries' },
] as const;

/**
 * The first entries of lists that a document fills beyond what a postmortem holds. The others are
 * kept as text in sections of their own, with a warning. A program that sends too many in JSON is
 * refused, because it can send fewer.
 */
export function withoutSurplus(draft: Draft, reading: Reading): { draft: Draft; surplus: { heading: string; body: string }[] } {
  const kept: Record<string, unknown> = { ...draft };
  const surplus: { heading: string; body: string }[] = [];
  for (const { field, most, name } of lists) {
    const entries = draft[field];
    if (reading.source === 'json' || !Array.isArray(entries) || entries.length <= most) continue;
    const heading = `More ${name}`;
    kept[field] = entries.slice(0, most);
    surplus.push({ heading, body: entries.slice(most).map(lineOf).join('\n') });
    reading.warnings.push(
      `There are ${entries.length} ${name}: the first ${most} are read, and the other ${entries.length - most} are kept as text under "${heading}". Put the most important ones first, or split the document.`,
    );
  }
  return { draft: kept, surplus };
}

function lineOf(entry: unknown): string {
  if (!isRecord(entry)) return '';
  const { title, at, event, ...facts } = entry;
  const aside = Object.values(facts).filter((value) => value !== undefined);
  const told = [at, title ?? event].filter((value) => value !== undefined).join(' ');
  return `- ${told.replace(/\n/g, '\n  ')}${aside.length === 0 ? '' : ` (${aside.join(', ')})`}`;
}
