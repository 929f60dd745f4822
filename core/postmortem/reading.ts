import { type Flaw, Refused } from '../shared/errors.ts';
import { withoutUnseen } from './hidden-characters.ts';

/** What came up while one document was read. One for each document; everything found is told at once. */
export interface Reading {
  readonly flaws: Flaw[];
  readonly warnings: string[];
  /** Keys that stand for nothing we know, in the sender's spelling. */
  readonly unknown: string[];
  /** What becomes of those keys. */
  readonly unknownKeys: 'refuse' | 'report';
  /** Dates without a year, and "in the future", are told from here. */
  readonly now: Date;
}

export const newReading = (now: Date, unknownKeys: Reading['unknownKeys']): Reading => ({
  flaws: [],
  warnings: [],
  unknown: [],
  unknownKeys,
  now,
});

/** Turns the unknown keys into flaws, or into one warning. */
export function tellUnknownKeys({ unknown, unknownKeys, flaws, warnings }: Reading): void {
  if (unknown.length === 0) return;
  const remedy = 'Remove it, or use a name from docs/postmortem.schema.json.';
  if (unknownKeys === 'refuse') flaws.push(...unknown.map((field) => ({ field, problem: 'is not a field of a postmortem', remedy })));
  else
    warnings.push(`Not understood and left out: ${unknown.slice(0, 20).map(quoted).join(', ')}${unknown.length > 20 ? ' and more' : ''}.`);
}
const quoted = (key: string): string => withoutUnseen(key).slice(0, 60).replace(/\s+/g, ' ');

/** Throws `Refused` with everything that was found, or does nothing. */
export function refuseFlawed(reading: Reading): void {
  if (reading.flaws.length > 0) throw new Refused('content', reading.flaws.slice(0, mostFlaws));
}
const mostFlaws = 50;

/** The text cannot be read as what it claims to be. */
export const unreadable = (problem: string, remedy: string, position: { line?: number; column?: number } = {}): Refused =>
  new Refused('unreadable', [{ field: '', problem, remedy, ...position }]);
