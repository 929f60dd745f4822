import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { Line } from './card-content.ts';
import { andMore } from './promised-content.ts';

/** One thing that leadership is asked or told in a brief. */
const Row = z.strictObject({
  title: Line,
  meta: z.array(Line),
  /** What stands at the right. */
  age: Line,
  late: z.boolean(),
  postmortem: PostmortemId,
});
export type BriefRow = z.infer<typeof Row>;

/** A list in a brief, as ready-made strings. */
export const BriefList = z.strictObject({
  heading: Line,
  intro: Line,
  rows: z.array(Row),
  more: Line.optional(),
  /** What stands below it. */
  note: Line.optional(),
  /**
   * Where titles lead: to where a reviewer decides, or to the postmortem. 'nowhere': nobody can
   * read it yet.
   */
  leads: z.enum(['decide', 'read', 'nowhere']),
  /**
   * Stands in place of the list once one of several postmortems is withheld. It gives no number.
   */
  instead: Line,
});
export type BriefList = z.infer<typeof BriefList>;

/** The most entries of a list. */
export const mostRows = 8;

/** The first of the rows, and how many there are more. Undefined if there are none. */
export function briefList(
  words: Pick<BriefList, 'heading' | 'intro' | 'leads' | 'instead'>,
  rows: readonly z.input<typeof Row>[],
): BriefList | undefined {
  if (rows.length === 0) return undefined;
  return BriefList.parse({ ...words, rows: rows.slice(0, mostRows), ...andMore(rows.length - mostRows) });
}
