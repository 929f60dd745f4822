import type { SessionStore } from '../access/session.ts';
import type { AuditLine } from '../audit/audit.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { EraseDeps } from '../rights/erase-person.ts';
import type { Instant } from '../shared/instant.ts';
import type { PeopleList, SuppressionList } from '../subscriber/ports.ts';
import type { SubscriberId } from '../subscriber/subscriber.ts';

/** A group of the directory. Who is in it stands in the profiles. */
export interface DirectoryGroup {
  readonly id: string;
  readonly displayName: string;
  readonly externalId?: string | undefined;
  readonly at: Instant;
  readonly changedAt: Instant;
  /** Its name changed, and somebody in it may still have the team of the earlier one. */
  readonly unsettled?: true | undefined;
  /** Counts up with every change of the above. */
  readonly version: number;
}

/** What a directory may do to only so many people in one day (UTC). */
export type Brake = 'leavers' | 'moves' | 'losses';

/** What the directory was not let do on a day. Told once, however often it tries. */
export interface Braked {
  /** In UTC. */
  readonly day: string;
  readonly at: Instant;
  readonly brake: Brake | 'emptied group';
  /** Of a brake: how many people may be concerned. */
  readonly most?: number | undefined;
  /** The group that would have been emptied, and who would have lost by it. */
  readonly group?: { readonly id: string; readonly name: string; readonly people: number } | undefined;
}

export interface BrakedStore {
  /** Whether this was noted on that day. Reads consistently. */
  isNoted(braked: Braked): Promise<boolean>;
  note(braked: Braked): Promise<void>;
  /** Kept for two days. The latest last. What this release cannot read is left out. */
  since(day: string): Promise<Braked[]>;
}

export interface DirectoryStore {
  /**
   * The sids under which the person with this id may be found, the latest last. Empty if nobody has
   * it. Reads consistently.
   */
  readPlace(id: string): Promise<readonly SubscriberId[]>;
  putPlace(id: string, sids: readonly SubscriberId[]): Promise<void>;
  removePlace(id: string): Promise<void>;
  /** All of them, by id. Reads consistently. */
  readGroups(): Promise<DirectoryGroup[]>;
  /**
   * `before`: the version that was read, 0 for none. False: somebody else wrote in between, and
   * nothing changed.
   */
  writeGroup(group: DirectoryGroup, before: number): Promise<boolean>;
  /** Removing what is gone is no error. */
  removeGroup(id: string): Promise<void>;
  /** The hash of the mapping by which everybody has their team. Undefined: of none so far. */
  readMapping(): Promise<string | undefined>;
  putMapping(hash: string): Promise<void>;
  /**
   * Counts so many more people, or fewer if `people` is below nought. Returns how many that makes
   * on this day.
   */
  countUnder(brake: Brake, day: string, people: number): Promise<number>;
  /** Ids of users who lost a team or a role with a group on this day. Reads consistently. */
  readTakenOut(group: string, day: string): Promise<readonly string[]>;
  putTakenOut(group: string, day: string, people: readonly string[]): Promise<void>;
  /** False: another owner has the lease, which has not ended `at` this instant. */
  takeLease(owner: string, at: Instant, until: Instant): Promise<boolean>;
  /** A lease of another owner stays. */
  endLease(owner: string): Promise<void>;
}

/** What the directory's requests need. */
export interface DirectoryDeps {
  readonly people: EraseDeps['people'];
  readonly list: PeopleList;
  readonly suppressed: SuppressionList;
  readonly directory: DirectoryStore;
  readonly braked: BrakedStore;
  readonly sessions: Pick<SessionStore, 'endAll'>;
  readonly erasing: Pick<EraseDeps, 'erasures' | 'forgotten' | 'newSalt'>;
  readonly secrets: { readonly identity: string; readonly suppression: string };
  readonly distribution: Distribution;
  /** Leaves an audit line about an act of this caller. */
  readonly leaveLine: (act: AuditLine['act'], facts: AuditLine['facts']) => Promise<void>;
  readonly newId: () => string;
  readonly wait: (ms: number) => Promise<void>;
  /** Whether work on many people may begin with another one. */
  readonly hasTime: () => boolean;
  readonly now: () => Instant;
}

/** The names of the directory's groups, by id. */
export type GroupNames = ReadonlyMap<string, string>;

export const readGroupNames = async ({ directory }: Pick<DirectoryDeps, 'directory'>): Promise<GroupNames> =>
  new Map((await directory.readGroups()).map(({ id, displayName }) => [id, displayName]));
