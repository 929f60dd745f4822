import { type Evidence, kinds, type OpenLabel, withEvent } from '../delivery/evidence.ts';
import type { Instant } from '../shared/instant.ts';
import { judgeOpen, openKinds } from './judge-open.ts';

/**
 * What is kept of the views of pages that one mail links to: when each kind of reader first viewed
 * one, as an estimate. Nothing is kept of what the estimate was made from.
 */
export interface PageViews {
  readonly first: Readonly<Partial<Record<OpenLabel, Instant>>>;
  /**
   * The pages viewed within the last minute, each with the time of its last view in seconds since
   * 1970.
   */
  readonly lately: Readonly<Record<string, number>>;
  /**
   * This mail's links were followed by a robot: it opened a link that no person sees, or many pages
   * within a minute. Every view by this mail's links then counts as a machine's.
   */
  readonly isRobot: boolean;
  /** When the robot was recognised. */
  readonly robotAt?: Instant | undefined;
}

export interface PageView {
  /** Which page: a postmortem, the list of the mail (`archive`), the mail itself (`view`). */
  readonly page: string;
  /** The link was the honeypot, which no person sees. */
  readonly isTrap: boolean;
  readonly userAgent: string;
  /** When the mail was made, in seconds since 1970. */
  readonly sentAt: number;
}

/**
 * Takes a postmortem's place in the honeypot link, which no person sees. No postmortem can have it
 * as its id.
 */
export const honeypotPage = '_';

/** Scanners follow every link of a mail at once. People follow one or two. */
export const burst = { pages: 5, seconds: 60 } as const;

export const noViews: PageViews = { first: {}, lately: {}, isRobot: false };

/**
 * Adds one view. Once a robot was recognised nothing more is kept, so its further views cost no
 * writes.
 */
export function withView(looks: PageViews, { page, isTrap, userAgent, sentAt }: PageView, at: Instant): PageViews {
  if (looks.isRobot) return looks;
  const now = Date.parse(at) / 1000;
  const recent = Object.entries(looks.lately).filter(([, second]) => now - second < burst.seconds);
  const lately = { ...Object.fromEntries(recent), [page]: Math.floor(now) };
  const isRobot = isTrap || Object.keys(lately).length >= burst.pages;
  if (isRobot) return { first: { ...looks.first, machine: looks.first.machine ?? at }, lately: {}, isRobot, robotAt: at };
  const label = judgeOpen({ userAgent, secondsSinceSent: now - sentAt });
  return { first: { ...looks.first, [label]: looks.first[label] ?? at }, lately, isRobot };
}

/**
 * Who read a mail, by its page views. One view that a person probably made outweighs any number of
 * a machine's, unless a robot was recognised.
 */
export function readerIn({ first, isRobot }: PageViews): OpenLabel | undefined {
  if (isRobot) return 'machine';
  const order: readonly OpenLabel[] = ['likely human', 'unknown', 'machine'];
  return order.find((label) => first[label]);
}

/**
 * All that is known of one mail: the events of its attempts, and the views of its pages, each of
 * which says as much as its pixel. Undefined: nothing is known. An open within a scanner's burst
 * counts as a machine's, whatever its user agent was. Kinds that this release does not know are
 * ignored.
 */
export function evidenceOf(events: readonly (readonly [kind: string, at: Instant])[], looks: PageViews): Evidence | undefined {
  const judged = events.map(([kind, at]) => ({ kind: isOpen(kind) && isScannersOpen(looks, at) ? openKinds.machine : kind, at }));
  const reader = readerIn(looks);
  const looked = reader && looks.first[reader];
  const all = [...judged, ...(looked ? [{ kind: openKinds[reader], at: looked }] : [])];
  const known = all.flatMap(({ kind, at }) => kinds.filter((one) => one === kind).map((one) => ({ kind: one, at })));
  return known.length > 0 ? known.reduce<Evidence>(withEvent, {}) : undefined;
}

const isOpen = (kind: string) => Object.values<string>(openKinds).includes(kind);

/** A scanner that follows a mail's links also loads its pixel, often under a browser's name. */
const isScannersOpen = ({ robotAt }: PageViews, at: Instant): boolean =>
  robotAt !== undefined && Math.abs(Date.parse(at) - Date.parse(robotAt)) <= burst.seconds * 1000;
