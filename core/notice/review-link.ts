import { PostmortemId } from '../postmortem/postmortem.ts';

/** What was done with a link, as a receipt tells it. */
export const reviewActs = { a: 'approve', b: 'send back', s: 'stop', w: 'withdraw' } as const;
export type ReviewAct = (typeof reviewActs)[keyof typeof reviewActs];

/** What a link of an approver is about. */
export interface ReviewAbout {
  readonly postmortem: PostmortemId;
  /** The request, or the public version. */
  readonly n: number;
  /** Of a receipt alone. */
  readonly act?: ReviewAct | undefined;
}

const letters: Readonly<Record<ReviewAct, string>> = { approve: 'a', 'send back': 'b', stop: 's', withdraw: 'w' };

/**
 * `<postmortem>_<n>`, and for a receipt `<postmortem>_<n>_<act>`: in a token, and in a mail's id.
 */
export const aboutReview = ({ postmortem, n, act }: ReviewAbout): string => [postmortem, n, ...(act ? [letters[act]] : [])].join('_');

/** Undefined for what no link of ours is about. */
export function readAboutReview(about: string): ReviewAbout | undefined {
  const [, id, n, letter] = /^([a-z0-9-]+)_([1-9][0-9]{0,8})(?:_([absw]))?$/.exec(about) ?? [];
  const postmortem = PostmortemId.safeParse(id);
  if (!postmortem.success) return undefined;
  const act = Object.entries(reviewActs).find(([known]) => known === letter)?.[1];
  return { postmortem: postmortem.data, n: Number(n), ...(act && { act }) };
}
