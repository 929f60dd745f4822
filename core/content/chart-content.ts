import * as z from 'zod';
import type { PeriodKind } from '../calendar/recurring.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import { Line } from './card-content.ts';
import type { PeriodCounts } from './period-counts.ts';
import { inWords, printNumber } from './prose.ts';

/**
 * The segments of a bar, most severe first. There are only three, because more colours would be
 * hard to tell apart.
 */
export const shades = ['sev1', 'sev2', 'rest'] as const;
export type Shade = (typeof shades)[number];

const Count = z.int().nonnegative();

/** Incidents per period. Counts stay numbers here, because they become heights. */
export const ChartContent = z.strictObject({
  caption: Line,
  /** The whole chart in words, for readers who cannot see it and for the text part. */
  told: Line,
  legend: z.array(z.strictObject({ shade: z.enum(shades), label: Line })),
  bars: z.array(z.strictObject({ label: Line, total: Line, counts: z.strictObject({ sev1: Count, sev2: Count, rest: Count }) })),
});
export type ChartContent = z.infer<typeof ChartContent>;

/**
 * Undefined if fewer than two of the periods had an incident: a single bar compares with nothing.
 * `withoutData`: ids of periods of which nothing is known, which is not the same as none.
 */
export function chartContent(
  kind: PeriodKind,
  periods: readonly PeriodCounts[],
  labels: SeverityLabels,
  withoutData: ReadonlySet<string> = new Set(),
): ChartContent | undefined {
  if (periods.filter(({ total }) => total > 0).length < 2) return undefined;
  const caption = `Incidents a ${kind}, last ${inWords(periods.length)} ${kind}s`;
  const unclassified = periods.some((period) => period.of('unclassified') > 0);
  return ChartContent.parse({
    caption,
    told: `${caption}: ${periods.map((one) => (withoutData.has(one.period.id) ? `${one.period.short} no data` : told(one, labels))).join(', ')}.`,
    legend: [
      { shade: 'sev1', label: labels.sev1 },
      { shade: 'sev2', label: labels.sev2 },
      { shade: 'rest', label: `${labels.sev3} and below${unclassified ? ', or unclassified' : ''}` },
    ],
    bars: periods.map(({ period, total, of }) => ({
      label: period.short,
      total: withoutData.has(period.id) ? '–' : printNumber(total),
      counts: { sev1: of('sev1'), sev2: of('sev2'), rest: of('sev3', 'sev4', 'unclassified') },
    })),
  });
}

/** `W47 5 (1 Sev-1, 2 Sev-2)`. The remainder has a lower severity. */
function told({ period, total, of }: PeriodCounts, labels: SeverityLabels): string {
  const grave = (['sev1', 'sev2'] as const).flatMap((severity) => {
    const n = of(severity);
    return n > 0 ? [`${printNumber(n)} ${labels[severity]}`] : [];
  });
  return `${period.short} ${printNumber(total)}${grave.length > 0 ? ` (${grave.join(', ')})` : ''}`;
}
