import * as z from 'zod';
import { type InboundIncident, StoredInbound } from '../../core/connector/inbound-incident.ts';
import type { IncidentOf, IncidentPages } from '../../core/connector/incident-pages.ts';
import { PollProgress } from '../../core/connector/poll-progress.ts';
import type { InboundStore, Watermarks } from '../../core/connector/ports.ts';
import { isSource } from '../../core/connector/source.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { Instant } from '../../core/shared/instant.ts';
import type { Condition, Table } from './table.ts';
import { expiryFrom, inboundKey, incidentPageKey, inOpen, linkedPageKey, openPartition, watermarkKey } from './table-shape.ts';

export const dynamoInbound = (table: Table, now: () => Date): InboundStore => ({
  async read(source, ref) {
    const item = await table.read(inboundKey(source, ref));
    return item && { ...StoredInbound.parse(item.incident), source };
  },
  async put(incident) {
    const stored = { ...incident, version: incident.version + 1 };
    const { source, ref, since } = stored;
    const place = since === undefined ? {} : { ...inOpen('inbound', since, `${source}#${ref}`), listed: { source, ref } };
    const condition: Condition =
      incident.version === 0
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#version = :version', names: { '#version': 'version' }, values: { ':version': incident.version } };
    return table.put({ ...inboundKey(source, ref), incident: stored, version: stored.version, ...place, ...expiryFrom(now()) }, condition);
  },
  async held(source) {
    const refs: string[] = [];
    for await (const item of table.queryAll(openPartition('inbound'), { index: true })) {
      const listed = Listed.safeParse(item.listed).data;
      if (listed?.source === source) refs.push(listed.ref);
    }
    return refs;
  },
  async heldPage(limit, after) {
    const { items, next } = await table.query(openPartition('inbound'), { index: true, limit, ...afterPlace(after) });
    const listed = items.flatMap((item) => Listed.safeParse(item.listed).data ?? []);
    const rows = await fewAtATime(listed, ({ source, ref }) => table.read(inboundKey(source, ref)));
    const held = rows.flatMap((row) => readInbound(row?.incident) ?? []).filter(({ state }) => state === 'held');
    return { held, ...(next && { next: String(next.gsi1sk) }) };
  },
});

/** One that a later release knows the source of is left out. */
function readInbound(incident: unknown): InboundIncident | undefined {
  const read = StoredInbound.safeParse(incident).data;
  return read && isSource(read.source) ? { ...read, source: read.source } : undefined;
}

/** The item at a place in the list, as far as a query needs it to go on. */
function afterPlace(place: string | undefined) {
  const [, since, source = '', ref = ''] = /^([^#]+)#([^#]+)#(.+)$/s.exec(place ?? '') ?? [];
  return since === undefined ? {} : { after: { ...inboundKey(source, ref), ...inOpen('inbound', since, `${source}#${ref}`) } };
}

const Listed = z.object({ source: z.string(), ref: z.string() });

/** Undefined: it names none, or one of a source that a later release knows. */
function incidentIn(item: unknown) {
  const { source, ref } = Listed.safeParse(item).data ?? { source: '', ref: '' };
  return isSource(source) ? { source, ref } : undefined;
}

export const dynamoWatermarks = (table: Table): Watermarks => ({
  async read(source) {
    return Instant.safeParse((await table.read(watermarkKey(source)))?.at).data;
  },
  async advance(source, to) {
    const isLater = { expression: 'attribute_not_exists(pk) OR #at < :to', names: { '#at': 'at' }, values: { ':to': to } };
    await table.put({ ...watermarkKey(source), at: to }, isLater);
  },
  async kept(source) {
    return PollProgress.safeParse((await table.read(watermarkKey(source)))?.progress).data;
  },
  async keep(source, progress) {
    await table.update(watermarkKey(source), progress ? { set: { progress } } : { remove: ['progress'] });
  },
});

export const dynamoIncidentPages = (table: Table, now: () => Date): IncidentPages => ({
  async linked(page, postmortem) {
    const item = await table.update(incidentPageKey(page), { set: { postmortem, ...expiryFrom(now()) } });
    await table.put({ ...linkedPageKey(postmortem), page, ...expiryFrom(now()) });
    return incidentIn(item);
  },
  async lastLinked(postmortem) {
    const page = (await table.read(linkedPageKey(postmortem)))?.page;
    const incident = typeof page === 'string' ? incidentIn(await table.read(incidentPageKey(page))) : undefined;
    return incident && typeof page === 'string' ? { page, ...incident } : undefined;
  },
  async of(page, { source, ref }) {
    const item = await table.update(incidentPageKey(page), { set: { source, ref, ...expiryFrom(now()) } });
    return PostmortemId.safeParse(item?.postmortem).data;
  },
});

export const dynamoIncidentOf =
  (table: Table): IncidentOf =>
  async (page) =>
    incidentIn(await table.read(incidentPageKey(page)));
