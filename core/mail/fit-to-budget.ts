import type { Form } from './card-forms.ts';

export interface Fitted {
  readonly forms: readonly Form[];
  /** Something had to be shortened. */
  readonly isCut: boolean;
}
/** The UTF-8 bytes of a mail in these forms. */
type Measure = (fitted: Fitted) => number;

/** This many cards stay in full before lines are left out, because the most severe matter most. */
const leading = 3;

/**
 * Keeps a mail within `budget` UTF-8 bytes. Later cards become lines. If the lines are still too
 * many, the last ones appear in the text part only. Most mails fit as they are.
 */
export function fitToBudget(usual: readonly Form[], measure: Measure, budget: number): Fitted {
  const whole = { forms: usual, isCut: false };
  if (measure(whole) <= budget) return whole;

  const cut = (formAt: (form: Form, at: number) => Form): Fitted => ({
    forms: usual.map((form, at) => (form === 'absent' || form === 'corrected' ? form : formAt(form, at))),
    isCut: true,
  });
  const cards = (kept: number) => cut((form, at) => (at < kept ? form : 'line'));
  const lines = (inFull: number) => (kept: number) => cut((form, at) => (at < inFull ? form : at < kept ? 'line' : 'text line'));
  const all = usual.length;
  const most = (attempt: (kept: number) => Fitted, from: number) =>
    mostThatFits(attempt, { from, to: all }, (one) => measure(one) <= budget);
  return most(cards, Math.min(leading, all)) ?? most(lines(leading), 0) ?? most(lines(0), 0) ?? lines(0)(0);
}

/**
 * The same for a mail that is made again. Which cards are lines is stored; which of the lines are
 * in the text part only is worked out again. Lines keep the order of the edition, so followed cards
 * need no order of their own.
 */
export function fitLines(known: Fitted, measure: Measure, budget: number): Fitted {
  if (measure(known) <= budget) return known;
  const lines = (kept: number): Fitted => ({
    forms: known.forms.map((form, at) => (form === 'line' && at >= kept ? 'text line' : form)),
    isCut: true,
  });
  return mostThatFits(lines, { from: 0, to: known.forms.length }, (one) => measure(one) <= budget) ?? lines(0);
}

/** The attempt with the highest number that fits. Undefined if not even the lowest does. */
function mostThatFits(
  attempt: (kept: number) => Fitted,
  { from, to }: { from: number; to: number },
  fits: (fitted: Fitted) => boolean,
): Fitted | undefined {
  let [best, low, high] = [attempt(from), from, to];
  if (!fits(best)) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const tried = attempt(middle);
    if (fits(tried)) [best, low] = [tried, middle];
    else high = middle - 1;
  }
  return best;
}
