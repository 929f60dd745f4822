import type { Weight } from '../taxonomy/term.ts';
import type { Place } from '../taxonomy/terms-of.ts';

/** How much each kind of reason counts. */
export const points = {
  runs: 6,
  promised: 5,
  tagged: 3,
  depends: 2.8,
  /** Of a dependence through an interface. */
  throughApi: 0.7,
  /** Of a dependence on what depends on it. */
  byWayOf: 0.4,
  shares: 4,
  /** Where the text does not name the resource's technology. */
  sharesOther: 2,
  sameFailure: 5,
  hadBefore: 2,
  /** Of what has all words of the postmortem. */
  readsAlike: 5,
  /** Of a technology that the catalogue brings and the text does not name. */
  broughtTechnology: 0.7,
  /** A technology counts in full that is named half as often as the most frequent one. */
  prominent: 2,
  /** Of a failure mode that belongs to no technology. */
  anyTechnology: 0.7,
  /** Of a technology that is common, beside one that a single team has. */
  common: 0.5,
} as const;

/** From this score on a team is told. */
export const shownFrom = 3;
/** From this score on a team is told at once, and reminded. */
export const atOnceFrom = 5;
/** An earlier postmortem that is less alike, or has fewer words in common, is none. */
export const leastLike = { score: 0.3, words: 3 } as const;
/** How much the description of a service adds that has all words of the postmortem. */
const describedFactor = 2;
export const descriptionFactor = (alike = 0): number => 1 + Math.min(1, describedFactor * alike);

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
