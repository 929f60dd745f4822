import { adfToMarkdown, isAdf } from './adf.ts';
import { squeezeName } from './field-names.ts';
import { isRecord, type Level } from './sent-fields.ts';

/**
 * A value of a tool's JSON in the form in which people write it: text for a document in
 * Atlassian's format, the resource itself for one of JSON:API, the shown value for one that is
 * stored as a code.
 */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'string') return fromSource(value);
  if (!isRecord(value)) return value;
  if (isAdf(value)) return adfToMarkdown(value);
  const keys = Object.keys(value);
  if ('data' in value && keys.every((key) => ['data', 'links', 'meta'].includes(key))) return plainValue(value.data);
  if (isRecord(value.attributes) && 'type' in value) return plainValue({ ...value.attributes, id: value.id });
  if ('display_value' in value) return instantOf(value.value) ?? value.display_value;
  if ('value' in value && keys.every((key) => ['type', 'value', 'value_type', 'id'].includes(key))) return plainValue(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plainValue(member)]));
}

/** ServiceNow stores times in UTC, and shows them in the zone of whoever exports them. */
const instantOf = (stored: unknown): string | undefined =>
  typeof stored === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(stored) ? `${stored} UTC` : undefined;

/** Opsgenie sends some documents as the source text of their JSON. */
function fromSource(text: string): string {
  if (!/^\s*\{/.test(text) || !text.includes('"doc"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isAdf(value) ? adfToMarkdown(value) : text;
  } catch {
    return text;
  }
}

/** Lists in which each entry has the name of a field and its value. */
const namedLists = new Set(
  [
    'incident timestamp values',
    'incident timestamps',
    'timestamps',
    'milestones',
    'custom field entries',
    'custom fields',
    'field values',
  ].map(squeezeName),
);

/**
 * The same objects with plain values. The entries of such lists are members of an object of their
 * own, which comes first: people set them, while a tool sets the moments beside them.
 */
export const plainLevel = ({ path, record }: Level): Level[] => {
  const own: Record<string, unknown> = {};
  const named: Level[] = [];
  for (const [key, member] of Object.entries(record)) {
    const value = plainValue(member);
    if (namedLists.has(squeezeName(key)) && Array.isArray(value)) {
      const entries = value.filter(isRecord).flatMap(namedEntry);
      named.push({ path: path === '' ? key : `${path}.${key}`, record: Object.fromEntries(entries) });
    } else own[key] = value;
  }
  return [...named, { path, record: own }];
};

function namedEntry(entry: Readonly<Record<string, unknown>>): [string, unknown][] {
  const about = ['incident_timestamp', 'custom_field', 'field'].map((key) => entry[key]).find(isRecord) ?? entry;
  const name = nameIn(about, ['name', 'display_name', 'label', 'type', 'title', 'slug', 'key']);
  const values = ['value', 'values', 'value_text', 'occurred_at', 'last_occurred_at', 'timestamp', 'at'].map((key) => entry[key]);
  const value = values.find((one) => one !== undefined && one !== null);
  return name === undefined || value === undefined ? [] : [[name, chosen(value)]];
}

/** `{ value: … }` of a timestamp, and the choices of a field. */
function chosen(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(chosen);
  if (!isRecord(value)) return value;
  return value.value ?? nameIn(value) ?? value;
}

/** Members by which tools name something, most telling first. */
export const naming = {
  person: ['name', 'display_name', 'displayName', 'full_name', 'summary'],
  account: ['handle', 'login', 'username', 'github', 'email'],
  thing: [
    ...['name', 'display_name', 'displayName', 'title', 'label', 'text', 'value', 'full_name', 'summary', 'description', 'slug', 'key'],
    ...['value_text', 'value_option', 'value_catalog_entry', 'value_link', 'value_numeric', 'handle', 'login', 'username', 'email'],
  ],
  text: ['markdown', 'body', 'content', 'details', 'text', 'value', 'message', 'html', 'description', 'summary', 'raw'],
} as const;
/** Objects that lead to the thing that is meant. */
const leading = ['impact', 'service', 'component', 'team', 'user', 'assignee', 'group', 'catalog_entry', 'severity', 'status'];

/** What an object calls itself. Undefined if it has no name. */
export function nameIn(record: Readonly<Record<string, unknown>>, names: readonly string[] = naming.thing): string | undefined {
  for (const key of names) {
    const value = record[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number') return String(value);
    if (isRecord(value)) return nameIn(value, names);
  }
  const inner = leading.map((key) => record[key]).find(isRecord);
  return inner === undefined ? undefined : nameIn(inner);
}

/** Every short text in an object that may be the word that is looked for. */
export const wordsIn = (record: Readonly<Record<string, unknown>>): string[] =>
  [...naming.thing, 'category', 'severity', 'type'].flatMap((key) => {
    const value = record[key];
    return typeof value === 'string' && value.trim() !== '' ? [value] : isRecord(value) ? wordsIn(value) : [];
  });
