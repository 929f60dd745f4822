import { findSeverity, findStatus, type SeverityAliases } from './classification-words.ts';
import { instantOfCount } from './likely-names.ts';
import type { Reading, SentField } from './reading.ts';
import { isRecord, type SentFields } from './sent-fields.ts';
import { nameIn, naming, wordsIn } from './tool-values.ts';

/**
 * The fields with words where tools send objects, and with a severity that stands in a label or as
 * the grade of an impact.
 */
export function asPeopleWrite(sent: SentFields, aliases: SeverityAliases, { noted }: Pick<Reading, 'noted'>): SentFields {
  const isSeverity = (word: string) => findSeverity(word, aliases) !== undefined;
  const fields = new Map([...sent].map(([field, several]) => [field, [...several]]));
  const change = (names: readonly string[], how: (value: unknown) => unknown) => {
    for (const name of names) fields.set(name, fields.get(name)?.map((one) => ({ ...one, value: how(one.value) })) ?? []);
  };
  const add = (field: string, more: readonly SentField[]) => fields.set(field, [...(fields.get(field) ?? []), ...more]);

  change(['severity'], (value) => wordFor(value, isSeverity));
  change(['status'], (value) => wordFor(value, (word) => findStatus(word) !== undefined));
  change(['owningTeam'], (value) => (Array.isArray(value) && value.length < 2 ? (value[0] ?? null) : value));
  change(['tags', 'services', 'regions'], labelsOf);
  change(['timeline', 'actionItems'], entriesOf);
  change(['timeline'], inOrder);
  change(['summary', 'detection'], (value) => (isRecord(value) ? (nameIn(value, naming.text) ?? value) : value));
  // Jira's resolution is a state.
  fields.set('resolution', fields.get('resolution')?.filter(({ value }) => !isRecord(value)) ?? []);
  fields.set('services', fields.get('services')?.map((one) => ({ ...one, value: withoutIds(one.value) })) ?? []);
  fields.set('links', linksOf(fields.get('links') ?? []));

  for (const [field, several] of withoutContradictions(fields, noted)) fields.set(field, several);
  const fixed = (fields.get('mitigatedAt') ?? []).filter(({ as }) => /fixed/i.test(as));
  const isOver = (fields.get('resolvedAt') ?? []).some(({ value }) => value !== '');
  // A tool without a moment of recovery has that of the repair.
  if (!isOver) add('resolvedAt', fixed.length > 0 ? fixed : endsByDuration(fields, noted));

  const isGrade = ({ value }: SentField) =>
    typeof value === 'string' && /^[\p{L}\p{N}].{0,18}$/u.test(value) && isSeverity(firstWords(value));
  const grades = (fields.get('impactText') ?? []).filter(isGrade);
  fields.set('impactText', fields.get('impactText')?.filter((one) => !isGrade(one)) ?? []);
  const labels = (fields.get('tags') ?? []).flatMap((one) => factsInLabels(one, isSeverity));
  const inLabels = (wanted: string) => labels.filter(({ field }) => field === wanted);
  add('severity', [...grades.map((one) => ({ ...one, value: firstWords(String(one.value)) })), ...inLabels('severity')]);
  add('services', inLabels('services'));
  if (Array.isArray(fields.get('owningTeam')?.[0]?.value)) change(['owningTeam'], (value) => (Array.isArray(value) ? value[0] : value));
  if (fields.get('owningTeam')?.length === 0) add('owningTeam', inLabels('owningTeam'));
  return new Map([...fields].filter(([, several]) => several.length > 0));
}

/**
 * The starts and ends without those that cannot be meant: an end that is before the start and has a
 * name that we only guess, and the opening of a record after the end. They are kept as text.
 */
function withoutContradictions(fields: SentFields, noted: Reading['noted']): [string, SentField[]][] {
  const timeOf = (one: SentField | undefined): number => Date.parse(instantOfCount(one?.value) ?? String(one?.value));
  const [starts, ends, repairs] = ['startedAt', 'resolvedAt', 'mitigatedAt'].map((field) => fields.get(field) ?? []) as [
    SentField[],
    SentField[],
    SentField[],
  ];
  const isLate = (one: SentField): boolean => /opened[^.]*$/i.test(one.as) && timeOf(ends[0]) < timeOf(one);
  const kept = starts.filter((one) => !isLate(one));
  const isEarly = (one: SentField): boolean => one.isLikely === true && timeOf(one) < timeOf(kept[0]);
  for (const one of [...starts.filter(isLate), ...[...ends, ...repairs].filter(isEarly)]) noted.push({ ...one, shape: '' });
  return [
    ['startedAt', kept],
    ['resolvedAt', ends.filter((one) => !isEarly(one))],
    ['mitigatedAt', repairs.filter((one) => !isEarly(one))],
  ];
}

