import type * as z from 'zod';
import { type Flaw, Refused } from '../../core/shared/errors.ts';

const usualLimit = 100;
const mostLimit = 1000;

/**
 * What each of these reads. What they refuse comes as one Refused, which names each field.
 * Whatever else they throw comes as it is.
 */
export function readAll<T>(reads: { readonly [K in keyof T]: () => T[K] }): T {
  const flaws: Flaw[] = [];
  const read: Partial<T> = {};
  for (const name in reads) {
    try {
      read[name] = reads[name]();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      flaws.push(...error.flaws);
    }
  }
  if (flaws.length > 0) throw new Refused('content', flaws);
  return read as T;
}

/**
 * Reads `limit` and `cursor`, which every list takes: 1 to 1,000 lines per page, 100 by default.
 * For anything else it throws Refused, which names each field.
 */
export function listQuery(query: URLSearchParams, isCursor: (text: string) => boolean): { limit: number; cursor?: string } {
  const { limit, cursor } = readAll({ limit: () => limitIn(query), cursor: () => cursorIn(query, isCursor) });
  return { limit, ...(cursor !== undefined && { cursor }) };
}

function limitIn(query: URLSearchParams): number {
  const limit = query.get('limit') ?? String(usualLimit);
  if (/^[1-9]\d{0,3}$/.test(limit) && Number(limit) <= mostLimit) return Number(limit);
  throw refusal('limit', `is not a whole number from 1 to ${mostLimit}`, 'For example limit=100.');
}

function cursorIn(query: URLSearchParams, isCursor: (text: string) => boolean): string | undefined {
  const cursor = query.get('cursor') ?? undefined;
  if (cursor === undefined || isCursor(cursor)) return cursor;
  throw refusal('cursor', 'is not one of ours', 'Send what the page before answered; leave it out for the first page.');
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
