import type { Distribution } from '../distribution/distribution.ts';
import type { Flaw } from '../shared/errors.ts';
import type { ConsentWay, Profile } from '../subscriber/subscriber.ts';

/** Which act this is, and what the reader agrees to with it. */
export interface ChangeActor {
  readonly way: ConsentWay;
  /** Id of the wording that was shown. */
  readonly wording: string;
}

/** What a change of settings is decided on. */
export interface ChangeContext {
  readonly profile: Profile;
  readonly distribution: Distribution;
  readonly now: Date;
  readonly act: ChangeActor;
  /** By normalised address: those who were named and are there. */
  readonly delegates: ReadonlyMap<string, Profile>;
  /** The zone that hours are in after this change, and whether it is another than before. */
  readonly zone: string;
  readonly hasNewZone: boolean;
  /** The day until which mail is paused by this change. */
  readonly pausedUntil: string | undefined;
  /** Collects what is wrong: whoever calls looks at it before anything else. */
  readonly refuse: (flaw: Flaw) => void;
}
