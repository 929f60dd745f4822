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
export function withView(looks: PageViews, seen: PageView, at: Instant): PageViews {
  if (looks.isRobot) return looks;
  const { page, isTrap } = seen;
  const recent = recentOf(looks, at).map((one) => [one, looks.lately[one] ?? 0]);
  const lately = { ...Object.fromEntries(recent), [page]: Math.floor(secondsOf(at)) };
  const isRobot = isTrap || Object.keys(lately).length >= burst.pages;
  if (isRobot) return { first: { ...looks.first, machine: looks.first.machine ?? at }, lately: {}, isRobot, robotAt: at };
  const label = labelOf(seen, at);
  return { first: { ...looks.first, [label]: looks.first[label] ?? at }, lately, isRobot };
}

/** What one more view adds. */
export interface JudgedView {
  readonly looks: PageViews;
  /** A person probably made it. */
  readonly isPersons: boolean;
  /** The pages of the last minute, this one too, if the view shows that a robot viewed them. */
  readonly robots: readonly string[];
}

export function judgeView(before: PageViews, seen: PageView, at: Instant): JudgedView {
  const looks = withView(before, seen, at);
  if (looks.isRobot) return { looks, isPersons: false, robots: before.isRobot ? [] : [...recentOf(before, at), seen.page] };
  return { looks, isPersons: labelOf(seen, at) === 'likely human', robots: [] };
}

const secondsOf = (at: Instant) => Date.parse(at) / 1000;
const labelOf = ({ userAgent, sentAt }: PageView, at: Instant) => judgeOpen({ userAgent, secondsSinceSent: secondsOf(at) - sentAt });
const recentOf = ({ lately }: PageViews, at: Instant): string[] =>
  Object.keys(lately).filter((page) => secondsOf(at) - (lately[page] ?? 0) < burst.seconds);

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
