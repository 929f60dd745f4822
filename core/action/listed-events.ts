import { ActionEvent, knownEvents } from './event.ts';
import { type CurrentStatus, type StatusFacts, statusFrom } from './status.ts';

/**
 * The events that still count, for lists: with them alone the status is the same at every instant.
 * What was undone, replaced or repeated is not among them. What this release does not know is kept
 * for those that do.
 */
export function listedEvents({ events, ...facts }: StatusFacts): unknown[] {
  const known = knownEvents(events);
  const undone = new Set(events.flatMap((one) => (Object(one).kind === 'undone' ? [Object(one).event] : [])));
  const unknown = events.filter((one) => !ActionEvent.safeParse(one).success && !undone.has(Object(one).at));
  const instants = edges(known);
  const status = (some: readonly ActionEvent[]) =>
    instants
      .map((at) => statusFrom(facts, some, at))
      .map(textOf)
      .join('\n');
  const wanted = status(known);
  let kept = known;
  for (const event of known) {
    const without = kept.filter((one) => one !== event);
    if (status(without) === wanted) kept = without;
  }
  return [...unknown, ...kept];
}

/** The instants between which a status cannot change: only decisions wait for one. */
function edges(known: readonly ActionEvent[]): Date[] {
  const effects = known.flatMap((event) => (event.kind === 'decided' ? [Date.parse(event.effectiveAt)] : []));
  return [new Date(0), ...[...new Set(effects)].toSorted((a, b) => a - b).map((at) => new Date(at))];
}

const textOf = (status: CurrentStatus) => JSON.stringify(Object.entries(status).toSorted(([a], [b]) => (a < b ? -1 : 1)));
