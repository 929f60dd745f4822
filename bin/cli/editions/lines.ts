import { unsettledCopy } from '../../../core/delivery/lane.ts';
import type { Counts } from '../../../core/edition/edition.ts';
import type { EditionAnswer, HeldLane, ReachAnswer } from '../../../core/operator/api.ts';
import { outcomeWords } from '../../../core/operator/outcome-words.ts';
import { columns, printableLine, toTheMinute } from '../printable.ts';

/** `38 accepted, 2 skipped: snoozed`, highest count first. */
export function countsLine(counts: Counts, edition = ''): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  if (told.length === 0) return 'none counted yet';
  return told
    .toSorted(([, a], [, b]) => b - a)
    .map(([outcome, count]) => `${count} ${outcomeWords(outcome, edition)}`)
    .join(', ');
}

/** `superseded by sev1-alerts_pm-1_r2`, or the state alone. */
export const stateLine = ({ state, supersededBy }: Pick<EditionAnswer, 'state' | 'supersededBy'>): string =>
  supersededBy !== undefined && state === 'superseded' ? `superseded by ${printableLine(supersededBy)}` : state;

/** `3 waves to come, the next 2026-11-24 08:00`, for readers who chose another day or hour. */
export const wavesLine = ({ waves, next }: NonNullable<EditionAnswer['ahead']>): string =>
  `${waves} ${waves === 1 ? 'wave' : 'waves'} to come, the next ${toTheMinute(next)}`;

/** One line for each reason that holds a lane back. */
export const laneLines = ({ lane, paused, stopped }: HeldLane): string[] => [
  ...(paused
    ? [
        `The lane ${lane} has been paused since ${toTheMinute(paused.at)} UTC by "${printableLine(paused.by)}". Continue: ${goingOn(lane, paused.by)}`,
      ]
    : []),
  ...(stopped
    ? [
        `The lane ${lane} has been stopped since ${toTheMinute(stopped.since)} UTC: ${reasonOf(stopped.code)}. ` +
          `Next try ${toTheMinute(new Date(stopped.probeAt).toISOString())} UTC, or now: afterword resume ${lane}`,
      ]
    : []),
];

const goingOn = (lane: string, by: string) => (by === unsettledCopy ? 'afterword settle --help' : `afterword resume ${lane}`);

const reasonOf = (code: string): string => {
  if (code === 'DailyQuotaReserve') return 'the rest of today’s quota is kept for urgent mail';
  if (code === 'SameRefusal') return 'SES refuses mail after mail for the same reason';
  return code === 'InDoubt' ? 'SES does not say whether it accepts mail' : `SES accepts no mail (${printableLine(code)})`;
};

type Estimate = ReachAnswer['teams'][number]['opens'];

/** What SES reported about an edition's mails, by team and never by person. */
export function reachLines({ mails, states, opens, teams }: ReachAnswer): string[] {
  if (mails === 0) return [];
  const total = opens
    ? `opened (estimate): ${opens['likely human']} likely human, ${opens.machine} machine, ${opens.unknown} unknown`
    : 'opened (estimate): not shown, because with so few readers it would show who';
  const row = ({ team, mails: sent, opens: some }: ReachAnswer['teams'][number]) => [printableLine(team), String(sent), ...numbers(some)];
  const table =
    teams.length > 0 ? ['', ...columns(['OPENED (ESTIMATE)', 'MAILS', 'LIKELY HUMAN', 'MACHINE', 'UNKNOWN'], teams.map(row))] : [];
  return [`reported by SES: ${countsLine(states)}`, total, ...table];
}

const numbers = (opens: Estimate) => [opens['likely human'], opens.machine, opens.unknown].map(String);
