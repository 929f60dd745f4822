import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { idFromName, keptId } from '../../../core/postmortem/id-from-name.ts';
import type { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { withoutEmbeddedPictures } from '../../../core/postmortem/reading/embedded-pictures.ts';
import { partMarkdown } from '../../../core/postmortem/reading/front-matter.ts';
import type { DocumentType } from '../../../core/postmortem/reading/sent-document.ts';
import { findField, isRecord } from '../../../core/postmortem/reading/sent-fields.ts';
import type { Complaint } from '../failure.ts';
import { decodeText } from '../people/decode-text.ts';
import { mediaTypes, stdin } from './find-files.ts';

/** One file as it is sent. */
export interface Document {
  readonly file: string;
  /** Undefined if neither the document nor its name gives one. The API then makes it. */
  readonly id: PostmortemId | undefined;
  /** The document gives it, and not its name. */
  readonly hasOwnId: boolean;
  readonly type: DocumentType;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** It counts as history, whatever the options say. */
  readonly isHistory?: boolean;
  /** Says a complaint in the words of the file that it was made from. */
  readonly complaintOf?: (complaint: Complaint) => Complaint;
}
export type ReadDocument = Document | { readonly file: string; readonly complaints: readonly Complaint[] };

/**
 * Reads a file only as far as its id. The API decides whether it is a valid postmortem. The text is
 * sent in UTF-8, whatever its encoding was, and without the pictures in it.
 */
export async function readDocument(file: string): Promise<ReadDocument> {
  if (!typeOf(file) && file !== stdin)
    return refused(
      file,
      'has a name that is neither Markdown nor JSON',
      'Name it .md, .markdown, .mdx, .txt, .org, .adoc, .rst, .wiki, .textile, .html or .json.',
    );
  const read = await (file === stdin ? buffer(process.stdin) : readFile(file)).catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? undefined : String(error),
  );
  if (read === undefined) return refused(file, 'is not there', 'Check its name and its folder.');
  if (typeof read === 'string') return refused(file, `cannot be read: ${read}`, 'Check the permissions of the file.');
  return documentOf(file, read);
}

const refused = (file: string, problem: string, remedy: string): ReadDocument => ({ file, complaints: [{ field: '', problem, remedy }] });

/** The same of bytes that are here already. */
export function documentOf(file: string, read: Uint8Array): ReadDocument {
  const { text: decoded, encoding, isGuess } = decodeText(read);
  if (isGuess && encoding !== 'utf-8') return refused(file, 'is not text in UTF-8', 'Save it in UTF-8.');
  const text = withoutEmbeddedPictures(decoded);
  if (text.trim() === '') return refused(file, 'is empty', 'Write the postmortem in it.');
  const type = typeOf(file) ?? (/^\s*(?:\[\s*)?\{/.test(text) ? 'application/json' : 'text/markdown');
  const own = writtenId(text, type);
  const id = own ?? (file === stdin ? undefined : idOfFile(file));
  return { file, id, hasOwnId: own !== undefined, type, bytes: new TextEncoder().encode(text) };
}

const typeOf = (file: string): DocumentType | undefined => (file === stdin ? undefined : mediaTypes[extname(file).toLowerCase()]);

/** The author's own id. An unreadable file has none, and the API says why it cannot be read. */
function writtenId(text: string, type: DocumentType): PostmortemId | undefined {
  try {
    const plain = text.replace(/^\ufeff/, '');
    const isJson = type === 'application/json';
    const sent: unknown = isJson ? JSON.parse(plain) : partMarkdown(plain.replace(/\r\n?/g, '\n')).frontMatter;
    const fields: unknown = Array.isArray(sent) && sent.length === 1 ? sent[0] : sent;
    const [, id] = isRecord(fields) ? (Object.entries(fields).find(([name]) => findField(name) === 'id') ?? []) : [];
    // In JSON a bare number is one of the tool that made it. The name of the file says more.
    if ((typeof id !== 'string' && typeof id !== 'number') || (isJson && /^\d+$/.test(String(id)))) return undefined;
    return keptId(String(id));
  } catch {
    return undefined;
  }
}

/** Site generators name a page that has a folder of its own after the folder. */
const ofFolder = /^(?:_?index|readme)$/i;
/** Notion puts the page's number behind its title. */
const pageNumber = /[\s_-][0-9a-f]{32}$/i;

/** The id that the name of a file gives. */
export const idOfFile = (file: string): PostmortemId | undefined => idFromName(nameOf(file));

function nameOf(file: string): string {
  const name = basename(file, extname(file));
  return (ofFolder.test(name) ? basename(dirname(resolve(file))) : name).replace(pageNumber, '');
}
