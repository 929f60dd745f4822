import { createHash } from 'node:crypto';
import type { PostmortemId } from '../postmortem/postmortem.ts';

/** The incident tools that Afterword listens to, by the names of the distribution file. */
export const sources = ['incident-io', 'rootly'] as const;
export type Source = (typeof sources)[number];

export const isSource = (name: string): name is Source => sources.some((known) => known === name);

/** What people call each. */
export const sourceLabels: Readonly<Record<Source, string>> = { 'incident-io': 'incident.io', rootly: 'Rootly' };

/** More characters than any tool has in the id of an incident. */
export const longestRef = 128;

/**
 * The id of the postmortem of an incident. It is made of the source and the vendor's own id, so
 * every event about the incident finds it. An id of other signs than letters and digits, or a long
 * one, is replaced by its hash, because two must never become one.
 */
export function postmortemIdOf(source: Source, ref: string): PostmortemId {
  const plain = /^[a-z0-9]+(-[a-z0-9]+)*$/i.test(ref) && source.length + ref.length < 64;
  return `${source}-${plain ? ref.toLowerCase() : createHash('sha256').update(ref).digest('hex').slice(0, 32)}`;
}
