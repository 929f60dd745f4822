import { isUtf8 } from 'node:buffer';
import { buffer } from 'node:stream/consumers';
import type { Entry, ZipFile } from 'yauzl';
import type { Complaint } from '../failure.ts';
import { counted } from '../printable.ts';
import { crc32 } from './crc32.ts';

export interface ZippedFile {
  /** Below the zip, with slashes. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
/** One of either. Of a zip that is refused nothing is taken. */
export type ReadZip = { readonly files: readonly ZippedFile[]; readonly leftOut: number } | { readonly complaint: Complaint };

const mostEntries = 2000;
const longestFile = 256 * 1024;
const longestUnpacked = 200 * 1024 * 1024;
const highestRatio = 100;

/** Finder packs names in UTF-8 without the flag that says so. */
const saysUtf8 = 0x800;

/** Why a zip is refused. */
class BadZip extends Error {
  readonly remedy: string;
  constructor(problem: string, remedy = 'Make the zip again of the documents alone, or unpack it and name the folder.') {
    super(problem);
    this.remedy = remedy;
  }
}

/**
 * Unpacks the files of a zip that `isTaken` wants, in memory. The whole directory is checked before
 * anything is unpacked, and a size that was not true ends it. Nothing is written to the disk.
 */
export async function readZip(file: string, isTaken: (path: string) => boolean): Promise<ReadZip> {
  let zip: ZipFile | undefined;
  try {
    const { default: yauzl } = await import('yauzl');
    zip = await yauzl.openPromise(file, { autoClose: false, decodeStrings: false });
    const nameOf = ({ generalPurposeBitFlag: flags, fileNameRaw: raw, extraFields }: Entry) =>
      yauzl.getFileNameLowLevel(isUtf8(raw) ? flags | saysUtf8 : flags, raw, extraFields, false);
    const entries = await entriesOf(zip, nameOf);
    const taken = entries.filter(({ path }) => isTaken(path));
    checkSizes(taken);
    const files: ZippedFile[] = [];
    for (const { path, entry } of taken) {
      const bytes = await buffer(await zip.openReadStreamPromise(entry));
      if (crc32(bytes) !== entry.crc32) throw new BadZip(`has "${path}" with other bytes than were packed`);
      files.push({ path, bytes });
    }
    return { files, leftOut: entries.length - taken.length };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const remedy = error instanceof BadZip ? error.remedy : 'Make the zip again, or unpack it and name the folder.';
    const problem = error instanceof BadZip ? error.message : `cannot be unpacked: ${error.message}`;
    return { complaint: { file, field: '', problem, remedy } };
  } finally {
    zip?.close();
  }
}

interface Named {
  readonly path: string;
  readonly entry: Entry;
}

/** The files, without folders. Throws BadZip for a directory that no packing program writes. */
async function entriesOf(zip: ZipFile, nameOf: (entry: Entry) => string): Promise<Named[]> {
  const tooMany = new BadZip(`has more than ${mostEntries} entries`, 'Pack it as several zips, or unpack it and name the folder.');
  if (zip.entryCount > mostEntries) throw tooMany;
  const found = new Map<string, Named>();
  for await (const entry of zip.eachEntry()) {
    const path = nameOf(entry);
    checkPath(path);
    checkKind(path, entry);
    if (path.endsWith('/')) continue;
    const same = path.normalize('NFC').toLowerCase();
    if (found.has(same)) throw new BadZip(`has "${path}" twice`);
    found.set(same, { path, entry });
    if (found.size > mostEntries) throw tooMany;
  }
  return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** A path that leads out of the zip, or that some system reads in another way. */
function checkPath(path: string): void {
  const parts = path.replace(/\/$/, '').split('/');
  const isBad = path.length > 1000 || /^[a-z]:/i.test(path) || /[\u0000-\u001f\u007f\\]/.test(path);
  if (isBad || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new BadZip(`has the path "${path.slice(0, 100)}", which is not one below the zip`);
}

/** Upper half of the attributes: the mode of the file where it was packed on Unix. */
const kinds = { mask: 0o170000, file: 0o100000, folder: 0o040000 };

function checkKind(path: string, entry: Entry): void {
  const kind = (entry.externalFileAttributes >>> 16) & kinds.mask;
  if (kind !== 0 && kind !== kinds.file && kind !== kinds.folder) throw new BadZip(`has a link or a device, "${path}"`);
  if (entry.isEncrypted()) throw new BadZip(`is encrypted ("${path}")`, 'Unpack it with its password, and name the folder.');
}

function checkSizes(entries: readonly Named[]): void {
  let unpacked = 0;
  for (const { path, entry } of entries) {
    const { uncompressedSize: size, compressedSize } = entry;
    if (size > longestFile)
      throw new BadZip(`has "${path}" with more than ${longestFile / 1024} KB`, 'Unpack it, and name that file itself.');
    if (size > highestRatio * compressedSize) throw new BadZip(`has "${path}", which unpacks to more than ${highestRatio} times its size`);
    unpacked += size;
  }
  if (unpacked > longestUnpacked)
    throw new BadZip(`unpacks to more than ${counted(longestUnpacked / 1024 / 1024, 'MB', 'MB')}`, 'Pack it as several zips.');
}
