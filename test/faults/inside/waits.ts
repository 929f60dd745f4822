import { appendFileSync } from 'node:fs';

interface Chunk {
  readonly edition: { readonly id: string };
  readonly people: readonly string[];
}

/**
 * Records the end of a chunk's wait for its places, one line for each chunk. An exclusion that was
 * answered before then must be respected.
 */
export function waitEnded({ edition, people }: Chunk, file: string): void {
  appendFileSync(file, `${JSON.stringify({ at: Date.now(), edition: edition.id, people })}\n`);
}
