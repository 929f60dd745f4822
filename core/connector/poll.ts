import { dayMs, hourMs } from '../shared/duration.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { isUnreadable } from './held-words.ts';
import { longestPage, type PollProgress } from './poll-progress.ts';
import type { Vendor, Watermarks } from './ports.ts';
import { longestRef, type Source } from './source.ts';

export interface PollDeps {
  readonly vendor: Pick<Vendor, 'changedSince'>;
  readonly watermarks: Watermarks;
  readonly held: (source: Source) => Promise<readonly string[]>;
  /** Has each of these incidents looked at. */
  readonly ask: (source: Source, refs: readonly string[]) => Promise<void>;
  /**
   * The same, of this source. One that does not answer is left to the next poll: each poll would
   * begin repetitions of its own.
   */
  readonly askOnce: (refs: readonly string[]) => Promise<void>;
  /** Looks which postmortems that changed here since then link to an incident. */
  readonly noteLinks: (since: Instant) => Promise<void>;
  readonly now: () => Date;
}

export type Polled =
  | { readonly outcome: 'asked'; readonly incidents: number }
  /** There are more pages: go on with these at once. */
  | { readonly outcome: 'more'; readonly incidents: number; readonly goOn: PollProgress }
  /**
   * The vendor is busy or away. `again`: go on after so many seconds. Absent: the hourly poll is
   * soon enough. `isLong`: its list was not read to the end for two days, and this time not a page
   * of it, which an operator has to know.
   */
  | { readonly outcome: 'later'; readonly again?: number; readonly goOn: PollProgress; readonly isLong: boolean }
  /** The watermark stays where it is, so the next poll asks for the same. */
  | { readonly outcome: 'refused'; readonly status: number }
  | { readonly outcome: 'endless'; readonly pages: number };

/** Pages of one message, each a call of ten seconds at most. */
const pagesAtOnce = 4;
/** A list of more pages, of a hundred each, is none: its places lead round in a circle. */
const mostPages = 1000;
/** A vendor of which nothing was learned for so long is away. */
const awayMs = 2 * hourMs;
const longMs = 2 * dayMs;

/**
 * Has every incident looked at that changed at the vendor since the last poll, and every one that
 * is held, because an operator may have changed the distribution file. Polls overlap by an hour, so
 * what an API tells late is not missed. The watermark moves last, once every page was read: a poll
 * that dies is repeated. The first poll of a source begins an hour before it, because what is older
 * is brought in by people. `goneOn`: what an earlier message of this poll left. Where the vendor
 * stopped a long one, the next hourly poll goes on from there. What is held is looked at also where
 * the list does not come to its end: what an operator took back is to be hidden then.
 */
export async function poll(source: Source, deps: PollDeps, goneOn?: PollProgress): Promise<Polled> {
  const polled = await readPages(source, deps, goneOn);
  if (goneOn === undefined && polled.outcome !== 'asked') await deps.askOnce(await readHeld(source, deps));
  return polled;
}

const readHeld = async (source: Source, { held }: Pick<PollDeps, 'held'>): Promise<string[]> =>
  (await held(source)).filter((ref) => !isUnreadable({ ref }));

async function readPages(source: Source, deps: PollDeps, goneOn: PollProgress | undefined): Promise<Polled> {
  const { vendor, watermarks, ask, now } = deps;
  const reached = await watermarks.read(source);
  let at = goneOn ?? (await stopped(source, reached, deps)) ?? (await begin(source, reached, deps));
  const begunAt = at.read;
  const refs = new Set<string>();
  for (let pages = 0; pages < pagesAtOnce; pages += 1) {
    const changed = await vendor.changedSince(at.since, at.page);
    if (changed.kind === 'later') {
      if (refs.size > 0) await ask(source, [...refs]);
      const silentMs = reached === undefined ? 0 : now().getTime() - Date.parse(reached);
      // Of a vendor that is away for long, each hourly poll would begin repetitions of its own.
      const isAway = reached === undefined || silentMs > awayMs;
      if (isAway && at.page !== undefined) await watermarks.keep(source, at);
      return { outcome: 'later', ...(!isAway && { again: changed.seconds }), goOn: at, isLong: silentMs > longMs && at.read === begunAt };
    }
    // It may be the page that the vendor knows no more.
    if (changed.kind !== 'found' && at.page !== undefined) await watermarks.keep(source, undefined);
    if (changed.kind !== 'found') return { outcome: 'refused', status: changed.kind === 'refused' ? changed.status : 404 };
    for (const ref of changed.value.refs) if (ref.length <= longestRef) refs.add(ref);
    const { page: _, ...read } = { ...at, read: at.read + 1 };
    if (changed.value.next === undefined) return finish(source, refs, read, deps);
    at = { ...read, page: changed.value.next };
  }
  await ask(source, [...refs]);
  const isEndless = at.read >= mostPages || (at.page ?? '').length > longestPage;
  if (!isEndless) return { outcome: 'more', incidents: refs.size, goOn: at };
  await watermarks.keep(source, undefined);
  return { outcome: 'endless', pages: at.read };
}

/** A poll that another one overtook goes on no more. */
async function stopped(source: Source, reached: Instant | undefined, { watermarks }: PollDeps): Promise<PollProgress | undefined> {
  const kept = await watermarks.kept(source);
  return kept && reached !== undefined && Date.parse(kept.began) >= Date.parse(reached) ? kept : undefined;
}

/**
 * The first poll leaves its mark before it asks, or what changed until one succeeds would be lost.
 */
async function begin(source: Source, reached: Instant | undefined, { watermarks, now }: PollDeps): Promise<PollProgress> {
  const began = toInstant(now());
  if (reached === undefined) await watermarks.advance(source, began);
  return { since: earlier(reached ?? began), began, read: 0 };
}

async function finish(source: Source, refs: ReadonlySet<string>, { began, since }: PollProgress, deps: PollDeps): Promise<Polled> {
  const { watermarks, ask, askOnce, noteLinks } = deps;
  const others = (await readHeld(source, deps)).filter((ref) => !refs.has(ref));
  await ask(source, [...refs]);
  await askOnce(others);
  await noteLinks(since);
  await watermarks.advance(source, began);
  await watermarks.keep(source, undefined);
  return { outcome: 'asked', incidents: refs.size + others.length };
}

/** Polls overlap by an hour. */
export const earlier = (instant: Instant): Instant => toInstant(new Date(Date.parse(instant) - hourMs));
