import * as z from 'zod';
import { StoredInbound } from '../../core/connector/inbound-incident.ts';
import type { InboundStore, Watermarks } from '../../core/connector/ports.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { Condition, Table } from './table.ts';
import { expiryFrom, inboundKey, inOpen, openPartition, watermarkKey } from './table-shape.ts';

/** One poll asks the vendor about no more of those that are held. */
const mostHeld = 200;

export const dynamoInbound = (table: Table, now: () => Date): InboundStore => ({
  async read(source, ref) {
    const item = await table.read(inboundKey(source, ref));
    return item && { ...StoredInbound.parse(item.incident), source };
  },
  async put(incident) {
    const stored = { ...incident, version: incident.version + 1 };
    const { source, ref, state, since } = stored;
    const place =
      state === 'held' && since !== undefined ? { ...inOpen('inbound', since, `${source}#${ref}`), listed: { source, ref } } : {};
    const condition: Condition =
      incident.version === 0
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': incident.version } };
    return table.put({ ...inboundKey(source, ref), incident: stored, version: stored.version, ...place, ...expiryFrom(now()) }, condition);
  },
  async held(source) {
    const refs: string[] = [];
    for await (const item of table.queryAll(openPartition('inbound'), { index: true, limit: mostHeld })) {
      const listed = Listed.safeParse(item.listed).data;
      if (listed?.source === source) refs.push(listed.ref);
      if (refs.length >= mostHeld) break;
    }
    return refs;
  },
});

const Listed = z.object({ source: z.string(), ref: z.string() });

export const dynamoWatermarks = (table: Table): Watermarks => ({
  async read(source) {
    return Instant.safeParse((await table.read(watermarkKey(source)))?.at).data;
  },
  async advance(source, to) {
    const isLater = { expression: 'attribute_not_exists(pk) OR #at < :to', names: { '#at': 'at' }, values: { ':to': to } };
    await table.put({ ...watermarkKey(source), at: to }, isLater);
  },
});
