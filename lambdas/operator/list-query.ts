import { HttpProblem } from '../shared/problem.ts';

/** `limit` and `cursor` of a list. Throws 400 for a limit that is not between 1 and 500, and for an empty cursor. */
export function listQuery(query: URLSearchParams): { limit: number; cursor?: string } {
  const limit = query.get('limit') ?? '100';
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > 500) throw new HttpProblem(400, { detail: 'limit is a number from 1 to 500.' });
  const cursor = query.get('cursor') ?? undefined;
  if (cursor === '') throw new HttpProblem(400, { detail: 'cursor is what the page before answered; leave it out for the first page.' });
  return { limit: Number(limit), ...(cursor !== undefined && { cursor }) };
}
