import { unsettledCopy } from '../../../core/delivery/lane.ts';
import type { HeldLane } from '../../../core/operator/api.ts';
import { printableLine, toTheMinute } from '../printable.ts';

/** One line for each thing that holds a lane back. */
export const laneLines = ({ lane, paused, stopped }: HeldLane): string[] => [
  ...(paused
    ? [
        `The lane ${lane} is paused since ${toTheMinute(paused.at)} UTC by "${printableLine(paused.by)}". Go on: ${goingOn(lane, paused.by)}`,
      ]
    : []),
  ...(stopped
    ? [
        `The lane ${lane} is stopped since ${toTheMinute(stopped.since)} UTC: ${reasonOf(stopped.code)}. ` +
          `Next try ${toTheMinute(new Date(stopped.probeAt).toISOString())} UTC, or now: afterword resume ${lane}`,
      ]
    : []),
];

const goingOn = (lane: string, by: string) => (by === unsettledCopy ? 'afterword settle --help' : `afterword resume ${lane}`);

const reasonOf = (code: string): string => {
  if (code === 'DailyQuotaReserve') return 'what is left of the day’s quota is kept for urgent mail';
  if (code === 'SameRefusal') return 'SES refuses one mail after the other for the same reason';
  return code === 'InDoubt' ? 'SES does not say whether it takes mail' : `SES takes no mail (${printableLine(code)})`;
};