/** The end of an incident of which tools send the start and a duration with its unit. */
function endsByDuration(fields: SentFields, noted: readonly SentField[]): SentField[] {
  const start = fields.get('startedAt')?.[0]?.value;
  const from = typeof start === 'string' || typeof start === 'number' ? (instantOfCount(start) ?? start) : '';
  const began = typeof from === 'string' && /T\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/.test(from) ? Date.parse(from) : Number.NaN;
  return noted.flatMap(({ value, as }) => {
    const [, unit = ''] = /duration_?(?:in_?)?(ms|s|m|h)[a-z]{0,6}$/i.exec(as) ?? [];
    const length = typeof value === 'number' && value > 0 ? value * (unitMs[unit.toLowerCase()] ?? Number.NaN) : Number.NaN;
    return began + length < latest ? [{ value: new Date(began + length).toISOString(), as }] : [];
  });
}
const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const latest = Date.parse('2100-01-01T00:00:00Z');

/** "1 - High" and "SEV-1 (critical)" begin with the word that is meant. */
const firstWords = (text: string): string => text.replace(/\s*(?:[:(–—]|,(?!\d)|\s-\s).*$/su, '').trim();

/** The word in a text or an object that is known, else the first one. */
function wordFor(value: unknown, isKnown: (word: string) => boolean): unknown {
  const words = typeof value === 'string' ? [value] : isRecord(value) ? wordsIn(value) : [];
  return words.find(isKnown) ?? words.map(firstWords).find(isKnown) ?? words[0] ?? value;
}

/** Labels as texts: of `{ key, label }`, and of an object of names and values. */
function labelsOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((label) => (isRecord(label) ? textOfLabel(label) : label));
  if (!isRecord(value) || nameIn(value) !== undefined) return value;
  return Object.entries(value).map(([key, label]) => `${key}: ${isRecord(label) ? (nameIn(label) ?? '') : String(label)}`);
}
const textOfLabel = (label: Readonly<Record<string, unknown>>): unknown =>
  typeof label.key === 'string' && typeof label.label === 'string' ? `${label.key}: ${label.label}` : (nameIn(label) ?? label);

/** The one list inside an object that counts its entries. */
function entriesOf(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const lists = Object.values(value).filter(Array.isArray);
  return lists.length === 1 ? lists[0] : value;
}

/**
 * Updates from the first to the last. Tools send the newest first. An update without words has the
 * word of its state.
 */
function inOrder(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  const entries = value.map((entry) => (isRecord(entry) && entry.body === '' ? { ...entry, body: entry.status ?? '' } : entry));
  const times = entries.map((entry) =>
    isRecord(entry) ? Date.parse(String(entry.display_at ?? entry.when ?? entry.created_at)) : Number.NaN,
  );
  return times.every((time, i) => i === 0 || time <= (times[i - 1] ?? 0)) ? entries.toReversed() : entries;
}

/** Opsgenie sends services by their identifiers alone. */
const withoutIds = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.filter((one) => typeof one !== 'string' || !/^(?=.*\d)[0-9a-f]{8}(?:-?[0-9a-f]{4}){0,7}$/i.test(one))
    : value;

/** Without the address of the interface where there is one for people, and without short forms. */
function linksOf(sent: readonly SentField[]): SentField[] {
  const isForPeople = sent.some(({ as }) => /(?:html|web)_url$/.test(as));
  return sent.filter(
    ({ value, as }) => !(isForPeople && /(?:^|\.)url$/.test(as)) && !(isRecord(value) && 'short' in value && 'full' in value),
  );
}

/** What labels such as `severity::2`, `sev1` and `service: checkout` say. */
function factsInLabels({ value, as }: SentField, isSeverity: (word: string) => boolean): (SentField & { field: string })[] {
  return (Array.isArray(value) ? value : [value]).flatMap((label) => {
    if (typeof label !== 'string' || label.length > 200) return [];
    const [, key = '', word = ''] = /^~?"?([A-Za-z]+)(?:::|[:=/])\s*([^"]+)"?$/.exec(label) ?? [];
    if (/^(?:severity|sev|priority)$/i.test(key) && isSeverity(word)) return [{ field: 'severity', value: word, as }];
    if (/^services?$/i.test(key)) return [{ field: 'services', value: word, as }];
    if (/^(?:team|squad)$/i.test(key)) return [{ field: 'owningTeam', value: word, as }];
    return /^(?:sev(?:erity)?|p|s)[-_ ]?[0-5]$/i.test(label) && isSeverity(label) ? [{ field: 'severity', value: label, as }] : [];
  });
}
