/** A card in full under the reason why it comes first: the n-th of its topics, which the reader follows. */
export interface Followed {
  readonly topic: number;
}
/** How a card stands in a mail. 'text line': a line in the text part only, because even lines had filled the budget. */
export type Form = 'absent' | 'text line' | 'line' | 'card' | Followed;

export const isFollowed = (form: Form): form is Followed => typeof form === 'object';

const firstLetter = 'a'.charCodeAt(0);
/** A card's further topics are no reasons: one letter has to tell which it was. */
export const mostReasons = 26;

/** One sign a card, in the order of the edition: 0 absent, 1 line, 2 card; a letter says which of its topics the card stands under. */
export const signsOf = (forms: readonly Form[]): string => forms.map(signOf).join('');

function signOf(form: Form): string {
  if (isFollowed(form)) return String.fromCharCode(firstLetter + form.topic);
  if (form === 'absent') return '0';
  return form === 'card' ? '2' : '1';
}

/** The forms that signs stand for; which lines stand in the text part only follows from the budget. 3: a reason that was not kept. */
export const formsOf = (signs: string): Form[] =>
  [...signs].map((sign): Form => {
    if (sign === '0') return 'absent';
    if (sign === '1') return 'line';
    return sign === '2' || sign === '3' ? 'card' : { topic: sign.charCodeAt(0) - firstLetter };
  });
