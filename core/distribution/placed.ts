import { LineCounter, parseDocument } from 'yaml';
import type { Flaw } from '../shared/errors.ts';
import { positionOf } from './yaml-positions.ts';

/**
 * Flaws with the line and column of their fields in a YAML text that can be read, in its order. A
 * field that is not there has the place of the nearest one above it.
 */
export function placed(text: string, flaws: readonly Flaw[]): Flaw[] {
  if (flaws.length === 0) return [];
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const found = flaws.map((flaw) => ({ ...flaw, ...positionOf(document, lines, flaw.field.split('.'), 'value') }));
  return found.toSorted((a, b) => a.line - b.line || a.column - b.column);
}
