import { type LaneBreaker, LaneState, type LaneStop, type Lanes } from '../../core/delivery/lane.ts';
import type { LaneBrakes } from '../../core/operator/ports.ts';
import { forEveryLane, lanes } from '../../core/stream/stream.ts';
import type { Condition, Item, Table } from './table.ts';
import { heldIfCopy } from './table-copy.ts';
import { type Key, laneKey, quotaKey } from './table-shape.ts';

/**
 * The attributes of a lane's item. `paused` is one attribute and a stop has several, so that either
 * can be changed without the other.
 */
export const laneAttributes = ['paused', 'stoppedBy', 'since', 'probeAt', 'interval'] as const;

export function laneStateOf(item: Item | undefined): LaneState {
  const { paused, stoppedBy, since, probeAt, interval } = item ?? {};
  return LaneState.parse({
    ...(paused !== undefined && { paused }),
    ...(stoppedBy !== undefined && { stopped: { code: stoppedBy, since, probeAt, interval } }),
  });
}

const isOpen: Condition = { expression: 'attribute_not_exists(stoppedBy)' };
const isStopped: Condition = { expression: 'attribute_exists(stoppedBy)' };
const isPaused: Condition = { expression: 'attribute_exists(paused)' };
const isNotPaused: Condition = { expression: 'attribute_not_exists(paused)' };
const probeIsStill = ({ since, probeAt }: LaneStop): Condition => ({
  expression: 'since = :since AND probeAt = :probeAt',
  values: { ':since': since, ':probeAt': probeAt },
});
const stopAttributes = ['stoppedBy', 'since', 'probeAt', 'interval'];

export const dynamoLaneBreaker = (table: Table): LaneBreaker => ({
  async stop(lane, { code, ...stop }) {
    return (await table.update(laneKey(lane), { set: { stoppedBy: code, ...stop } }, isOpen)) !== undefined;
  },
  async takeProbe(lane, seen, { probeAt, interval }) {
    return (await table.update(laneKey(lane), { set: { probeAt, interval } }, probeIsStill(seen))) !== undefined;
  },
  async reopen(lane) {
    await table.update(laneKey(lane), { remove: stopAttributes }, isStopped);
  },
});

/** Reads every lane in one consistent call. */
export const readLanes = async (table: Table): Promise<Lanes> => {
  const items = await table.readMany([...lanes.map(laneKey), quotaKey]);
  const at = ({ pk }: Key) => items.find((item) => item.pk === pk);
  return forEveryLane((lane) => heldIfCopy(laneStateOf(at(laneKey(lane))), table, at(quotaKey)));
};

/** Lets an operator pause and resume lanes. */
export const dynamoLaneBrakes = (table: Table): LaneBrakes => ({
  read: () => readLanes(table),
  pause: async (lane, paused) => (await table.update(laneKey(lane), { set: { paused } }, isNotPaused)) !== undefined,
  async resume(lane) {
    const wasPaused = await table.update(laneKey(lane), { remove: ['paused'] }, isPaused);
    const wasStopped = await table.update(laneKey(lane), { remove: stopAttributes }, isStopped);
    return wasPaused !== undefined || wasStopped !== undefined;
  },
});
