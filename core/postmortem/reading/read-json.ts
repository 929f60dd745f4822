import { Refused } from '../../shared/errors.ts';
import { findSeverity, findStatus } from './classification-words.ts';
import { refuseUnreadable, refuseUnreadableText } from './clean-text.ts';
import { refuseDoubleKeys } from './double-keys.ts';
import { openEnvelopes } from './envelopes.ts';
import { finishPostmortem, type Given } from './finish-postmortem.ts';
import { sectionsOf } from './headings/heading-map.ts';
import { factsOfMarkdown } from './read-markdown.ts';
import { short } from './read-values.ts';
import { newReading, type Reading, type ReadPostmortem, type SentField, unreadable } from './reading.ts';
import { marksInFields } from './restriction/restriction-marks.ts';
import { isRecord, type SentFields, takeFields } from './sent-fields.ts';
import { nameIn, plainLevel, wordsIn } from './tool-values.ts';

/**
 * Reads a postmortem sent as JSON: with our names, or as a tool exports it, in an envelope, with
 * objects for names and with a document as one text of Markdown. The fields take precedence over
 * that text. Unknown keys are kept as text, with a warning. Throws `Refused` with everything that
 * is wrong.
 */
export function readJson(text: string, given: Given): ReadPostmortem {
  refuseUnreadableText(text);
  const value = parse(text);
  refuseDoubleKeys(text);
  refuseUnreadable(value);
  const levels = openEnvelopes(value);
  if (levels.length === 0) throw unreadable('is not a JSON object', 'Send one object with the fields of a postmortem.');
  const reading = newReading(given, 'json');
  reading.marks.push(...marksInFields(isRecord(value) ? value : { list: value }));
  const sent = asPeopleWrite(takeFields(levels.flatMap(plainLevel), reading), given);
  const { fields, documents } = partDocuments(sent);
  refuseForeign(fields, documents, reading);
  if (documents.length === 0) return { ...finishPostmortem(fields, [], given, reading), sections: sectionsOf(fields.keys()) };
  const read = factsOfMarkdown(documents.join('\n\n'), fields, given, reading);
  return { ...finishPostmortem(read.fields, read.facts, given, reading), sections: read.sections };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(`is not JSON: ${error instanceof Error ? error.message : String(error)}`, 'Send one JSON object.');
  }
}

/**
 * The fields with words where tools send objects, and with a severity that stands in a label or as
 * the grade of an impact.
 */
function asPeopleWrite(sent: SentFields, { aliases }: Given): SentFields {
  const isSeverity = (word: string) => findSeverity(word, aliases) !== undefined;
  const isStatus = (word: string) => findStatus(word) !== undefined;
  const fields = new Map(sent);
  const change = (field: string, how: (one: SentField) => SentField) => {
    const several = fields.get(field);
    if (several !== undefined) fields.set(field, several.map(how));
  };
  const asWord = (isMeant: (word: string) => boolean) => (one: SentField) => {
    if (!isRecord(one.value)) return one;
    const words = wordsIn(one.value);
    return { ...one, value: words.find(isMeant) ?? words[0] ?? one.value };
  };
  change('severity', asWord(isSeverity));
  change('status', asWord(isStatus));
  for (const field of ['title', 'owningTeam', 'summary', 'resolution', 'visibility', 'incidentId']) {
    change(field, (one) => (isRecord(one.value) ? { ...one, value: nameIn(one.value) ?? one.value } : one));
  }
  const grades = (fields.get('impactText') ?? []).filter(
    ({ value }) => typeof value === 'string' && value.length < 20 && isSeverity(value),
  );
  const labels = (fields.get('tags') ?? []).flatMap((one) => labelsIn(one, isSeverity));
  if (grades.length > 0) fields.set('impactText', fields.get('impactText')?.filter((one) => !grades.includes(one)) ?? []);
  const said = [...grades, ...labels.filter(({ field }) => field === 'severity')].filter(({ value }) => value !== 'none');
  if (said.length > 0) fields.set('severity', [...(fields.get('severity') ?? []), ...said]);
  const services = labels.filter(({ field }) => field === 'services');
  if (services.length > 0) fields.set('services', [...(fields.get('services') ?? []), ...services]);
  return fields;
}

/** What labels such as `severity::2`, `sev1` and `service:checkout` say. */
function labelsIn({ value, as }: SentField, isSeverity: (word: string) => boolean): (SentField & { field: string })[] {
  const labels = (Array.isArray(value) ? value : [value]).map((label) => (isRecord(label) ? nameIn(label) : label));
  return labels.flatMap((label) => {
    if (typeof label !== 'string' || label.length > 200) return [];
    const [, key = '', word = ''] = /^~?"?([A-Za-z]+)(?:::|[:=/])\s*([^"]+)"?$/.exec(label) ?? [];
    if (/^(?:severity|sev|priority)$/i.test(key) && isSeverity(word)) return [{ field: 'severity', value: word, as }];
    if (/^services?$/i.test(key)) return [{ field: 'services', value: word, as }];
    return /^(?:sev(?:erity)?|p|s)[-_ ]?[0-5]$/i.test(label) && isSeverity(label) ? [{ field: 'severity', value: label, as }] : [];
  });
}

const hasHeading = /^(?: {0,3}#{1,6}[ \t]|<h[1-6][\s>])/im;
const textOf = ({ value }: SentField): string =>
  typeof value === 'string' ? value.trim() : isRecord(value) ? (nameIn(value) ?? '').trim() : '';

/**
 * Takes the texts that are whole documents out of the fields, each once: a field of that name, a
 * description or an update with headings, and a second summary.
 */
function partDocuments(sent: SentFields): { fields: SentFields; documents: string[] } {
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
  const descriptions = taken('summary', (one) => !/summary$/i.test(one.as) && hasHeading.test(textOf(one)));
  const updates = [...taken('latestUpdate').filter((one) => hasHeading.test(textOf(one))), ...updatesWithHeadings(fields)];
  const isLine = (one: SentField) => typeof one.value === 'string' && one.value.length <= 200 && !one.value.includes('\n');
  const summaries = fields.get('summary') ?? [];
  const [first] = summaries;
  // Jira and other trackers call the title a summary.
  if (first && !fields.has('title') && isLine(first) && (markdown.length > 0 || descriptions.length > 0 || summaries.length > 1)) {
    fields.set(
      'title',
      taken('summary', (one) => one === first),
    );
  }
  const others = taken('summary', (_, i) => i > 0);
  const documents = [...(markdown.length > 0 ? markdown : html), ...descriptions, ...updates, ...others].map(textOf).filter(Boolean);
  return { fields, documents: [...new Set(documents)] };
}

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

/** Fields that any JSON may have. */
const general = new Set(['id', 'incidentId', 'title', 'summary', 'links', 'tags', 'authors', 'status', 'ignored']);

/** Refuses JSON that is about something else: it has foreign keys and none of a postmortem. */
function refuseForeign(fields: SentFields, documents: readonly string[], { unknown }: Reading): void {
  const isForeign = documents.length === 0 && unknown.length > 2 && [...fields.keys()].every((field) => general.has(field));
  if (!isForeign) return;
  const foreign = unknown.slice(0, 3).map(({ as }) => `"${short(as)}"`);
  throw new Refused('content', [
    {
      field: unknown[0]?.as ?? '',
      problem: `is no field of a postmortem, and neither are most others (${foreign.join(', ')} …)`,
      remedy: 'Send at least one of severity, startedAt, summary with services, sections or body; see docs/postmortem.schema.json.',
    },
  ]);
}
