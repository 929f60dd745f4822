import * as z from 'zod';
import { Range } from '../../core/delivery/range.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import { isOver } from '../../core/edition/edition-state.ts';
import { Instant } from '../../core/shared/instant.ts';
import { forEveryLane, lanes } from '../../core/stream/stream.ts';
import type { SweepDeps, SweepMemory } from '../../core/sweep/sweep.ts';
import type { DueLeaf } from '../../core/sweep/wake-leaves.ts';
import type { SendQuota } from '../ses/ses-mailer.ts';
import type { Table } from './table.ts';
import { isNoCopy, nameAttribute } from './table-copy.ts';
import { openPartition, quotaKey, sweepKey } from './table-shape.ts';

const memoryKey = sweepKey('MEMORY');
/** Another release may know more lanes than this one, or fewer. */
const Memory = z.object({
  emptyRuns: z.record(z.string(), z.int()),
  cursor: z.object({ edition: z.string(), slot: z.string().optional(), prefix: z.string() }).optional(),
  // Earlier releases have one note for all streams, `asked`. Without it the next run looks again.
  monthly: z
    .record(z.string(), z.object({ edition: z.string(), at: z.number() }))
    .optional()
    .catch(undefined),
  settling: z.record(z.string(), z.string()).default({}),
  lastOutbox: z.string().optional(),
});
const nothingYet: SweepMemory = { emptyRuns: forEveryLane(() => 0) };

export const dynamoSweepMemory = (table: Table): SweepDeps['memory'] => ({
  async read() {
    const item = await table.read(memoryKey);
    if (!item) return nothingYet;
    const { emptyRuns, cursor, settling, lastOutbox, monthly } = Memory.parse(item);
    const places = lanes.flatMap((lane) => (settling[lane] === undefined ? [] : [[lane, settling[lane]]]));
    return {
      emptyRuns: forEveryLane((lane) => emptyRuns[lane] ?? 0),
      ...(cursor && { cursor }),
      ...(places.length > 0 && { settling: Object.fromEntries(places) }),
      ...(lastOutbox && { lastOutbox }),
      ...(monthly && { monthly }),
    };
  },
  async write(memory) {
    await table.put({ ...memoryKey, ...memory });
  },
});

/**
 * Reads the lists of open work from the index. Work that was opened a moment ago may still be
 * missing.
 */
export const dynamoOpenWork = (table: Table): SweepDeps['open'] => ({
  async editions(limit) {
    const { items } = await table.query(openPartition('edition'), { index: true, limit });
    return items.map(({ pk }) => String(pk).slice('ED#'.length));
  },
  async settling(now, limit, behind) {
    const to = now.toISOString();
    const from = behind === undefined ? {} : { from: `${behind}!` }; // '!' sorts before every bit, so this starts after that place
    const due: DueLeaf[] = [];
    // A clock ahead of ours left this place, so the next run begins at the head.
    if (behind !== undefined && behind >= to) return due;
    for await (const { listed, gsi1sk } of table.queryAll(openPartition('leaf'), { index: true, to, limit, ...from })) {
      due.push({ range: Range.parse(listed), place: String(gsi1sk) });
      if (due.length >= limit) break;
    }
    return due;
  },
  async outboxes(before, limit) {
    const { items } = await table.query(openPartition('outbox'), { index: true, to: before.toISOString(), limit });
    return items.map(({ pk }) => String(pk).slice('PM#'.length));
  },
});

const Waiting = z.object({
  edition: z.string(),
  paused: z.boolean(),
  recalled: z.boolean(),
  supersededBy: z.string().optional(),
  ahead: z.object({ next: Instant }).optional(),
});

/** Finds the unfinished editions that have a wave to begin, by what their list shows. */
export const dynamoDueWaves =
  (table: Table): SweepDeps['waves']['due'] =>
  async (now) => {
    const due: EditionId[] = [];
    for await (const { listed } of table.queryAll(openPartition('edition'), { index: true })) {
      const { edition, paused, recalled, supersededBy: superseded, ahead } = Waiting.parse(listed);
      if (ahead && !paused && (isOver({ recalled, superseded }) || Date.parse(ahead.next) <= now.getTime())) due.push(edition);
    }
    return due;
  };

/**
 * Stores what SES allowed when it was last asked. Workers read it with each chunk. `booked`: the
 * pacer's count just before. Returns false if the table is an unsettled copy; then nothing was
 * written.
 */
export const writeQuota = (
  table: Table,
  quota: SendQuota & { readonly booked?: number; readonly reserve?: number },
  at: Date,
): Promise<boolean> => table.put({ ...quotaKey, ...quota, at: at.toISOString(), [nameAttribute]: table.name }, isNoCopy(table));
