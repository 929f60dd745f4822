import { hourMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import type { Vendor, Watermarks } from './ports.ts';
import type { Source } from './source.ts';

/** How the ids of events begin that could not be read: no vendor can be asked about them. */
export const unreadable = 'unreadable-';

export interface PollDeps {
  readonly vendor: Pick<Vendor, 'changedSince'>;
  readonly watermarks: Watermarks;
  readonly held: (source: Source) => Promise<readonly string[]>;
  /** Has each of these incidents looked at. */
  readonly ask: (source: Source, refs: readonly string[]) => Promise<void>;
  readonly now: () => Date;
}

export type Polled =
  | { readonly outcome: 'asked'; readonly incidents: number }
  /** `again`: after so many seconds. Absent: the hourly poll is soon enough. */
  | { readonly outcome: 'later'; readonly again?: number }
  | { readonly outcome: 'refused'; readonly status: number };

/**
 * Has every incident looked at that changed at the vendor since the last poll, and every one that
 * is held, because an operator may have changed the distribution file. Polls overlap by an hour, so
 * what an API tells late is not missed. The watermark moves last: a poll that dies is repeated. The
 * first poll of a source begins an hour before it, because what is older is brought in by people.
 */
export async function poll(source: Source, { vendor, watermarks, held, ask, now }: PollDeps): Promise<Polled> {
  const began = toInstant(now());
  const reached = await watermarks.read(source);
  const since = reached ?? began;
  const changed = await vendor.changedSince(earlier(since));
  if (changed.kind === 'later') {
    // Of a vendor that is away for long, each hourly poll would begin repetitions of its own.
    const isAway = reached === undefined || now().getTime() - Date.parse(reached) > awayMs;
    return { outcome: 'later', ...(!isAway && { again: changed.seconds }) };
  }
  if (changed.kind !== 'found') return { outcome: 'refused', status: changed.kind === 'refused' ? changed.status : 404 };
  const all = [...new Set([...changed.value, ...(await held(source)).filter((ref) => !ref.startsWith(unreadable))])];
  await ask(source, all);
  await watermarks.advance(source, began);
  return { outcome: 'asked', incidents: all.length };
}

/** A vendor of which nothing was learned for so long is away. */
const awayMs = 2 * hourMs;

const earlier = (instant: Instant): Instant => toInstant(new Date(Date.parse(instant) - hourMs));
