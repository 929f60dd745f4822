import type * as z from 'zod';
import type { Api } from './api-client.ts';

/** The most lines that the API returns at once. */
const mostLines = 1000;

/**
 * Yields the lines of a list page by page, at most `wanted` in total. Each page is requested only
 * when it is needed.
 */
export async function* pages<Page extends { readonly cursor?: string | undefined }, Line>(
  api: Api,
  path: string,
  schema: z.ZodType<Page>,
  linesOf: (page: Page) => readonly Line[],
  wanted = Number.POSITIVE_INFINITY,
  from?: string,
): AsyncGenerator<readonly Line[]> {
  let cursor = from;
  let left = wanted;
  do {
    const query = new URLSearchParams({ limit: String(Math.min(left, mostLines)), ...(cursor && { cursor }) });
    const { body } = await api({ method: 'GET', path: `${path}${path.includes('?') ? '&' : '?'}${query}` }, schema);
    const lines = linesOf(body).slice(0, left);
    yield lines;
    left -= lines.length;
    cursor = body.cursor;
  } while (cursor && left > 0);
}
