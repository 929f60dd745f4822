import { readFile, stat } from 'node:fs/promises';
import { extname, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import {
  type ExportedRecord,
  type MappedRecord,
  type SeverityMapping,
  type Vendor,
  vendorLabels,
} from '../../../core/exports/exported-record.ts';
import { readExport } from '../../../core/exports/read-export.ts';
import { refuseDoubleKeys } from '../../../core/postmortem/reading/double-keys.ts';
import { Refused } from '../../../core/shared/errors.ts';
import { type Complaint, UsedWrongly } from '../failure.ts';
import { decodeText } from '../people/decode-text.ts';
import { isTaken, stdin } from './find-files.ts';
import { documentOf, type ReadDocument, readDocument } from './read-document.ts';
import { readZip } from './read-zip.ts';

/** A document that is to be sent, and how to read it. */
export interface Found {
  /** Its name in the report. */
  readonly file: string;
  readonly read: () => Promise<ReadDocument>;
  /** Set for a record of an export. */
  readonly mapped?: Mapped;
}
export interface Mapped extends MappedRecord {
  readonly vendor: Vendor;
}
export interface LeftOut {
  readonly file: string;
  readonly vendor: Vendor;
  readonly why: string;
}
export interface Gathered {
  readonly found: readonly Found[];
  readonly leftOut: readonly LeftOut[];
  /** Of which there was an export, also one without records. */
  readonly vendors: ReadonlySet<Vendor>;
  /** Files in zips that are no documents. */
  readonly others: number;
}

/** In bytes. An export of ten thousand incidents is smaller. */
const longestExport = 64 * 1024 * 1024;

/**
 * What is to be sent of the named files: documents as they are, the documents of zips, and the
 * records of exports. What cannot be read is among them, with its complaint.
 */
export async function gather(files: readonly string[], severities: SeverityMapping = new Map()): Promise<Gathered> {
  const gathering = {
    found: [] as Found[],
    leftOut: [] as LeftOut[],
    vendors: new Set<Vendor>(),
    others: 0,
    seen: new Map<string, string>(),
    severities,
    emptyLists: [] as string[],
  };
  for (const file of files) {
    const type = extname(file).toLowerCase();
    const read = () => readDocument(file);
    const bytes = file === stdin ? await buffer(process.stdin) : type === '.json' ? await mayBeExport(file) : undefined;
    if (type === '.zip') await gatherZip(file, gathering);
    else if (bytes === undefined) gathering.found.push({ file, read });
    else if (file === stdin) gatherBytes(file, bytes, gathering);
    else gatherBytes(file, bytes, gathering, read);
  }
  gatherEmptyLists(gathering);
  const { found, leftOut, vendors, others } = gathering;
  if (severities.size > 0 && vendors.size === 0) throw new UsedWrongly('--severities is for exports of tools, and none was found.');
  return { found, leftOut, vendors, others };
}

interface Gathering {
  readonly found: Found[];
  readonly leftOut: LeftOut[];
  readonly vendors: Set<Vendor>;
  others: number;
  /** The documents of records by id, to tell a repetition from another one. */
  readonly seen: Map<string, string>;
  readonly severities: SeverityMapping;
  readonly emptyLists: string[];
}

/** Whoever counts pages up stores the empty one after the last. Alone it is a mistake. */
function gatherEmptyLists(gathering: Gathering): void {
  const [vendor] = gathering.vendors;
  for (const file of gathering.emptyLists)
    if (vendor === undefined) refuse(file, { field: '', problem: 'is an empty list', remedy: 'Export it again.' }, gathering);
    else gathering.leftOut.push({ file, vendor, why: 'its list is empty' });
}

/**
 * Undefined of what is too long, or cannot be read, which is said when it is read as a document.
 */
async function mayBeExport(file: string): Promise<Uint8Array | undefined> {
  const about = await stat(file).catch(() => undefined);
  return about && about.size <= longestExport ? readFile(file).catch(() => undefined) : undefined;
}

async function gatherZip(file: string, gathering: Gathering): Promise<void> {
  const read = await readZip(file, isTaken);
  if ('complaint' in read) {
    refuse(file, read.complaint, gathering);
    return;
  }
  gathering.others += read.leftOut;
  if (read.files.length === 0) {
    const remedy = 'Name a zip that has some; those about a folder, hidden ones and HTML are not taken.';
    refuse(file, { field: '', problem: 'has no Markdown or JSON file', remedy }, gathering);
  }
  for (const { path, bytes } of read.files) gatherBytes(posix.join(file, path), bytes, gathering);
}

const refuse = (file: string, complaint: Complaint, { found }: Gathering): void => {
  found.push({ file, read: async () => ({ file, complaints: [complaint] }) });
};

/** `read`: how a document is read that is no export. Many are not kept in memory. */
function gatherBytes(file: string, bytes: Uint8Array, gathering: Gathering, read = async () => documentOf(file, bytes)): void {
  const taken = extname(file).toLowerCase() === '.json' || file === stdin ? exportIn(bytes, gathering.severities) : undefined;
  if (taken === undefined) gathering.found.push({ file, read });
  else if (taken === 'empty list') gathering.emptyLists.push(file);
  else if ('complaint' in taken) refuse(file, taken.complaint, gathering);
  else {
    gathering.vendors.add(taken.vendor);
    for (const record of taken.records) gatherRecord(`${file}#${record.ref}`, record, taken.vendor, gathering);
  }
}

/** The export in a file. What is no JSON is refused as a document, with the place. */
function exportIn(bytes: Uint8Array, severities: SeverityMapping) {
  const text = decodeText(bytes).text.replace(/^\ufeff/, '');
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) && value.length === 0) return 'empty list';
    const taken = readExport(value, severities);
    if (taken) refuseDoubleKeys(text);
    return taken;
  } catch (error) {
    if (error instanceof Refused) return { complaint: error.flaws[0] ?? { field: '', problem: error.message, remedy: '' } };
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function gatherRecord(file: string, record: ExportedRecord, vendor: Vendor, gathering: Gathering): void {
  const { found, leftOut, seen } = gathering;
  if (record.outcome === 'left out') {
    leftOut.push({ file, vendor, why: record.why });
    return;
  }
  if (record.outcome === 'refused') {
    refuse(file, record, gathering);
    return;
  }
  const text = JSON.stringify(record.document);
  const before = seen.get(record.id);
  if (before !== undefined) {
    const problem = 'stands in the exports twice, with other content';
    if (before === text) leftOut.push({ file, vendor, why: 'it stands there twice' });
    else refuse(`${file} (again)`, { field: 'id', problem, remedy: 'Keep the newer export.' }, gathering);
    return;
  }
  seen.set(record.id, text);
  const document = { file, id: record.id, hasOwnId: true, type: 'application/json', bytes: new TextEncoder().encode(text) } as const;
  found.push({
    file,
    mapped: { ...record, vendor },
    read: async () => ({ ...document, isHistory: record.isHistory, complaintOf: (complaint) => complaintOf(complaint, record, vendor) }),
  });
}

/**
 * A complaint about what was mapped in the words of the export. Places in what is sent say nothing.
 */
function complaintOf({ field, problem, remedy }: Complaint, { names, severity, date }: MappedRecord, vendor: Vendor): Complaint {
  if (field === 'severity' && severity) {
    const map = `Say what it means: --severities '${severity.word}=sev2', or as an alias of a severity in the distribution file.`;
    return { field: severity.field, problem, remedy: map };
  }
  if (field === 'publishedAt' && date === undefined) {
    const dated = `Give a date to all that have none: --published-at 2020-01-01`;
    return { field: '', problem: `has no date in the export of ${vendorLabels[vendor]}`, remedy: dated };
  }
  const [first = '', ...rest] = field.split('.');
  return { field: [names[first] ?? first, ...rest].filter(Boolean).join('.'), problem, remedy };
}
