import { severities } from '../postmortem/postmortem.ts';
import type { StreamSettings } from '../subscriber/subscriber.ts';
import type { Block } from './fragments.ts';

/**
 * A card in full under the reason why it comes first: the n-th of its topics, which the reader
 * follows.
 */
export interface Followed {
  readonly topic: number;
}
/**
 * How a card stands in a mail. 'text line': a line in the text part only, because even lines had
 * filled the budget.
 */
export type Form = 'absent' | 'text line' | 'line' | 'card' | Followed;

export const isFollowed = (form: Form): form is Followed => typeof form === 'object';

const firstLetter = 'a'.charCodeAt(0);
/** A card's further topics are no reasons: one letter has to tell which it was. */
export const mostReasons = 26;

/**
 * One sign a card, in the order of the edition: 0 absent, 1 line, 2 card; a letter says which of
 * its topics the card stands under.
 */
export const signsOf = (forms: readonly Form[]): string => forms.map(signOf).join('');

function signOf(form: Form): string {
  if (isFollowed(form)) return String.fromCharCode(firstLetter + form.topic);
  if (form === 'absent') return '0';
  return form === 'card' ? '2' : '1';
}

/**
 * The forms that signs stand for; which lines stand in the text part only follows from the budget.
 * 3: a reason that was not kept.
 */
export const formsOf = (signs: string): Form[] =>
  [...signs].map((sign): Form => {
    if (sign === '0') return 'absent';
    if (sign === '1') return 'line';
    return sign === '2' || sign === '3' ? 'card' : { topic: sign.charCodeAt(0) - firstLetter };
  });

export type CardBlock = Extract<Block, { kind: 'card' }>;
/** What a reader follows and leaves out. Nothing of it: every card as usual. */
export type ReaderChoices = Pick<StreamSettings, 'follow' | 'leaveOut' | 'least'>;

/**
 * How each card is to stand before the budget is asked. What is left out stays out, even where it
 * is followed as well; but nobody is spared a Sev-1, and what has no class is never taken for a low
 * one. `canFollow`: the edition has a place for what readers follow.
 */
export function wantedForms(
  cards: readonly CardBlock[],
  { follow, leaveOut, least }: ReaderChoices,
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

function isLeftOut({ severity, topics }: CardBlock, unwanted: ReadonlySet<string> | undefined, least: ReaderChoices['least']): boolean {
  if (severity === undefined || severity === 'sev1') return false;
  const isBelow = least !== undefined && severity !== 'unclassified' && severities.indexOf(severity) > severities.indexOf(least);
  return isBelow || (unwanted !== undefined && (topics?.some((topic) => unwanted.has(topic)) ?? false));
}
