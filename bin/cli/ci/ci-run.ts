import { UsedWrongly } from '../failure.ts';

/** Where the answer to a request is told. */
export interface Request {
  readonly system: 'github' | 'gitlab';
  /** The address of the request's comments in the system's API. */
  readonly comments: string;
  readonly token: string | undefined;
}

/** What a run of a CI system asks for. */
export type CiRun =
  | { readonly work: 'nothing'; readonly why: string }
  | {
      readonly work: 'publish';
      /** The commit that the push replaced. Undefined: the branch is new. */
      readonly before: string | undefined;
      readonly after: string;
      readonly branch: string;
    }
  | {
      readonly work: 'check';
      readonly base: Base;
      readonly head: string;
      readonly request?: Request;
    };

/** The commit to compare with. */
export type Base =
  | { readonly kind: 'commit'; readonly commit: string }
  /**
   * Where the request leaves its target. `merge` is the commit that the system made of both, if the
   * run is about it: its first parent is the target.
   */
  | { readonly kind: 'request'; readonly target: string; readonly merge: string | undefined };

export type Env = Readonly<Record<string, string | undefined>>;

export const isNothing = (commit: string): boolean => /^0*$/.test(commit);

/** Says which range there is no other way to know. */
export const noRange = (what: string) =>
  new UsedWrongly(`A run by ${what} does not say what changed. Name the commits: afterword publish --changed BASE..HEAD`);
