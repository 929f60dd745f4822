import type { PostmortemId } from '../postmortem/postmortem.ts';
import { marksInFields } from '../postmortem/reading/restriction/restriction-marks.ts';
import { findField, isFieldOfVisibility, isRecord } from '../postmortem/reading/sent-fields.ts';

/** The tools whose exports are read, by the names that begin the ids of their postmortems. */
export const vendors = ['statuspage', 'opsgenie', 'dispatch'] as const;
export type Vendor = (typeof vendors)[number];

/** What people call each. */
export const vendorLabels: Readonly<Record<Vendor, string>> = { statuspage: 'Statuspage', opsgenie: 'Opsgenie', dispatch: 'Dispatch' };

export type Json = Readonly<Record<string, unknown>>;

/** A record of an export as a postmortem with our names. */
export interface MappedRecord {
  readonly outcome: 'mapped';
  readonly ref: string;
  readonly id: PostmortemId;
  readonly document: Json;
  /** It says nowhere when it was published, so it counts as history (docs/adr/036). */
  readonly isHistory: boolean;
  /** The vendor's field that dates it. Undefined: it has no date at all. */
  readonly date: string | undefined;
  /** The vendor's word for how severe it was, and its field. */
  readonly severity: { readonly field: string; readonly word: string } | undefined;
  /** The vendor's names of our fields, for what is refused. */
  readonly names: Readonly<Record<string, string>>;
}

export type ExportedRecord =
  | MappedRecord
  | { readonly outcome: 'left out'; readonly ref: string; readonly why: string }
  | { readonly outcome: 'refused'; readonly ref: string; readonly field: string; readonly problem: string; readonly remedy: string };

/** Severities by the vendor's words for them, in lower case. */
export type SeverityMapping = ReadonlyMap<string, string>;

/** A text, or a number as one. Undefined if it says nothing. */
export function textIn(record: Json, key: string): string | undefined {
  const value = record[key];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

export const recordIn = (record: Json, key: string): Json => {
  const value = record[key];
  return isRecord(value) ? value : {};
};

export const recordsIn = (record: Json, key: string): readonly Json[] => {
  const value = record[key];
  return Array.isArray(value) ? value.filter(isRecord) : [];
};

/** An address that a link may have. */
export const linkIn = (record: Json, key: string): string | undefined => {
  const value = textIn(record, key);
  return value !== undefined && /^https?:\/\//i.test(value) && URL.canParse(value) ? value : undefined;
};

export const distinct = (texts: readonly (string | undefined)[]): string[] => [
  ...new Set(texts.filter((text): text is string => text !== undefined)),
];

/**
 * What a record says about who may see it: its own fields, which are read with the postmortem, and
 * whether anything else in it restricts it. What is not mapped is looked at, too.
 */
export function visibilityOf(record: Json): Json {
  const own = Object.fromEntries(Object.entries(record).filter(([key]) => isFieldOfVisibility(findField(key))));
  return { ...own, ...(marksInFields(record).length > 0 && { restricted: true }) };
}

/** The postmortem without members that say nothing. */
export const withoutEmpty = (document: Json): Json =>
  Object.fromEntries(
    Object.entries(document).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)),
  );

interface Dates {
  /** When it was published at the vendor. */
  readonly published?: string | undefined;
  /** Times of the incident, the first that is there counts. */
  readonly incident: readonly string[];
  /** When somebody opened the record: no time of the incident, and better than none. */
  readonly opened: string;
}

/** What dates a record, and whether that makes it history. */
export function datesOf(record: Json, { published, incident, opened }: Dates) {
  if (published !== undefined && textIn(record, published) !== undefined)
    return { date: published, isHistory: false, publishedAt: textIn(record, published) };
  const known = incident.find((key) => textIn(record, key) !== undefined);
  if (known !== undefined) return { date: known, isHistory: true, publishedAt: undefined };
  const at = textIn(record, opened);
  return { date: at === undefined ? undefined : opened, isHistory: true, publishedAt: at };
}

/** By the mapping, else the vendor's own word, which the distribution file may know. */
export const severityOf = (word: string | undefined, mapping: SeverityMapping): string | undefined =>
  word === undefined ? undefined : (mapping.get(word.toLowerCase()) ?? word);
