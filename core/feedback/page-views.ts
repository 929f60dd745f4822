import { type Evidence, kinds, type OpenLabel, withEvent } from '../delivery/evidence.ts';
import type { Instant } from '../shared/instant.ts';
import { judgeOpen, openKinds } from './judge-open.ts';

/**
 * What is kept of the looks at the pages that one mail links to: who or what looked first, as an
 * estimate, and nothing of how it looked.
 */
export interface PageViews {
  readonly first: Readonly<Partial<Record<OpenLabel, Instant>>>;
  /**
   * The pages of the last minute, each with the second since 1970 at which it was last looked at.
   */
  readonly lately: Readonly<Record<string, number>>;
  /**
   * Followed a link that no person sees, or many within a minute: whatever looks with this mail's
   * links is taken for a machine.
   */
  readonly isRobot: boolean;
  /** When it did so. */
  readonly robotAt?: Instant | undefined;
}

export interface PageView {
  /** Which page: a postmortem, the archive, the mail itself. */
  readonly page: string;
  /** It stands where nobody sees it. */
  readonly isTrap: boolean;
  readonly userAgent: string;
  /** When the mail was made, in seconds since 1970. */
  readonly sentAt: number;
}

/**
 * Stands in place of a postmortem in a link that no person sees; no postmortem can have it as its
 * id.
 */
export const honeypotPage = '_';

/** Scanners follow every link of a mail at once; people follow one, or two. */
export const burst = { pages: 5, seconds: 60 } as const;

export const noViews: PageViews = { first: {}, lately: {}, isRobot: false };

/**
 * One look more. Of a robot nothing but that is kept, so that its looking costs no further write.
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
 * How a mail counts as read: one look that a person probably took outweighs any number of a
 * machine's, but for a robot.
 */
export function readerIn({ first, isRobot }: PageViews): OpenLabel | undefined {
  if (isRobot) return 'machine';
  const order: readonly OpenLabel[] = ['likely human', 'unknown', 'machine'];
  return order.find((label) => first[label]);
}

/**
 * All that is known of one mail: the events of its attempts, and the looks at its pages, each of
 * which tells as much as its pixel. Undefined: nothing is known. An open in a scanner's burst
 * counts as the machine's, whatever it called itself. Kinds that this release does not know are
 * passed over.
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

/** What follows the links of a mail loads its pixel with them, often in the name of a browser. */
const isScannersOpen = ({ robotAt }: PageViews, at: Instant): boolean =>
  robotAt !== undefined && Math.abs(Date.parse(at) - Date.parse(robotAt)) <= burst.seconds * 1000;
