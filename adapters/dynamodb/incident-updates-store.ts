import * as z from 'zod';
import { IncidentUpdates, lookedAtFrom } from '../../core/incident-update/incident-updates.ts';
import type { DueUpdate, DueUpdates, IncidentUpdatesStore } from '../../core/incident-update/ports.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { Instant, toInstant } from '../../core/shared/instant.ts';
import { updateStreams } from '../../core/stream/stream.ts';
import type { Condition, Table } from './table.ts';
import { expiryFrom, inOpen, openPartition, updatesKey } from './table-shape.ts';

const nobodyWrote: Condition = { expression: 'attribute_not_exists(pk)' };
const stillAt = (version: number): Condition => ({
  expression: '#version = :version',
  names: { '#version': 'version' },
  values: { ':version': version },
});

/** While something waits, the row is listed by the instant at which it is to be looked at. */
function placeOf(row: IncidentUpdates) {
  const from = lookedAtFrom(row);
  if (!from) return {};
  const { stream, incident } = row;
  const dueAt = toInstant(from);
  return { ...inOpen('update', from.toISOString(), `${incident}#${stream}`), listed: { stream, incident, dueAt } };
}

export const dynamoIncidentUpdates = (table: Table, now: () => Date): IncidentUpdatesStore => ({
  async read(stream, incident) {
    const item = await table.read(updatesKey(incident, stream));
    return item && IncidentUpdates.parse(item);
  },
  put: (row) =>
    table.put(
      { ...updatesKey(row.incident, row.stream), ...row, ...placeOf(row), ...expiryFrom(now()) },
      row.version === 1 ? nobodyWrote : stillAt(row.version - 1),
    ),
});

/** A stream that this release does not know is left to the one that does. */
const Listed = z.object({ listed: z.object({ stream: z.enum(updateStreams), incident: PostmortemId, dueAt: Instant }) });

export const dynamoDueUpdates = (table: Table): DueUpdates => ({
  async due(now, limit) {
    const { items } = await table.query(openPartition('update'), { index: true, to: now.toISOString(), limit });
    return items.flatMap((item): DueUpdate | never[] => Listed.safeParse(item).data?.listed ?? []);
  },
});
