import type { Form } from './card-forms.ts';

export interface Fitted {
  readonly forms: readonly Form[];
  /** Something had to be shortened. */
  readonly isCut: boolean;
}
/** How many bytes of UTF-8 a mail in these forms has. */
type Measure = (fitted: Fitted) => number;

/** So many cards stay in full before lines are left out: the gravest deserve their words. */
const leading = 3;

/**
 * Keeps a mail under so many UTF-8 bytes: later cards become lines, and should even lines be too
 * many, the last of them stand in the text part only. Most mails fit as they are.
 */
export function fitToBudget(usual: readonly Form[], measure: Measure, budget: number): Fitted {
  const whole = { forms: usual, isCut: false };
  if (measure(whole) <= budget) return whole;

  const cut = (formAt: (form: Form, at: number) => Form): Fitted => ({
    forms: usual.map((form, at) => (form === 'absent' ? form : formAt(form, at))),
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
 * The same for a mail that is made once more: which cards are lines is known, and which lines stand
 * in the text part only is found again. Lines stand in the order of the edition, so what is
 * followed needs no order of its own.
 */
export function fitLines(known: Fitted, measure: Measure, budget: number): Fitted {
  if (measure(known) <= budget) return known;
  const lines = (kept: number): Fitted => ({
    forms: known.forms.map((form, at) => (form === 'line' && at >= kept ? 'text line' : form)),
    isCut: true,
  });
  return mostThatFits(lines, { from: 0, to: known.forms.length }, (one) => measure(one) <= budget) ?? lines(0);
}

/** The attempt with the highest number that fits; undefined where not even the lowest does. */
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
