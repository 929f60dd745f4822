import { isRecord } from '../postmortem/reading/sent-fields.ts';
import { Refused } from '../shared/errors.ts';
import { isDispatch, mapDispatch } from './dispatch.ts';
import { type ExportedRecord, type Json, type SeverityMapping, type Vendor, vendorLabels, vendors } from './exported-record.ts';
import { isOpsgenie, mapOpsgenie } from './opsgenie.ts';
import { isStatuspage, mapStatuspage } from './statuspage.ts';

const readers: Readonly<
  Record<Vendor, { readonly isOne: (record: Json) => boolean; readonly map: (record: Json, mapping: SeverityMapping) => ExportedRecord }>
> = {
  statuspage: { isOne: isStatuspage, map: mapStatuspage },
  opsgenie: { isOne: isOpsgenie, map: mapOpsgenie },
  dispatch: { isOne: isDispatch, map: mapDispatch },
};

export interface VendorExport {
  readonly vendor: Vendor;
  readonly records: readonly ExportedRecord[];
}

/**
 * The records of a vendor's export, mapped one by one: one that is refused says nothing of the
 * others. Undefined if the JSON is no export of a tool that we know. Throws Refused for what an API
 * answers in the place of a record. Pure and repeatable.
 */
export function readExport(value: unknown, mapping: SeverityMapping): VendorExport | undefined {
  if (isFailure(value)) throw failed;
  const records = recordsOf(value);
  const vendor = vendors.find((one) => records.some((record) => isRecord(record) && readers[one].isOne(record))) ?? emptyPageOf(value);
  return vendor && { vendor, records: records.map((record, i) => mapOne(record, vendor, mapping, i)) };
}

/** What stands around the records: a list, a page of a list, or an answer about one. */
function recordsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => (isRecord(one) && 'data' in one ? recordsOf(one) : [one]));
  if (!isRecord(value)) return [];
  for (const key of ['incidents', 'items', 'data']) {
    const inside = value[key];
    if (Array.isArray(inside)) return inside;
    if (isRecord(inside)) return [inside];
  }
  return [value];
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function emptyPageOf(value: unknown): Vendor | undefined {
  if (!isRecord(value)) return undefined;
  if (isRecord(value.page) && isEmpty(value.incidents)) return 'statuspage';
  return typeof value.itemsPerPage === 'number' && isEmpty(value.items) ? 'dispatch' : undefined;
}

const ofFailures = new Set(['message', 'took', 'requestId', 'code', 'errors', 'error', 'detail']);

/**
 * Of Opsgenie (`message` and `requestId`), Statuspage (`error` alone), Dispatch (`detail` alone). A
 * script that stores whatever is answered stores these too, and a message would be a title.
 */
function isFailure(value: unknown): boolean {
  if (!isRecord(value) || !Object.keys(value).every((key) => ofFailures.has(key))) return false;
  const [only, ...more] = Object.keys(value);
  return ('message' in value && 'requestId' in value) || (more.length === 0 && (only === 'error' || only === 'detail'));
}

const failed = new Refused('content', [
  { field: '', problem: 'is what an API answers in the place of a record', remedy: 'Look at what it says, and export it again.' },
]);

function mapOne(record: unknown, vendor: Vendor, mapping: SeverityMapping, i: number): ExportedRecord {
  const ref = `${i + 1}`;
  if (!isRecord(record) || !readers[vendor].isOne(record)) {
    const remedy = 'Export it again, or take it out of the file.';
    return { outcome: 'refused', ref, field: '', problem: `is no record of ${vendorLabels[vendor]}`, remedy };
  }
  if (isDeeper(record, deepest)) {
    const problem = `is nested more than ${deepest} levels deep`;
    return { outcome: 'refused', ref, field: '', problem, remedy: 'Take its text out of what it is nested in.' };
  }
  const mapped = readers[vendor].map(record, mapping);
  return mapped.ref === '' ? { ...mapped, ref } : mapped;
}

/** A list in a list takes four levels of Atlassian's format. No person nests deeper. */
const deepest = 64;

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' && value !== null && (levels === 0 || Object.values(value).some((one) => isDeeper(one, levels - 1)));
