import * as disk from 'node:fs/promises';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { BackstageFile } from '../../../core/catalog/backstage/read-backstage.ts';
import { UsedWrongly } from '../failure.ts';
import { decodeText } from '../people/decode-text.ts';

/** The packaged command line runs on Node 20 too, which has none. */
const { glob }: { readonly glob?: typeof disk.glob } = disk;
const stdin = '-';
const yaml = ['.yaml', '.yml'];
/** In bytes. What Backstage answers has the text of every API in it. */
const largest = { yaml: 8 * 1024 * 1024, json: 256 * 1024 * 1024 } as const;

/**
 * Reads the named files, those that a glob matches, and of a folder the YAML files at any depth in
 * which Backstage is named. A file that is found twice is read once.
 */
export async function readCatalogFiles(named: readonly string[]): Promise<BackstageFile[]> {
  const files = new Map<string, BackstageFile>();
  for (const path of named) {
    const found = path === stdin ? [await readStdin()] : await filesAt(path);
    for (const file of found) files.set(file.file, file);
  }
  return [...files.values()];
}

async function filesAt(path: string): Promise<BackstageFile[]> {
  const about = await stat(path).catch(() => undefined);
  if (about?.isDirectory()) return inFolder(path);
  if (about) return [await readOne(path)];
  if (!/[*?[{]/.test(path)) throw new UsedWrongly(`There is no file or folder "${path}".`);
  if (!glob) throw new UsedWrongly(`This Node finds no files by a pattern. Name the folder, or leave "${path}" to your shell.`);
  const matched: string[] = [];
  for await (const match of glob(path)) if (!isLeftOut(match)) matched.push(match);
  if (matched.length === 0) throw new UsedWrongly(`No file matches "${path}".`);
  const files: BackstageFile[] = [];
  for (const match of matched.toSorted())
    files.push(...((await stat(match)).isDirectory() ? await inFolder(match) : [await readOne(match)]));
  return files;
}

/** Hidden folders and installed packages hold nobody's own catalogue. */
const isLeftOut = (path: string): boolean =>
  path.split(/[\\/]/).some((part) => part === 'node_modules' || (part.startsWith('.') && part !== '.' && part !== '..'));

async function inFolder(folder: string): Promise<BackstageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && yaml.includes(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isLeftOut(path.slice(folder.length).split(sep).join('/')));
  const files: BackstageFile[] = [];
  for (const path of paths.toSorted()) {
    const { size } = await stat(path);
    if (size > largest.yaml) continue;
    const bytes = await readFile(path);
    // Other YAML may be no YAML at all, such as templates of it.
    if (bytes.includes('backstage.io/')) files.push(fileOf(path, bytes, 'yaml'));
  }
  if (files.length === 0) throw new UsedWrongly(`There is no YAML file of Backstage in "${folder}".`);
  return files;
}

async function readOne(path: string): Promise<BackstageFile> {
  const format = extname(path).toLowerCase() === '.json' ? 'json' : 'yaml';
  const { size } = await stat(path);
  if (size > largest[format]) {
    throw new UsedWrongly(`"${path}" has ${size} bytes, and at most ${largest[format]} are read. Nothing was imported.`);
  }
  const bytes = await readFile(path).catch(() => {
    throw new UsedWrongly(`Cannot read the file "${path}".`);
  });
  return fileOf(path, bytes, format);
}

async function readStdin(): Promise<BackstageFile> {
  const bytes = await buffer(process.stdin);
  return fileOf(stdin, bytes, /^\s*[[{]/.test(bytes.subarray(0, 1000).toString('utf8')) ? 'json' : 'yaml');
}

function fileOf(file: string, bytes: Uint8Array, format: BackstageFile['format']): BackstageFile {
  const { text, encoding, isGuess } = decodeText(bytes);
  if (isGuess && encoding !== 'utf-8') throw new UsedWrongly(`"${file}" is not text in UTF-8. Save it in UTF-8. Nothing was imported.`);
  return { file, text, format };
}
