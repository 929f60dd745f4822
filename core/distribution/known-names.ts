import { nearest } from '../shared/nearest.ts';
import { foldedName } from '../shared/text.ts';
import { streams } from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import { configuredStream } from './stream-rules.ts';

type Teams = Pick<Distribution, 'teams'>;

/** A name that the distribution file does not have, and the nearest one that it has. */
export interface UnknownName {
  readonly name: string;
  readonly meant: string | undefined;
}

/** Which of these teams the file does not list, each once. None if it lists no team. */
export const unknownTeams = (names: readonly string[], { teams }: Teams): UnknownName[] =>
  unknownAmong(
    names,
    teams.map(({ name }) => name),
  );

/** The roles that the file names anywhere, each once, as it writes them first. */
export function knownRoles({ streams: configured, operators, authors }: Pick<Distribution, 'streams' | 'operators' | 'authors'>): string[] {
  const named = [
    ...streams.flatMap((stream) => configuredStream({ streams: configured }, stream)?.subscribe ?? []),
    ...[operators, authors].flatMap((one) => one?.roles ?? []),
  ].filter((role) => !isSame(role, 'everyone'));
  return named.filter((role, n) => named.findIndex((one) => isSame(one, role)) === n);
}

/** Which of these roles the file names nowhere, each once. None if it names no role. */
export const unknownRoles = (names: readonly string[], file: Parameters<typeof knownRoles>[0]): UnknownName[] =>
  unknownAmong(names, knownRoles(file));

/** Which of these services no team of the file runs, each once. None if it lists no service. */
export const unknownServices = (names: readonly string[], { teams }: Teams): UnknownName[] =>
  unknownAmong(
    names,
    teams.flatMap(({ services }) => services),
  );

/**
 * The team that runs these services. Undefined if two teams do. A service that no team or several
 * teams run is ignored.
 */
export function teamRunning(services: readonly string[], { teams }: Teams): string | undefined {
  const found = services.flatMap((service) => {
    const [one, ...others] = teams.filter((team) => team.services.some((name) => isSame(name, service)));
    return one && others.length === 0 ? [one.name] : [];
  });
  return found.every((team) => team === found[0]) ? found[0] : undefined;
}

/** Compares names as follows and filters do. */
const isSame = (one: string, other: string): boolean => foldedName(one) === foldedName(other);

function unknownAmong(names: readonly string[], known: readonly string[]): UnknownName[] {
  if (known.length === 0) return [];
  const unknown = [...new Set(names)].filter((name) => !known.some((one) => isSame(one, name)));
  return unknown.map((name) => ({ name, meant: nearest(name, known) }));
}
