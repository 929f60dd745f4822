import type { ActionItem } from '../postmortem/postmortem.ts';
import { foldedName } from '../shared/text.ts';
import type { VendorAction } from './ports.ts';

/** An action item, as a document sends it. */
export type SentAction = Omit<ActionItem, 'assigneeHash'> & Pick<VendorAction, 'assignee'>;

/**
 * The action items that a tool keeps and those that the text of its document promises, as one list:
 * people write both, and a document often repeats what the tool keeps. Of one that is in both, the
 * tool says its state, its link and who has it, and the text what the tool does not have: an owner,
 * a day, what it costs and what happens without it.
 */
export function joinActions(kept: readonly VendorAction[], written: readonly ActionItem[]): SentAction[] {
  const left = [...written];
  const joined = kept.map((action): SentAction => {
    const same = left.find((other) => isEqual(action, other)) ?? left.find((other) => isPart(action, other));
    if (same) left.splice(left.indexOf(same), 1);
    return { ...(same && withoutHash(same)), ...action };
  });
  return [...joined, ...left.map(withoutHash)];
}

const withoutHash = ({ assigneeHash: _, ...action }: ActionItem): SentAction => action;

/** Shorter words may stand in another promise as well. */
const leastShared = 12;

const isEqual = (action: VendorAction, written: ActionItem): boolean =>
  (action.link !== undefined && action.link === written.link) || wordsOf(action.title) === wordsOf(written.title);

/** One has a number or a name around the words of the other. */
function isPart(action: VendorAction, written: ActionItem): boolean {
  const [a, b] = [wordsOf(action.title), wordsOf(written.title)];
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return shorter.length >= leastShared && ` ${longer} `.includes(` ${shorter} `);
}

const signs = /[^\p{L}\p{N}]+/gu;
const wordsOf = (title: string): string => foldedName(title.replace(signs, ' '));
