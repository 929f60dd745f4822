import { Distribution } from './distribution.ts';

/**
 * The applied file as this release understands it: keys that a later release added are left out, so
 * that everything goes on after a rollback. A file that somebody writes is read strictly, by
 * parseDistribution. Throws if anything that this release knows is missing or wrong.
 */
export function readApplied(stored: unknown): Distribution {
  const known = structuredClone(stored);
  for (const issue of Distribution.safeParse(known).error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue;
    const place = issue.path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), known);
    if (isObject(place)) for (const key of issue.keys) delete place[key];
  }
  return Distribution.parse(known);
}

const isObject = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null;
