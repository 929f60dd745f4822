import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ActionItem, type Postmortem, PostmortemId } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';

/** An action item as the ledger keeps it: found again across revisions by `aid`. */
export const PromisedAction = ActionItem.omit({ id: true }).extend({
  postmortem: PostmortemId,
  postmortemTitle: z.string(),
  aid: z.string(),
  /** When it was first promised: the publication of the postmortem that brought it. Age counts from here. */
  promisedAt: Instant,
  /** The document no longer has it. It is kept, so that it is the same action when it comes back. */
  withdrawn: z.boolean().optional(),
});
export type PromisedAction = z.infer<typeof PromisedAction>;

export const isOpen = ({ status, withdrawn }: Pick<PromisedAction, 'status' | 'withdrawn'>): boolean =>
  !withdrawn && (status === 'open' || status === 'in-progress');

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);
const normalised = (title: string) =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The author's id, else the tracker link, else the title; never a position. */
const baseIdOf = (item: ActionItem): string => {
  if (item.id) return `id#${item.id}`;
  return item.link ? `link#${digest(item.link)}` : `title#${digest(normalised(item.title))}`;
};

/** The promises of a revision. Those that were there before keep the instant at which they were first made. */
export function promisesOf(postmortem: Postmortem, before: readonly PromisedAction[], now: Instant): PromisedAction[] {
  const known = new Map(before.map((action) => [action.aid, action]));
  const taken = new Map<string, number>();
  return postmortem.actionItems.map(({ id, ...item }) => {
    const base = baseIdOf({ ...item, ...(id && { id }) });
    const n = (taken.get(base) ?? 0) + 1;
    taken.set(base, n);
    const aid = n === 1 ? base : `${base}#${n}`;
    return {
      ...item,
      aid,
      postmortem: postmortem.id,
      postmortemTitle: postmortem.title,
      promisedAt: known.get(aid)?.promisedAt ?? postmortem.publishedAt ?? now,
    };
  });
}
