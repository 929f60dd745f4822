import * as z from 'zod';
import { foldedName } from '../shared/text.ts';

export const topicKinds = ['service', 'team', 'tech', 'product'] as const;
export type TopicKind = (typeof topicKinds)[number];

/** The most topics in one of a reader's lists. */
export const mostTopics = 50;
const longest = 80;
/** Of a topic, in characters. */
export const longestTopic = longest + 'service:'.length;
const form = /^(service|team|tech|product):(.+)$/;

/**
 * What a reader follows or leaves out, and what a card is about: `service:cart`, `team:payments`,
 * `tech:redis`, and of a notice to customers `product:checkout`. Each name has exactly one
 * spelling.
 */
export type Topic = string;
export const Topic = z
  .string()
  .max(longestTopic)
  .refine((text) => {
    const [, kind, name] = form.exec(text) ?? [];
    return topicKinds.some((known) => known === kind && topicOf(known, name ?? '') === text);
  }, 'a topic such as service:cart');

/**
 * The topic of a name as people write it. Case, width and surrounding blanks make no difference.
 * Undefined if nothing is left of the name, if it is too long, or if it has control characters.
 */
export function topicOf(kind: TopicKind, name: string): Topic | undefined {
  const written = foldedName(name);
  return written === '' || written.length > longest || /\p{C}/u.test(written) ? undefined : `${kind}:${written}`;
}

/** Splits a valid topic into its kind and its name. */
export function readTopic(topic: Topic): { readonly kind: TopicKind; readonly name: string } {
  const [, kind, name = ''] = form.exec(topic) ?? [];
  return { kind: topicKinds.find((known) => known === kind) ?? 'tech', name };
}
