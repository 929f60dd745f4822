import type { DocumentStatus, Facts } from './inbound-incident.ts';
import { longestRef } from './source.ts';

/**
 * What an event says. Events only hint: they can hide, and say what to ask the API about, so no
 * title and no text is taken from them, and never that something is public.
 * `other`: it is about something that Afterword does not follow.
 */
export type ReadEvent =
  | { readonly kind: 'about'; readonly ref: string; readonly facts: Facts }
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable'; readonly why: string };

/** Reads the raw text of an event. `at`: when it was signed, for events that have no instant. */
export type EventReader = (text: string, at: string) => ReadEvent;

/** Parses an event. Well signed JSON that is none is reported, because vendors do send it. */
export function parseEvent(text: string, read: (value: Record<string, unknown>) => ReadEvent): ReadEvent {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'unreadable', why: 'It is not JSON.' };
  }
  const whole = objectOf(value);
  return whole ? read(whole) : { kind: 'unreadable', why: 'It is JSON, but not an object.' };
}

/** What is said of the incident that has this id, if it has one. */
export const aboutIncident = (ref: string | undefined, facts: Facts): ReadEvent =>
  ref === undefined || ref.length > longestRef
    ? { kind: 'unreadable', why: 'It does not say which incident it is about.' }
    : { kind: 'about', ref, facts };

export const objectOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined);

/** Lists of objects; anything else has none. */
export const objectsOf = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.map(objectOf).filter((one) => one !== undefined) : [];

const finished = ['completed', 'complete', 'published', 'final', 'closed', 'reviewed'];
const reviewed = ['in_review', 'in-review', 'review'];

/**
 * How far a document is, by any word that a vendor uses. An event and an API of one vendor may say
 * it in different words. An unknown word counts as a draft, which nobody is told of.
 */
export function statusNamed(word: string): DocumentStatus {
  const name = word.trim().toLowerCase();
  if (finished.includes(name)) return 'published';
  return reviewed.includes(name) ? 'review' : 'draft';
}
