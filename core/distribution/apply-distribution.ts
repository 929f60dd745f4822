import { canonicalHash } from '../shared/canonical-hash.ts';
import { AfterwordError, Refused } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import type { Deployed } from './deployed-parts.ts';
import type { Distribution } from './distribution.ts';
import { type DistributionChange, distributionChanges, pathsToDeploy } from './distribution-changes.ts';
import { parseDistribution } from './parse-distribution.ts';

export interface AppliedDistribution {
  readonly distribution: Distribution;
  readonly hash: string;
  /** Of those who approve notices, by address. Absent in what an earlier release applied. */
  readonly sids?: Readonly<Record<string, string>> | undefined;
}

export interface DistributionStore {
  /** Consistent. Undefined until a distribution file has been applied. */
  read(): Promise<(AppliedDistribution & { readonly appliedAt: Instant }) | undefined>;
  /**
   * `before`: the hash that was read, undefined for none. False: another file was applied in
   * between, and nothing changed.
   */
  write(next: AppliedDistribution, before: string | undefined, at: Instant): Promise<boolean>;
}

export interface ApplyOutcome {
  readonly hash: string;
  /** The hash of the file that was in force, which `changes` compare with. Undefined: none was. */
  readonly inForce?: string;
  /** False on a dry run, and if nothing differs. */
  readonly applied: boolean;
  readonly changes: DistributionChange[];
  readonly needsDeploy: string[];
}

/**
 * Another file was applied since the difference was shown, or at the same moment. Nothing of this
 * one was stored.
 */
export class DistributionInDispute extends AfterwordError {
  override readonly name = 'DistributionInDispute';
  constructor() {
    super('another distribution file was applied meanwhile');
  }
}

export interface ApplyOptions {
  readonly isDryRun: boolean;
  /**
   * The hash that the difference was shown against; `none` if no file was in force. Undefined:
   * replaces whatever is in force.
   */
  readonly shownAgainst?: string | undefined;
}

export interface ApplyDeps {
  readonly store: DistributionStore;
  readonly deployed: Deployed;
  /** The sids that are stored with the file. */
  readonly sidsOf?: (distribution: Distribution) => Promise<Readonly<Record<string, string>>>;
  readonly now: () => Instant;
}

/** Reads the text of a distribution file. Throws Refused with line and column of each flaw. */
export function readDistribution(text: string): AppliedDistribution {
  const read = parseDistribution(text);
  if ('flaws' in read) throw new Refused(read.flaws.some(({ field }) => field === '') ? 'unreadable' : 'content', read.flaws);
  return read;
}

/**
 * Applies the text of a distribution file; on a dry run, only reports what it would change. Throws
 * Refused with line and column of each flaw, and DistributionInDispute if a file other than the one
 * shown is in force. Idempotent: applying the same file again changes nothing, whatever was shown.
 */
export async function applyDistribution(text: string, { isDryRun, shownAgainst }: ApplyOptions, deps: ApplyDeps): Promise<ApplyOutcome> {
  const { store, deployed, now } = deps;
  const read = readDistribution(text);
  const sids = await deps.sidsOf?.(read.distribution);
  const next = { ...read, ...(sids && { sids }) };

  const current = await store.read();
  const applied = !isDryRun && current?.hash !== next.hash;
  if (applied && shownAgainst !== undefined && shownAgainst !== (current?.hash ?? 'none')) throw new DistributionInDispute();
  if (applied && !(await store.write(next, current?.hash, now()))) throw new DistributionInDispute();
  // An earlier release applied the file.
  if (!isDryRun && !applied && current && sids && canonicalHash(sids) !== canonicalHash(current.sids ?? {}))
    await store.write(next, current.hash, current.appliedAt);
  return {
    hash: next.hash,
    ...(current && { inForce: current.hash }),
    applied,
    changes: distributionChanges(current?.distribution, next.distribution),
    needsDeploy: pathsToDeploy(current?.distribution, next.distribution, deployed),
  };
}
