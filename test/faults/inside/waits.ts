import { appendFileSync } from 'node:fs';

interface Chunk {
  readonly edition: { readonly id: string };
  readonly people: readonly string[];
}

/**
 * Notes when a chunk's wait for its places was over: an exclusion that was answered before that
 * counts. One line a chunk.
 */
export function waitEnded({ edition, people }: Chunk, file: string): void {
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), edition: edition.id, people })}\n`);
}
