import type { Weight } from '../taxonomy/term.ts';
import type { Place } from '../taxonomy/terms-of.ts';

/** How much each kind of reason counts. */
export const points = {
  runs: 6,
  promised: 5,
  tagged: 3,
  depends: 2,
  /** Of a dependence on what depends on it. */
  byWayOf: 0.6,
  shares: 4,
  /** Where the text does not name the resource's technology. */
  sharesOther: 2,
  sameFailure: 5,
  hadBefore: 2,
  readsAlike: 2,
  /** Of a technology that the catalogue brings and the text does not name. */
  broughtTechnology: 0.7,
  /** Of a failure mode that belongs to no technology. */
  anyTechnology: 0.6,
  /** Of a technology that everybody has, beside one that a single team has. */
  common: 0.3,
} as const;

/** From this score on a team is told. */
export const shownFrom = 3;
/** From this score on a team is told at once, and reminded. */
export const atOnceFrom = 5;
/** An earlier postmortem that is less alike is none. */
export const leastLike = 0.3;

export const weightFactor = (weight: Weight): number => [0, 0.4, 0.7, 1][weight] ?? 0;

const factors: Readonly<Record<Place, number>> = {
  title: 1,
  tags: 1,
  services: 1,
  cause: 1,
  summary: 1,
  impact: 0.7,
  body: 0.6,
  timeline: 0.5,
};
/** A failure that the cause names counts for more than one that the timeline mentions. */
export const placeFactor = (place: Place): number => factors[place];
