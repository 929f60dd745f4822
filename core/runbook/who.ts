import type { Distribution } from '../distribution/distribution.ts';
import { type ConfiguredStream, configuredStream, isRole } from '../distribution/stream-rules.ts';
import { definitionOf, type StreamName, streams, type UpdateStream, updateStreams } from '../stream/stream.ts';
import { listed, type Markdown, md, person, text } from './markdown.ts';

/** The streams that the file has and that are sent, in the order of the catalogue. */
export const sentStreams = (distribution: Distribution): StreamName[] =>
  streams.filter((stream) => configuredStream(distribution, stream) && definitionOf(stream).realm === 'staff');

/** The streams of the file that tell of one incident at once and how it goes on. */
export const tellAtOnce = (distribution: Distribution): UpdateStream[] =>
  updateStreams.filter((stream) => configuredStream(distribution, stream)?.withinDays !== undefined);

/** Those of them whose readers are told of each change. */
export const followed = (distribution: Distribution): UpdateStream[] =>
  tellAtOnce(distribution).filter((stream) => configuredStream(distribution, stream)?.updates !== false);

/** The role `platform`, or everybody. */
const role = (name: string): Markdown => (isRole(name, undefined) ? md`everybody` : text(name));
export const roles = (names: readonly string[]): Markdown => {
  const [first, ...others] = names.map(role);
  if (!first) return md`no role`;
  if (names.some((name) => isRole(name, undefined))) return md`everybody on the list of people`;
  return others.length === 0 ? md`role ${first}` : md`roles ${listed([first, ...others])}`;
};

/** Whom a block of the file lets do something. Undefined: nobody. */
export function allowed(block: Distribution['operators']): Markdown | undefined {
  const { people = [], roles: named = [] } = block ?? {};
  const all = [...people.map(person), ...(named.length > 0 ? [md`whoever has the ${roles(named)}`] : [])];
  return all.length === 0 ? undefined : listed(all);
}

export const hasNamed = ({ teams }: Pick<Distribution, 'teams'>): boolean =>
  teams.some(({ leads = [], deputies = [] }) => leads.length + deputies.length > 0);

/** Who gets a stream without having asked for it. */
export function readers(stream: StreamName, distribution: Distribution): Markdown {
  const { subscribe = [] }: ConfiguredStream = configuredStream(distribution, stream) ?? {};
  const named = definitionOf(stream).namesLeads && hasNamed(distribution);
  if (subscribe.length === 0) return named ? md`leads and deputies of teams` : md`nobody by role`;
  return md`${roles(subscribe)}${named ? '; leads and deputies of teams' : ''}`;
}
