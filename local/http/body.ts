import type { IncomingMessage } from 'node:http';

/**
 * The whole body. Undefined if it is longer than `limit` bytes: the rest is read and dropped, so
 * that the sender gets an answer.
 */
export async function readBody(request: IncomingMessage, limit = Number.POSITIVE_INFINITY): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  return size <= limit ? Buffer.concat(chunks) : undefined;
}
