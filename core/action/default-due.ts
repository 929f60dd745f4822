import { localDay } from '../calendar/period.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import { isAfter, type PlainDate } from '../shared/instant.ts';
import type { ActionRow } from './action.ts';
import { knownEvents } from './event.ts';
import { type CurrentStatus, isUnfinished, statusOf } from './status.ts';

/** When open actions count as due for which nobody said a day. */
export interface DefaultDueRules {
  readonly zone: string;
  /** Days. A severity that is not in it has no default. */
  readonly dueAfter: Readonly<Partial<Record<Severity, number>>>;
}

/** The current status, where a day without a promise behind it is a default of the organisation. */
export type DatedStatus = Omit<CurrentStatus, 'dueIs'> & { readonly dueIs?: CurrentStatus['dueIs'] | 'default' };

/**
 * The current status, with a day for an open action that has none: so many days after it was
 * promised, by the severity of its postmortem. An action that was opened again or funded since has
 * them from then on. Only what readers were told of has a default. It is never stored, so that a
 * change of the rules counts at once. Without rules as `statusOf`.
 */
export function datedStatusOf(row: ActionRow, now: Date, rules: DefaultDueRules | undefined): DatedStatus {
  const status = statusOf(row, now);
  const days = rules && row.severity && rules.dueAfter[row.severity];
  if (!rules || days === undefined || status.due !== undefined || !isUnfinished(status.status)) return status;
  if (!row.visible || row.withdrawnAt !== undefined) return status;
  return { ...status, due: daysAfter(beginOf(row, now), days, rules.zone), dueIs: 'default' };
}

const daysAfter = (at: string, days: number, zone: string): PlainDate => localDay(new Date(at), zone).add({ days }).toString();

function beginOf({ promisedAt, events }: ActionRow, now: Date): string {
  const begun = knownEvents(events).flatMap((event) => {
    if (event.kind === 'reopened') return [event.at];
    return event.kind === 'decided' && event.what === 'fund' && Date.parse(event.effectiveAt) <= now.getTime() ? [event.effectiveAt] : [];
  });
  return begun.reduce((last, at) => (isAfter(at, last) ? at : last), promisedAt);
}
