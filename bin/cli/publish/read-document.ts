import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { parse as parseYaml } from 'yaml';
import * as z from 'zod';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { withoutEmbeddedPictures } from '../../../core/postmortem/reading/embedded-pictures.ts';
import type { Complaint } from '../failure.ts';
import { mediaTypes, stdin } from './find-files.ts';

/** One file as it is sent. */
export interface Document {
  readonly file: string;
  /**
   * Undefined only for input from stdin without an id. The API then makes the id from the title.
   */
  readonly id: PostmortemId | undefined;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}
export type ReadDocument = Document | { readonly file: string; readonly complaints: readonly Complaint[] };

const idRule = 'Write an id of lower-case letters, digits and hyphens, at most 64, for example "id: checkout-down-for-41-minutes".';

/** Reads a file only as far as its id. The API decides whether it is a valid postmortem. */
export async function readDocument(file: string): Promise<ReadDocument> {
  const refused = (field: string, problem: string, remedy: string) => ({ file, complaints: [{ field, problem, remedy }] });
  const named = file === stdin ? undefined : mediaTypes[extname(file).toLowerCase()];
  if (file !== stdin && !named) return refused('', 'has a name that is neither Markdown nor JSON', 'Name it .md, .markdown or .json.');

  const read = await (file === stdin ? buffer(process.stdin) : readFile(file)).catch((error: unknown) => String(error));
  if (typeof read === 'string') return refused('', `cannot be read: ${read}`, 'Check the permissions of the file.');
  const decodedText = decoded(new Uint8Array(read));
  if (decodedText === undefined) return refused('', 'is not text in UTF-8', 'Save it in UTF-8.');
  const text = withoutEmbeddedPictures(decodedText);
  const bytes = new TextEncoder().encode(text);
  const type = named ?? (text.trimStart().startsWith('{') ? 'application/json' : 'text/markdown');

  const written = writtenId(text, type);
  const id = PostmortemId.safeParse(written ?? slugOf(file)).data;
  if (id) return { file, id, type, bytes };
  if (written !== undefined) return refused('id', `${JSON.stringify(written.slice(0, 80))} cannot be an id`, idRule);
  if (file === stdin) return { file, id: undefined, type, bytes };
  return refused('id', 'is missing, and the name of the file gives none', idRule);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const Identified = z.object({ id: z.union([z.string().trim().min(1), z.number()]).transform(String) });

/** The author's own id. An unreadable file has none, and the API says why it cannot be read. */
function writtenId(text: string, type: string): string | undefined {
  try {
    return Identified.safeParse(type === 'application/json' ? JSON.parse(text) : parseYaml(frontMatter(text))).data?.id;
  } catch {
    return undefined;
  }
}

const frontMatter = (text: string): string => /^\uFEFF?\s*---[^\S\n]*\r?\n([\s\S]*?)\r?\n---[^\S\n]*(\r?\n|$)/.exec(text)?.[1] ?? '';

const slugOf = (file: string): string =>
  basename(file, extname(file))
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
