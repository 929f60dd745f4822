import { type DeliveryEvent, withEvent } from '../../core/delivery/evidence.ts';
import type { Table } from './table.ts';
import { evidenceKey, expiryFrom } from './table-shape.ts';

const tries = 10;

const evidenceOf = (value: unknown) => {
  const known: Record<string, string> = {};
  if (typeof value === 'object' && value !== null) for (const [kind, at] of Object.entries(value)) known[kind] = String(at);
  return known;
};

/** What events said of a delivery, one item a person and edition, by attempt. The same event twice changes nothing. */
export const dynamoEvidenceStore = (table: Table, now: () => Date) => ({
  async add(event: DeliveryEvent): Promise<void> {
    const key = evidenceKey(event.edition, event.subscriber);
    const attempt = `a${event.attempt}`;
    for (let i = 0; i < tries; i += 1) {
      const item = await table.read(key);
      const before = evidenceOf(item?.[attempt]);
      const after = withEvent(before, event);
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      const version = Number(item?.version ?? 0);
      const change = { [attempt]: after, version: version + 1, ...expiryFrom(now()) };
      const condition = item
        ? { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': version } }
        : { expression: 'attribute_not_exists(pk)' };
      if (await table.update(key, { set: change }, condition)) return;
    }
    throw new Error(`evidence of ${event.edition}: too many writers at once`);
  },
});
