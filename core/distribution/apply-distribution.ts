import { AfterwordError, Refused } from '../shared/errors.ts';
import type { Instant } from '../shared/instant.ts';
import type { Distribution } from './distribution.ts';
import { type DistributionChange, distributionChanges, pathsToDeploy } from './distribution-changes.ts';
import { parseDistribution } from './parse-distribution.ts';

export interface AppliedDistribution {
  readonly distribution: Distribution;
  readonly hash: string;
}

export interface DistributionStore {
  /** Consistent. Undefined until a distribution file was applied. */
  read(): Promise<(AppliedDistribution & { readonly appliedAt: Instant }) | undefined>;
  /**
   * `before` is the hash that was read, undefined for none. False: another one was applied in
   * between, nothing changed.
   */
  write(next: AppliedDistribution, before: string | undefined, at: Instant): Promise<boolean>;
}

export interface ApplyOutcome {
  readonly hash: string;
  /** Hash of what was in force, which `changes` are told against. Undefined: nothing was. */
  readonly inForce?: string;
  /** False on a dry run and where nothing differs. */
  readonly applied: boolean;
  readonly changes: DistributionChange[];
  readonly needsDeploy: string[];
}

/**
 * Another file was applied since the difference was looked at, or at this moment. Nothing of this
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
   * The hash that the difference was shown against, `none` where nothing was in force. Undefined:
   * whatever is in force is replaced.
   */
  readonly shownAgainst?: string | undefined;
}

export interface ApplyDeps {
  readonly store: DistributionStore;
  /** Hash of the parts that the stack was made from. */
  readonly deployed: string;
  readonly now: () => Instant;
}

/**
 * Applies the text of a distribution file, or only says what that would change. Throws Refused with
 * line and column of each flaw, DistributionInDispute where something else is in force than was
 * shown. The same file again changes nothing, whatever was shown.
 */
export async function applyDistribution(text: string, { isDryRun, shownAgainst }: ApplyOptions, deps: ApplyDeps): Promise<ApplyOutcome> {
  const { store, deployed, now } = deps;
  const next = parseDistribution(text);
  if ('flaws' in next) throw new Refused(next.flaws.some(({ field }) => field === '') ? 'unreadable' : 'content', next.flaws);

  const current = await store.read();
  const applied = !isDryRun && current?.hash !== next.hash;
  if (applied && shownAgainst !== undefined && shownAgainst !== (current?.hash ?? 'none')) throw new DistributionInDispute();
  if (applied && !(await store.write(next, current?.hash, now()))) throw new DistributionInDispute();
  return {
    hash: next.hash,
    ...(current && { inForce: current.hash }),
    applied,
    changes: distributionChanges(current?.distribution, next.distribution),
    needsDeploy: pathsToDeploy(current?.distribution, next.distribution, deployed),
  };
}
