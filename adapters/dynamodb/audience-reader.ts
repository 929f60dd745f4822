import type { AudienceReader } from '../../core/delivery/ports.ts';
import { boundsOf } from '../../core/delivery/range.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { isAfter } from '../../core/shared/instant.ts';
import type { StreamName } from '../../core/stream/stream.ts';
import type { Slot, SubscriberId } from '../../core/subscriber/subscriber.ts';
import type { Table } from './table.ts';
import { streamPartition } from './table-shape.ts';

const hexDigits = [...'0123456789abcdef'];

/**
 * Reads the subscribers of a range from the subscription index. A prefix of four bits or more lies
 * in one of the 16 partitions; a shorter one spans several.
 */
export const dynamoAudienceReader = (table: Table): AudienceReader => ({
  async first(edition, range, limit) {
    const { first, last } = boundsOf(range.prefix);
    if (edition.audience.kind === 'list') {
      return edition.audience.subscribers
        .filter((sid) => sid >= first && sid <= last)
        .toSorted()
        .slice(0, limit);
    }
    const { stream } = edition;
    if (stream === 'service') return [];
    const found: SubscriberId[] = [];
    for (const d of hexDigits.filter((digit) => digit >= first.slice(0, 1) && digit <= last.slice(0, 1))) {
      for await (const sid of subscribed(table, { stream, cutoff: edition.cutoff }, range.slot, d, { first, last }, limit - found.length)) {
        found.push(sid);
        if (found.length >= limit) return found;
      }
    }
    return found;
  },
});

async function* subscribed(
  table: Table,
  { stream, cutoff }: { stream: StreamName; cutoff: Edition['cutoff'] },
  slot: Slot,
  d: string,
  bounds: { first: SubscriberId; last: SubscriberId },
  wanted: number,
): AsyncGenerator<SubscriberId> {
  const rows = table.queryAll(streamPartition(stream, slot, d), {
    from: bounds.first,
    to: bounds.last,
    consistent: true,
    ...(Number.isFinite(wanted) && { limit: wanted }),
  });
  for await (const row of rows) {
    if (!isAfter(String(row.since), cutoff)) yield String(row.sk);
  }
}
