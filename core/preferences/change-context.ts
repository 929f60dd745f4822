import type { Distribution } from '../distribution/distribution.ts';
import type { Flaw } from '../shared/errors.ts';
import type { ConsentWay, Profile } from '../subscriber/subscriber.ts';

/** How a change is made, and what the reader agrees to with it. */
export interface ChangeActor {
  readonly way: ConsentWay;
  /** Id of the wording that was shown. */
  readonly wording: string;
}

/** What a change of settings is decided from. */
export interface ChangeContext {
  readonly profile: Profile;
  readonly distribution: Distribution;
  readonly now: Date;
  readonly act: ChangeActor;
  /** The delegates whom the change names and who exist, by normalised address. */
  readonly delegates: ReadonlyMap<string, Profile>;
  /** The zone that hours are in after this change. `hasNewZone`: it differs from the one before. */
  readonly zone: string;
  readonly hasNewZone: boolean;
  /** The day until which this change pauses mail. */
  readonly pausedUntil: string | undefined;
  /** Collects what is wrong. The caller checks the collected flaws before it uses the result. */
  readonly refuse: (flaw: Flaw) => void;
}
