import { toInstant } from '../../shared/instant.ts';
import { lazily } from '../../shared/lazily.ts';
import { labelOf } from './actions/action-words.ts';
import { findSeverity, findStatus, severityAliases } from './classification-words.ts';
import { findLabel } from './facts/label-names.ts';
import { headingReader } from './headings/heading-map.ts';
import { readMoments } from './moments/read-moments.ts';
import type { Shape } from './reading.ts';
import { wordsIn } from './tool-values.ts';

/** Fields by a name that no list has. `find` knows the names in the lists. */
type Find = (name: string) => string | undefined;

/**
 * The field that a member of a tool's JSON most likely is, by a name that documents use for it: a
 * label ("Impact ended"), or a known name behind a word for the document or the incident
 * (`report_title`, `u_outage_start`). It counts only if the value is one that the field can have,
 * so that nothing is refused because of it.
 */
export function likelyField(shape: Shape, name: string, value: unknown, find: Find): string | undefined {
  if (name.length > longestName) return undefined;
  if (shape === 'action') return actionField(name);
  if (shape === 'lessons' || shape === 'rootCause') {
    const to = readHeading(spaced(name))?.meaning.to;
    return to !== undefined && partsOf[shape].has(to) && isText(value) ? to : undefined;
  }
  if (shape !== '') return undefined;
  const bare = spaced(name);
  const field = [bare, ...behindPrefix(bare)].map((one) => find(one) ?? findLabel(one)).find((one) => one !== undefined);
  const likely = field ?? ends.get(bare) ?? listField(bare, value);
  return likely !== undefined && likely !== 'ignored' && mayBe(likely, value) ? likely : undefined;
}
const longestName = 60;
const partsOf = {
  lessons: new Set(['wentWell', 'wentWrong', 'gotLucky']),
  rootCause: new Set(['trigger', 'contributingFactors', 'fiveWhys']),
};
const isText = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

/** `whatWentWell` and `what_went_well` as words. */
export const spaced = (key: string): string =>
  key
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[\s_-]+/g, ' ')
    .trim();

/**
 * A day of the document is no day of the incident, and who leads an incident need not write of it.
 */
const ofDocument = new Set(['title', 'status', 'summary', 'authors', 'publishedAt', 'visibility', 'restricted']);
const notOfIncident = new Set(['id', 'authors', 'tags', 'publishedAt']);

function behindPrefix(name: string): string[] {
  const [, prefix = '', rest = ''] =
    /^(?:(report|post ?mortem|pm|review|retro(?:spective)?|document|doc)|incident|outage|event|issue|disruption) (.+)$/i.exec(name) ?? [];
  const field = rest === '' ? undefined : findLabel(rest);
  if (field === undefined) return [];
  return (prefix === '' ? !notOfIncident.has(field) : ofDocument.has(field)) ? [rest] : [];
}

/** Ends of a window, beside `from`. */
const ends: ReadonlyMap<string, string> = new Map([['to', 'resolvedAt']]);

const readHeading = headingReader();
function listField(name: string, value: unknown): string | undefined {
  if (!Array.isArray(value) || !value.some((one) => typeof one === 'object')) return undefined;
  const to = readHeading(name)?.meaning.to;
  return to === 'timeline' || to === 'actionItems' ? to : undefined;
}

function actionField(name: string): string | undefined {
  const field = labelOf(spaced(name))?.field;
  return field === 'status' || field === 'title' || field === 'owner' || field === 'due' || field === 'cost' || field === 'consequence'
    ? field
    : undefined;
}

const moments = new Set(['startedAt', 'detectedAt', 'mitigatedAt', 'resolvedAt', 'publishedAt', 'nextNewsAt']);
const usual = lazily(() => severityAliases({}));

/** Whether a value can be one of this field. */
function mayBe(field: string, value: unknown): boolean {
  if (moments.has(field)) return isMoment(value);
  if (field === 'severity') return wordsOf(value).some((word) => findSeverity(word, usual()) !== undefined);
  if (field === 'status') return wordsOf(value).some((word) => findStatus(word) !== undefined);
  if (field === 'customersAffected') return typeof value === 'number' && Number.isInteger(value) && value >= 0;
  if (field === 'title' || field === 'summary') return typeof value === 'string' && (field === 'summary' || !value.includes('\n'));
  if (field === 'contact') return typeof value === 'string' && value.length <= 300 && !value.includes('\n');
  if (field === 'timeline' || field === 'actionItems') return Array.isArray(value);
  return field !== 'id' && field !== 'externallyVisible' && field !== 'noted';
}
const wordsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? wordsIn(Object.fromEntries(Object.entries(value)))
      : [];

const isMoment = (value: unknown): boolean =>
  instantOfCount(value) !== undefined || (typeof value === 'string' && readMoments(value, { zone: 'UTC' }).kind === 'moments');

/** The instant that a count of seconds or milliseconds since 1970 means, from 2001 to 2100. */
export function instantOfCount(value: unknown): string | undefined {
  const count =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{10}(?:\d{3})?(?:\.\d{1,9})?$/.test(value)
        ? Number(value)
        : Number.NaN;
  const seconds = count > 1e11 ? count / 1000 : count;
  if (!(seconds >= 1e9 && seconds < 4_102_444_800)) return undefined;
  return toInstant(new Date(Math.trunc(seconds * 1000)));
}
