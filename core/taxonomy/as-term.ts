import type { Pattern, Term, Weight } from './term.ts';

type More = Pick<Term, 'with' | 'instead'>;

/** One row of the lists. */
export const mode = (id: string, label: string, weight: Weight, says: readonly Pattern[], more: More = {}): Term => ({
  id,
  label,
  kind: 'failure mode',
  says,
  weight,
  ...more,
});

/** One row of the lists. Without `says` its name is all that people write. */
export const technology = (
  id: string,
  label: string,
  says: readonly Pattern[] = [label.toLowerCase()],
  instead?: readonly Pattern[],
): Term => ({
  id,
  label,
  kind: 'technology',
  says,
  weight: 1,
  ...(instead && { instead }),
});
