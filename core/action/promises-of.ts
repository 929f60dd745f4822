import { createHash } from 'node:crypto';
import type { ActionItem, Postmortem } from '../postmortem/postmortem.ts';
import type { Instant } from '../shared/instant.ts';
import type { PromisedAction } from './action.ts';

type State = 'open' | 'done' | 'declined' | 'withdrawn';
/** An action that is done or declined stays so when the document drops it. */
const actionState = ({ status, withdrawn }: Pick<PromisedAction, 'status' | 'withdrawn'>): State => {
  if (status === 'done' || status === 'declined') return status;
  return withdrawn ? 'withdrawn' : 'open';
};

const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 24);
const normalised = (title: string) =>
  title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * Identifies an action by the author's id, else by its tracker link, else by its title. Never by
 * its position.
 */
const baseIdOf = (item: ActionItem): string => {
  if (item.id) return `id#${item.id}`;
  return item.link ? `link#${digest(item.link)}` : `title#${digest(normalised(item.title))}`;
};

/**
 * The actions of a revision that came at an instant, and those that it dropped, marked as
 * withdrawn. A known action keeps the instant at which it was first promised. While its state stays
 * the same it also keeps the instant at which it was closed. Taking in the same revision again
 * gives the same result.
 */
export function promisesOf(postmortem: Postmortem, before: readonly PromisedAction[], at: Instant): PromisedAction[] {
  const known = new Map(before.map((action) => [action.aid, action]));
  const taken = new Map<string, number>();
  const promised = postmortem.actionItems.map(({ id, ...item }): PromisedAction => {
    const base = baseIdOf({ ...item, ...(id && { id }) });
    const n = (taken.get(base) ?? 0) + 1;
    taken.set(base, n);
    const aid = n === 1 ? base : `${base}#${n}`;
    const promisedAt = known.get(aid)?.promisedAt ?? postmortem.publishedAt ?? at;
    return { ...item, aid, postmortem: postmortem.id, postmortemTitle: postmortem.title, promisedAt };
  });
  const kept = new Set(promised.map(({ aid }) => aid));
  const dropped = before.filter(({ aid }) => !kept.has(aid)).map((action): PromisedAction => ({ ...action, withdrawn: true }));
  return [...promised, ...dropped].map((action) => withClosing(action, known.get(action.aid), at));
}

function withClosing({ closedAt: _, ...action }: PromisedAction, before: PromisedAction | undefined, at: Instant): PromisedAction {
  const state = actionState(action);
  if (state === 'open') return action;
  const hasTurned = before !== undefined && actionState(before) !== state;
  return { ...action, closedAt: hasTurned ? at : (before?.closedAt ?? action.promisedAt) };
}
