import { type LaneState, standOf } from '../delivery/lane-state.ts';
import { type Edition, type Lane, laneOf } from '../edition/edition.ts';

export type Lanes = Readonly<Record<Lane, LaneState>>;

/** A recalled edition sends nothing, so no brake keeps it from its end. */
export const standFor = (edition: Edition, lanes: Lanes, now: Date) =>
  edition.recalled ? 'open' : standOf(lanes[laneOf(edition)], now.getTime());
