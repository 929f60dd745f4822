import { Refused } from '../../shared/errors.ts';
import { asPeopleWrite } from './as-people-write.ts';
import { refuseUnreadable, refuseUnreadableText } from './clean-text.ts';
import { partDocuments } from './documents-in-json.ts';
import { refuseDoubleKeys } from './double-keys.ts';
import { openEnvelopes } from './envelopes.ts';
import { stateOfTitle } from './facts/notices.ts';
import { finishPostmortem, type Given } from './finish-postmortem.ts';
import { sectionsOf } from './headings/heading-map.ts';
import { likelyField } from './likely-names.ts';
import { partNamedTexts } from './named-texts.ts';
import { factsOfMarkdown } from './read-markdown.ts';
import { short } from './read-values.ts';
import { newReading, type Reading, type ReadPostmortem, unreadable } from './reading.ts';
import { marksInFields } from './restriction/restriction-marks.ts';
import { isRecord, type SentFields, takeFields } from './sent-fields.ts';
import { plainLevel } from './tool-values.ts';

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
  const reading: Reading = { ...newReading(given, 'json'), likelyField };
  reading.marks.push(...marksInFields(isRecord(value) ? value : { list: value }));
  const isStored = isAsStored(value);
  const taken = takeFields(levels.flatMap(plainLevel), reading);
  const sent = isStored ? taken : asPeopleWrite(taken, given.aliases, reading);
  const named = isStored ? { fields: sent, texts: [] } : partNamedTexts(sent, given.headings, reading);
  const { fields, documents: whole } = isStored ? { fields: sent, documents: [] } : partDocuments(named.fields, reading);
  const documents = [...whole, ...named.texts];
  refuseForeign(fields, documents, reading);
  const state = stateOfTitle(String(fields.get('title')?.[0]?.value ?? ''));
  if (documents.length === 0) return { ...finishPostmortem(fields, state, given, reading), sections: sectionsOf(fields.keys()) };
  const read = factsOfMarkdown(documents.join('\n\n'), fields, given, reading);
  return { ...finishPostmortem(read.fields, read.facts, given, reading), sections: read.sections };
}

/** What GET answers has every list. Its texts were read before, and stay what they are. */
const lists = ['services', 'authors', 'tags', 'rootCauses', 'contributingFactors', 'timeline', 'actionItems', 'links', 'sections'];
const isAsStored = (value: unknown): boolean => isRecord(value) && lists.every((name) => Array.isArray(value[name]));

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw unreadable(`is not JSON: ${error instanceof Error ? error.message : String(error)}`, 'Send one JSON object.');
  }
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
