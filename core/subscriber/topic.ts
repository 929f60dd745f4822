import * as z from 'zod';
import { foldedName } from '../shared/text.ts';

export const topicKinds = ['service', 'team', 'tech'] as const;
export type TopicKind = (typeof topicKinds)[number];

/** In one list of a reader's. */
export const mostTopics = 50;
const longest = 80;
const form = /^(service|team|tech):(.+)$/;

/**
 * What a reader follows or leaves out and what a card is about: `service:cart`, `team:payments`,
 * `tech:redis`. One name is written in one way.
 */
export type Topic = string;
export const Topic = z
  .string()
  .max(longest + 'service:'.length)
  .refine((text) => {
    const [, kind, name] = form.exec(text) ?? [];
    return topicKinds.some((known) => known === kind && topicOf(known, name ?? '') === text);
  }, 'a topic such as service:cart');

/**
 * The topic of a name as people write it: case, width and blanks around it make no difference.
 * Undefined where nothing is left of it, or too much.
 */
export function topicOf(kind: TopicKind, name: string): Topic | undefined {
  const written = foldedName(name);
  return written === '' || written.length > longest || /\p{C}/u.test(written) ? undefined : `${kind}:${written}`;
}

/** Of a valid topic. */
export function readTopic(topic: Topic): { readonly kind: TopicKind; readonly name: string } {
  const [, kind, name = ''] = form.exec(topic) ?? [];
  return { kind: topicKinds.find((known) => known === kind) ?? 'tech', name };
}
