import { type Lane, lanes } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';

/** Runs in a row in which a lane's queue had no message: none visible, in flight or delayed. */
export type EmptyRuns = Readonly<Record<Lane, number>>;

export interface QueueDeps extends Failures {
  readonly isQueueEmpty: (lane: Lane) => Promise<boolean>;
}

/** Looks at each queue once. The count of a queue that cannot be asked stays as it was. */
export async function countEmptyRuns(before: EmptyRuns, deps: QueueDeps): Promise<EmptyRuns> {
  const emptyRuns: Record<Lane, number> = { ...before };
  for (const lane of lanes) {
    const isEmpty = await attempt('queue', () => deps.isQueueEmpty(lane), deps);
    if (isEmpty !== undefined) emptyRuns[lane] = isEmpty ? emptyRuns[lane] + 1 : 0;
  }
  return emptyRuns;
}
