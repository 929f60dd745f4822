import { canonicalHash } from '../shared/canonical-hash.ts';
import { correctionsOf } from './corrections.ts';
import { type Deployed, deployedHash } from './deployed-parts.ts';
import type { Distribution } from './distribution.ts';

/**
 * One difference. Without `before` it is new, without `after` it is gone. A list of words is one
 * value.
 */
export interface DistributionChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

/**
 * What differs, by path, in the order of the file. Teams, products and channels are matched by
 * name, so moving one is no change.
 */
export function distributionChanges(before: Distribution | undefined, after: Distribution): DistributionChange[] {
  const old = leaves(before && withCorrections(before));
  const now = leaves(before ? withCorrections(after) : after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => {
      const [was, is] = [old.get(path), now.get(path)];
      return { path, ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) };
    });
}

/** With the corrections that count where the file is silent, so that what goes off shows. */
const withCorrections = (distribution: Distribution): Distribution => {
  const { tell, withinDays } = correctionsOf(distribution);
  return { ...distribution, corrections: { tell: [...tell], withinDays } };
};

const onlyDeployed = /^(organisation\.(zone|domains)|senders\.|reminders\.|streams\.[^.]+\.schedule)/;

/**
 * Short hashes of every value that only a deployment can change: `path=hash path=hash …`. About a
 * thousand characters, because all variables of a function have 4 KB.
 */
export const deployedValues = (distribution: Distribution): string =>
  [...valueHashes(distribution)].map(([path, hash]) => `${path}=${hash}`).join(' ');

function valueHashes({ organisation, ...rest }: Distribution): Map<string, string> {
  const sorted = { organisation: { ...organisation, domains: organisation.domains.toSorted() }, ...rest };
  return new Map(
    [...leaves(sorted)].filter(([path]) => onlyDeployed.test(path)).map(([path, value]) => [path, canonicalHash(value).slice(0, 8)]),
  );
}

/**
 * Paths that need a deploy. Empty if the stack was made from the same parts. If neither its values
 * nor the file that it was made from are known, the changed paths are not either, so this lists all
 * of them.
 */
export function pathsToDeploy(before: Distribution | undefined, after: Distribution, deployed: Deployed): string[] {
  if (deployedHash(after) === deployed.hash) return [];
  if (deployed.values !== undefined) return differing(deployed.values, after);
  const stackFollowed = before !== undefined && deployedHash(before) === deployed.hash;
  if (!stackFollowed) return [...leaves(after).keys()].filter((path) => onlyDeployed.test(path));
  return distributionChanges(before, after)
    .map(({ path }) => path)
    .filter((path) => onlyDeployed.test(path));
}

function differing(values: string, after: Distribution): string[] {
  const made = new Map(values.split(' ').map((pair) => [pair.slice(0, pair.lastIndexOf('=')), pair.slice(pair.lastIndexOf('=') + 1)]));
  const now = valueHashes(after);
  return [...new Set([...now.keys(), ...made.keys()])].filter((path) => made.get(path) !== now.get(path));
}

function leaves(value: unknown, path = ''): Map<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null) return new Map([[path, String(value)]]);
  if (Array.isArray(value) && value.every((entry) => typeof entry !== 'object'))
    return value.length > 0 ? new Map([[path, value.join(', ')]]) : new Map();
  const entries = Array.isArray(value)
    ? value.map((entry, i): [string, unknown] => [nameOf(entry) ?? String(i), entry])
    : Object.entries(value);
  return new Map(entries.flatMap(([key, entry]) => [...leaves(entry, path ? `${path}.${key}` : key)]));
}

/** What tells an entry of a list apart from the others: teams have names, terms have ids. */
function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const name = 'name' in entry ? entry.name : 'channel' in entry ? entry.channel : 'id' in entry ? entry.id : undefined;
  return typeof name === 'string' ? name : undefined;
}
