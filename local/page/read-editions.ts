import * as z from 'zod';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { editionsPartition, openPartition } from '../../adapters/dynamodb/table-shape.ts';
import { type EditionState, editionState } from '../../core/edition/edition-state.ts';
import { realms } from '../../core/stream/stream.ts';

const Tally = z.object({ counts: z.record(z.string(), z.number()).default({}) });
const Listed = z.object({
  edition: z.string(),
  stream: z.string().default(''),
  scheduledFor: z.string().default(''),
  subject: z.string().default(''),
  postmortems: z.number().default(0),
  paused: z.boolean().default(false),
  recalled: z.boolean().default(false),
  supersededBy: z.string().optional(),
  completedAt: z.string().optional(),
  counts: z.record(z.string(), z.number()).optional(),
  tallies: z.record(z.string(), Tally).default({}),
  ahead: z.object({ waves: z.number(), next: z.string(), isSending: z.boolean() }).optional(),
});

export interface ListedEdition {
  readonly edition: string;
  readonly stream: string;
  readonly scheduledFor: string;
  readonly subject: string;
  readonly postmortems: number;
  readonly state: EditionState;
  readonly supersededBy?: string | undefined;
  /** Waves to readers who chose another day or hour. */
  readonly ahead?: { readonly waves: number; readonly next: string } | undefined;
  /** By outcome, over all slots that are done. */
  readonly counts: Readonly<Record<string, number>>;
}

const months = 13;

/**
 * The editions of the last year, those under way first, then the latest first. What an older
 * version left out of an item is left out here too.
 */
export async function readEditions(table: Table, now: Date): Promise<ListedEdition[]> {
  const partitions = Array.from({ length: months }, (_, back) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1 - back, 1));
    return realms.map((realm) => editionsPartition(month.toISOString().slice(0, 7), realm));
  }).flat();
  const found: ListedEdition[] = [];
  for (const partition of [openPartition('edition'), ...partitions]) {
    const { items } = await table.query(partition, { index: true, descending: true });
    found.push(...items.flatMap(({ listed }) => shown(listed)));
  }
  return found;
}

function shown(listed: unknown): ListedEdition[] {
  const read = Listed.safeParse(listed);
  // What answers one person is no news; its mail is in the inbox.
  if (!read.success || read.data.stream === 'service') return [];
  const { tallies, counts: told, paused, recalled, completedAt, ...rest } = read.data;
  const counts: Record<string, number> = { ...told };
  for (const tally of Object.values(tallies)) {
    for (const [outcome, count] of Object.entries(tally.counts)) counts[outcome] = (counts[outcome] ?? 0) + count;
  }
  const state = editionState({ recalled, superseded: rest.supersededBy, paused, completedAt }, rest.ahead);
  return [{ ...rest, state, counts }];
}
