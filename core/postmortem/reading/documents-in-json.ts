import type { Reading, SentField } from './reading.ts';
import { isRecord, type SentFields } from './sent-fields.ts';
import { nameIn, naming } from './tool-values.ts';

const hasHeading = /^(?: {0,3}#{1,6}[ \t]|<h[1-6][\s>])/im;
const textOf = ({ value }: SentField): string =>
  typeof value === 'string' ? value.trim() : isRecord(value) ? (nameIn(value, naming.text) ?? '').trim() : '';

/**
 * Takes the texts that are whole documents out of the fields, each once: a field of that name, a
 * description or an update with headings, and a second summary.
 */
export function partDocuments(sent: SentFields, reading: Reading): { fields: SentFields; documents: string[] } {
  const fields = new Map([...sent].map(([field, several]) => [field, [...several]]));
  const taken = (field: string, isMeant: (one: SentField, i: number) => boolean = () => true): SentField[] => {
    const several = fields.get(field) ?? [];
    const meant = several.filter(isMeant);
    const rest = several.filter((one) => !meant.includes(one));
    if (rest.length === 0) fields.delete(field);
    else fields.set(field, rest);
    return meant;
  };
  const [markdown, html] = [taken('document'), taken('documentHtml')];
  for (const one of [...markdown, ...html]) if (textOf(one) === '' && !isEmpty(one.value)) reading.unknown.push({ ...one, shape: '' });
  const descriptions = taken('summary', (one) => !/summary$/i.test(one.as) && hasHeading.test(textOf(one)));
  const updates = [...taken('latestUpdate').filter((one) => hasHeading.test(textOf(one))), ...updatesWithHeadings(fields)];
  const whole = [...(markdown.length > 0 ? markdown : html), ...descriptions, ...updates];
  // Jira and other trackers call the title a summary.
  const [first, second] = fields.get('summary') ?? [];
  const isMore = whole.length > 0 || second !== undefined;
  const isTitle = first !== undefined && isLine(first) && isMore;
  if (isTitle && !fields.has('title'))
    fields.set(
      'title',
      taken('summary', (one) => one === first),
    );
  const title = textOf(fields.get('title')?.[0] ?? { value: '', as: '' });
  // Beside another text, a summary that repeats the title says nothing.
  taken('summary', (one) => isMore && textOf(one).replace(/^\[#?\d+\]\s*/, '') === title);
  const documents = [...whole, ...taken('summary', (_, i) => i > 0)].map(textOf).filter(Boolean);
  return { fields, documents: [...new Set(documents)] };
}
const isLine = ({ value }: SentField) => typeof value === 'string' && value.length <= 200 && !value.includes('\n');
const isEmpty = (value: unknown) =>
  value === null || (typeof value === 'string' ? value.trim() === '' : Object.keys(Object(value)).length === 0);

/** Updates that hold a whole report. What is left of each in the timeline is its first heading. */
function updatesWithHeadings(fields: Map<string, SentField[]>): SentField[] {
  const found: SentField[] = [];
  const shortened = (fields.get('timeline') ?? []).map((one) => {
    if (!Array.isArray(one.value)) return one;
    const value = one.value.map((entry) => {
      if (!isRecord(entry)) return entry;
      const told = Object.entries(entry).find(([, text]) => typeof text === 'string' && hasHeading.test(text));
      if (told === undefined) return entry;
      const [key, text] = told;
      found.push({ value: text, as: one.as });
      const heading = /^(?: {0,3}#{1,6}[ \t]+|<h[1-6][^<>]{0,300}>)([^\n<]{1,200})/im.exec(String(text))?.[1] ?? 'Report';
      return { ...entry, [key]: heading };
    });
    return { ...one, value };
  });
  if (shortened.length > 0) fields.set('timeline', shortened);
  return found;
}
