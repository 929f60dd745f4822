import type { Form } from './assemble.ts';

export interface Fitted {
  readonly forms: readonly Form[];
  /** Something had to be shortened. */
  readonly isCut: boolean;
  readonly made: string;
}

/** So many cards stay in full before lines are left out: the gravest deserve their words. */
const leading = 3;

/**
 * Keeps a mail under so many UTF-8 bytes: later cards become lines, and should even lines be too many, the last of them stand in the text
 * part only. Most mails fit as they are and are made once.
 */
export function fitToBudget(usual: readonly Form[], make: (forms: readonly Form[], isCut: boolean) => string, budget: number): Fitted {
  const whole = { forms: usual, isCut: false, made: make(usual, false) };
  if (fits(whole, budget)) return whole;

  const cut = (formAt: (form: Form, at: number) => Form): Fitted => {
    const forms = usual.map((form, at) => (form === 'absent' ? form : formAt(form, at)));
    return { forms, isCut: true, made: make(forms, true) };
  };
  const cards = (kept: number) => cut((form, at) => (at < kept ? form : 'line'));
  const lines = (inFull: number) => (kept: number) => cut((form, at) => (at < inFull ? form : at < kept ? 'line' : 'text line'));
  const all = usual.length;
  return (
    mostThatFits(cards, { from: Math.min(leading, all), to: all }, budget) ??
    mostThatFits(lines(leading), { from: 0, to: all }, budget) ??
    mostThatFits(lines(0), { from: 0, to: all }, budget) ??
    lines(0)(0)
  );
}

/** The attempt with the highest number that fits; undefined where not even the lowest does. */
function mostThatFits(attempt: (kept: number) => Fitted, { from, to }: { from: number; to: number }, budget: number): Fitted | undefined {
  let [best, low, high] = [attempt(from), from, to];
  if (!fits(best, budget)) return undefined;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const made = attempt(middle);
    if (fits(made, budget)) [best, low] = [made, middle];
    else high = middle - 1;
  }
  return best;
}

const fits = ({ made }: Fitted, budget: number) => Buffer.byteLength(made) <= budget;
