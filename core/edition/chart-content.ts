import * as z from 'zod';
import { Line } from './card-content.ts';
import { inWords, printNumber } from './counting.ts';
import { severityLabels } from './severity-label.ts';
import type { WeekCounts } from './week-counts.ts';

/** What a bar is made of, gravest first; the chart tells three apart, because more colours would be a riddle. */
export const shades = ['sev1', 'sev2', 'rest'] as const;
export type Shade = (typeof shades)[number];

const Count = z.int().nonnegative();

/** Incidents week by week. Counts stay numbers here, because they become heights. */
export const ChartContent = z.strictObject({
  caption: Line,
  /** The whole chart in words: for who does not see it, and for the text part. */
  told: Line,
  legend: z.array(z.strictObject({ shade: z.enum(shades), label: Line })),
  weeks: z.array(z.strictObject({ label: Line, total: Line, counts: z.strictObject({ sev1: Count, sev2: Count, rest: Count }) })),
});
export type ChartContent = z.infer<typeof ChartContent>;

/** Undefined where fewer than two of the weeks had an incident: one bar compares with nothing. */
export function chartContent(weeks: readonly WeekCounts[]): ChartContent | undefined {
  if (weeks.filter(({ total }) => total > 0).length < 2) return undefined;
  const caption = `Incidents a week, last ${inWords(weeks.length)} weeks`;
  const unclassified = weeks.some((week) => week.of('unclassified') > 0);
  return ChartContent.parse({
    caption,
    told: `${caption}: ${weeks.map(toldWeek).join(', ')}.`,
    legend: [
      { shade: 'sev1', label: severityLabels.sev1 },
      { shade: 'sev2', label: severityLabels.sev2 },
      { shade: 'rest', label: `Sev-3 and below${unclassified ? ', or unclassified' : ''}` },
    ],
    weeks: weeks.map((week) => ({
      label: labelOf(week),
      total: printNumber(week.total),
      counts: { sev1: week.of('sev1'), sev2: week.of('sev2'), rest: week.of('sev3', 'sev4', 'unclassified') },
    })),
  });
}

/** `W47 5 (1 Sev-1, 2 Sev-2)`; the rest is what is left. */
function toldWeek(week: WeekCounts): string {
  const grave = (['sev1', 'sev2'] as const).flatMap((severity) => {
    const n = week.of(severity);
    return n > 0 ? [`${printNumber(n)} ${severityLabels[severity]}`] : [];
  });
  return `${labelOf(week)} ${printNumber(week.total)}${grave.length > 0 ? ` (${grave.join(', ')})` : ''}`;
}

/** `W47` of `2026-W47`: within two months the year is not in doubt. */
const labelOf = ({ week }: WeekCounts) => week.id.slice(-3);
