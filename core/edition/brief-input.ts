import type { PromisedAction } from '../action/action.ts';
import type { Period } from '../calendar/period.ts';
import type { PeriodKind } from '../calendar/recurring.ts';
import type { SeverityLabels } from '../distribution/severity-label.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { LeadershipRendition } from '../rendition/leadership-rendition.ts';
import type { Counted } from './period-counts.ts';

/** What a leadership brief is made of: leaders' renditions, counts, and promises. */
export interface BriefInput {
  readonly organisation: { readonly name: string; readonly zone: string };
  /** Ours unless given. */
  readonly labels?: SeverityLabels | undefined;
  readonly kind: PeriodKind;
  readonly period: Period;
  /** Sev-1 and Sev-2 published in the period, most severe first, then newest. */
  readonly grave: readonly LeadershipRendition[];
  /** The same from earlier periods, told in no brief yet. */
  readonly late: readonly LeadershipRendition[];
  /** Everything else that was published in the period. */
  readonly lesser: readonly (Counted & { readonly id: PostmortemId })[];
  /** Everything tellable that was published before, as far back as the chart goes; what is older does no harm. */
  readonly earlier: readonly Counted[];
  /** Every open action, and what was closed since the first month of the table. */
  readonly promises: readonly PromisedAction[];
  readonly now: Date;
}
