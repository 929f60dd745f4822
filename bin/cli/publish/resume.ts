import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { UsedWrongly } from '../failure.ts';
import type { Document } from './read-document.ts';
import type { Store } from './send-documents.ts';

const heading = 'afterword publish --resume 1';

/**
 * A store that keeps in `file` which documents it stored, and passes over those that stand there.
 * `way`: what else an outcome depends on, such as the deployment. A line is written after its
 * document was stored, so a run that died sends at most what was under way again. Throws
 * UsedWrongly if the file is another one.
 */
export async function resuming(store: Store, file: string, way: string): Promise<Store> {
  const done = await doneIn(file);
  return async (document) => {
    const hash = hashOf(document, way);
    if (done.has(hash)) return { file: document.file, outcome: 'done before' };
    const stored = await store(document);
    await appendFile(file, `${hash}\n`);
    done.add(hash);
    return stored;
  };
}

/** A line that was cut off is no hash, so its document is sent again. */
async function doneIn(file: string): Promise<Set<string>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new UsedWrongly(`"${file}" cannot be read: ${error.message}`);
  });
  const [first, ...lines] = text.split('\n');
  if (text !== '' && first !== heading) throw new UsedWrongly(`"${file}" was not written by --resume. Name a new file.`);
  const begun = text === '' ? `${heading}\n` : text.endsWith('\n') ? '' : '\n';
  await appendFile(file, begun).catch((error: Error) => {
    throw new UsedWrongly(`"${file}" cannot be written: ${error.message}`);
  });
  return new Set(lines);
}

const hashOf = ({ id, type, bytes, isHistory }: Document, way: string): string =>
  createHash('sha256')
    .update(JSON.stringify([way, id, type, isHistory]))
    .update(bytes)
    .digest('hex');
