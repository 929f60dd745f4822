import { changesBetween } from '../rendition/facts.ts';
import type { DecidedUpdate } from './incident-updates.ts';
import type { UpdateToTell } from './update-to-tell.ts';

/** An update among those of its incident. */
export interface AmongUpdates {
  readonly updates: readonly DecidedUpdate[];
  /** The mails that nobody has. */
  readonly missed: ReadonlySet<number>;
  /** The last revision that nobody might see. What older ones say is quoted nowhere. */
  readonly hiddenIn: number;
}

type Said = Pick<UpdateToTell, 'n' | 'kind' | 'isFinal' | 'changes' | 'before' | 'first'>;

/**
 * What a decided update says of the mails before it. A `first` is whole, also where somebody got an
 * earlier mail after it was decided.
 */
export function whatIsTold({ n, kind, facts }: DecidedUpdate, { updates, missed, hiddenIn }: AmongUpdates): Said {
  const earlier = updates.filter((one) => one.n < n && !missed.has(one.n));
  const [first, last] = [earlier[0], earlier.at(-1)];
  const said: Said = { n, kind: kind === 'update' && !last ? 'first' : kind, isFinal: false, changes: [] };
  if (!first || !last || kind === 'first') return said;
  const isCompared = kind === 'update' || kind === 'lowered';
  const isQuoted = isCompared && last.revision > hiddenIn;
  const { severity } = last.facts;
  const account = kind === 'withdrawn' ? undefined : earlier.findLast((one) => one.kind !== 'withdrawn');
  return {
    ...said,
    isFinal: account?.facts.status === 'preliminary' && facts.status === 'published',
    changes: isQuoted ? changesBetween(last.facts, facts) : [],
    before: { facts: isQuoted ? last.facts : severity === undefined ? {} : { severity }, sentAt: last.at },
    first: { sentAt: first.at },
  };
}
