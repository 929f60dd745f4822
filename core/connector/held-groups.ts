import { type HeldIncident, idOfHeld, isUnreadable } from './held-words.ts';

/** What is held for one reason, so that one act helps all of it. At least one. */
export interface HeldGroup<T> {
  readonly latest: T;
  readonly earliest: T;
  readonly count: number;
  /** The ids of the latest ones: of three or fewer all of them, of more one. */
  readonly ids: readonly string[];
}

const mostNamed = 3;

type Grouped = HeldIncident & { readonly urgent?: true | undefined };

/**
 * What is held, by tool and reason. `held`: the earliest first. The urgent groups come first, and
 * of each kind the one in which something was held last.
 */
export function groupHeld<T extends Grouped>(held: readonly T[]): HeldGroup<T>[] {
  const groups = [...Map.groupBy(held.toReversed(), reasonOf).values()].flatMap(groupOf);
  return [...groups.filter(({ latest }) => latest.urgent), ...groups.filter(({ latest }) => !latest.urgent)];
}

/** What its words depend on, beside its id. */
const reasonOf = ({ source, why, detail, severity, urgent }: Grouped): string =>
  JSON.stringify([source, why, detail, why === 'unmapped severity' && severity, urgent]);

function groupOf<T extends Grouped>(of: readonly T[]): HeldGroup<T>[] {
  const [latest, earliest] = [of[0], of.at(-1)];
  return latest && earliest
    ? [{ latest, earliest, count: of.length, ids: of.slice(0, of.length > mostNamed ? 1 : mostNamed).map(idOfHeld) }]
    : [];
}

/** `rootly/a`, `2 incidents: rootly/b, rootly/a`, or `60 incidents, such as rootly/b`. */
export function nameOfGroup({ latest, count, ids }: HeldGroup<HeldIncident>): string {
  if (count === 1) return idOfHeld(latest);
  const counted = `${count} ${isUnreadable(latest) ? 'days with such events' : 'incidents'}`;
  return `${counted}${ids.length < count ? ', such as' : ':'} ${ids.join(', ')}`;
}
