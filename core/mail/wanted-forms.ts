import type { Block } from '../edition/fragments.ts';
import { severities } from '../postmortem/postmortem.ts';
import type { StreamSettings } from '../subscriber/subscriber.ts';
import { type Form, mostReasons } from './card-forms.ts';

export type Card = Extract<Block, { kind: 'card' }>;
/** What a reader follows and leaves out. Nothing of it: every card as usual. */
export type Wishes = Pick<StreamSettings, 'follow' | 'leaveOut' | 'least'>;

/**
 * How each card is to stand before the budget is asked. What is left out stays out, even where it is followed as well; but nobody is spared a
 * Sev-1, and what has no class is never taken for a low one. `canFollow`: the edition has a place for what readers follow.
 */
export function wantedForms(
  cards: readonly Card[],
  { follow, leaveOut, least }: Wishes,
  { withheld, canFollow }: { readonly withheld: ReadonlySet<string>; readonly canFollow: boolean },
): Form[] {
  const unwanted = leaveOut?.length ? new Set(leaveOut) : undefined;
  const followed = canFollow && follow?.length ? new Set(follow) : undefined;
  return cards.map((card): Form => {
    if (withheld.has(card.postmortem)) return 'absent';
    if (isLeftOut(card, unwanted, least)) return 'absent';
    const topic = followed && card.topics ? card.topics.slice(0, mostReasons).findIndex((one) => followed.has(one)) : -1;
    return topic >= 0 ? { topic } : card.usual;
  });
}

function isLeftOut({ severity, topics }: Card, unwanted: ReadonlySet<string> | undefined, least: Wishes['least']): boolean {
  if (severity === undefined || severity === 'sev1') return false;
  const isBelow = least !== undefined && severity !== 'unclassified' && severities.indexOf(severity) > severities.indexOf(least);
  return isBelow || (unwanted !== undefined && (topics?.some((topic) => unwanted.has(topic)) ?? false));
}
