import type * as z from 'zod';
import { Refused } from '../../core/shared/errors.ts';

const usualLimit = 100;
const mostLimit = 1000;

/**
 * Reads `limit` and `cursor`, which every list takes: 1 to 1,000 lines per page, 100 by default.
 * For anything else it throws Refused, which names the field.
 */
export function listQuery(query: URLSearchParams, isCursor: (text: string) => boolean): { limit: number; cursor?: string } {
  const limit = query.get('limit') ?? String(usualLimit);
  if (!/^[1-9]\d{0,3}$/.test(limit) || Number(limit) > mostLimit) {
    throw refusal('limit', `is not a whole number from 1 to ${mostLimit}`, 'For example limit=100.');
  }
  const cursor = query.get('cursor') ?? undefined;
  if (cursor !== undefined && !isCursor(cursor)) {
    throw refusal('cursor', 'is not one of ours', 'Send what the page before answered; leave it out for the first page.');
  }
  return { limit: Number(limit), ...(cursor !== undefined && { cursor }) };
}

/**
 * Reads filters of a list. An empty value excludes none. For one that is not of its schema it
 * throws Refused, which names the field. `Field`: the filters that there are.
 */
export const filtersIn =
  <Field extends string>(query: URLSearchParams) =>
  <T>(field: Field, schema: z.ZodType<T>, problem: string, remedy: string): T | undefined => {
    const text = query.get(field)?.trim();
    if (!text) return undefined;
    const { success, data } = schema.safeParse(text);
    if (success) return data;
    throw refusal(field, problem, remedy);
  };

/** `<instant>#<id>`: the place where a list ordered by time continues. */
export const isPlaceInTime = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z#[A-Za-z0-9_-]{1,200}$/.test(text);

const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }]);
