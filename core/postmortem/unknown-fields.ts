import { cut } from '../shared/cut.ts';
import { isNear } from '../shared/nearest.ts';
import { cleanText, withoutUnseen } from './hidden-characters.ts';
import type { Reading } from './reading.ts';
import { isRecord, type Sent } from './sent-fields.ts';

const mostTold = 20;
const longestName = 60;
const longestValue = 1000;

/** Turns the keys that stand for nothing into flaws, or into one warning. */
export function tellUnknownFields({ unknown, unknownKeys, flaws, warnings }: Reading): void {
  const remedy = 'Remove it, or use a name from docs/postmortem.schema.json.';
  if (unknownKeys === 'refuse') {
    flaws.push(...unknown.map(({ as }) => ({ field: as, problem: 'is not a field of a postmortem', remedy })));
    return;
  }
  // Told to everybody because of a slip of the finger: the one field for which a warning would come too late.
  const slips = unknown.filter(({ as }) => isNear(as, 'restricted', 2));
  flaws.push(
    ...slips.map(({ as }) => ({
      field: as,
      problem: 'is not a field; is "restricted" meant?',
      remedy: 'Write restricted: true or false.',
    })),
  );
  const said = unknown.filter(({ value }) => written(value) !== '').map(({ as }) => nameOf(as));
  if (said.length === 0) return;
  const names = said.slice(0, mostTold).join(', ');
  warnings.push(`Not understood and kept as text under "${furtherFields}": ${names}${said.length > mostTold ? ' and more' : ''}.`);
}

/** Where an author may have said something that no field takes, it is kept: as the last section. None where keys are refused. */
export function unknownAsSection({ unknown, unknownKeys }: Reading): { heading: string; body: string }[] {
  if (unknownKeys === 'refuse') return [];
  const lines = unknown
    .map(({ as, value }: Sent) => ({ name: nameOf(as), text: written(value) }))
    .filter(({ text }) => text !== '')
    .map(({ name, text }) => `- **${name}:** ${text}`);
  return lines.length === 0 ? [] : [{ heading: furtherFields, body: lines.join('\n') }];
}
/** Heading of the section that keeps them. */
export const furtherFields = 'Further fields';

const nameOf = (key: string): string => oneLine(cut(withoutUnseen(key).replace(/[*_[\]<>`\\]/g, ' '), longestName));
const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim().toWellFormed();

const written = (value: unknown): string => oneLine(cut(inWords(value), longestValue));
function inWords(value: unknown): string {
  if (Array.isArray(value)) return value.map(inWords).filter(Boolean).join(', ');
  if (!isRecord(value)) return value === null || value === undefined ? '' : String(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${inWords(member)}`)
    .join('; ');
}
