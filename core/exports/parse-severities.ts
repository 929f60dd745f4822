import { type Severity, Severity as SeveritySchema, severities } from '../postmortem/postmortem.ts';
import type { SeverityMapping } from './exported-record.ts';

/**
 * Reads `P1=sev1,P2=sev2`. Returns the mapping, or what is wrong with the text. A word that stands
 * twice with two meanings is wrong.
 */
export function parseSeverities(text: string): SeverityMapping | string {
  const mapping = new Map<string, Severity>();
  for (const pair of text.split(',')) {
    const at = pair.lastIndexOf('=');
    const word = pair.slice(0, Math.max(0, at)).trim().toLowerCase();
    const severity = SeveritySchema.safeParse(
      pair
        .slice(at + 1)
        .trim()
        .toLowerCase(),
    ).data;
    if (word === '' || severity === undefined) return `"${pair.trim()}" is no pair of a word and one of ${severities.join(', ')}`;
    if ((mapping.get(word) ?? severity) !== severity) return `"${word}" stands there twice`;
    mapping.set(word, severity);
  }
  return mapping;
}
