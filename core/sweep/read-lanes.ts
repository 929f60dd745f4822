import { type Lanes, openLane } from '../delivery/lane.ts';
import { forEveryLane } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';

export interface LaneDeps extends Failures {
  /** Consistent. */
  readonly readLanes: () => Promise<Lanes>;
}

const allOpen: Lanes = forEveryLane(() => openLane);

/** Lanes that cannot be read count as open: a worker asks again before it sends. */
export const readLanes = async (deps: LaneDeps): Promise<Lanes> => (await attempt('lanes', deps.readLanes, deps)) ?? allOpen;
