import * as z from 'zod';
import type { Outcome } from '../../core/delivery/outcome.ts';
import type { Leaf } from '../../core/delivery/range.ts';
import { countOutcomes } from '../../core/delivery/tally.ts';
import { outdatedIn } from '../../core/edition/corrections.ts';
import { addCounts, Counts, countsOf, type Edition, Tally } from '../../core/edition/edition.ts';
import { editionState, isUnderWay } from '../../core/edition/edition-state.ts';
import type { EditionLister, EditionReport, ListedEdition } from '../../core/edition/ports.ts';
import { shownCarries, shownSubject } from '../../core/edition/shown-subject.ts';
import { begunSlots, type WavesAhead, wavesAhead } from '../../core/edition/waves.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import { realms } from '../../core/stream/stream.ts';
import { Slot } from '../../core/subscriber/subscriber.ts';
import { readEdition } from './edition-item.ts';
import { mergedPage } from './merged-page.ts';
import { unpackRange } from './range-codec.ts';
import type { Item, Table } from './table.ts';
import { editionKey, editionsPartition, openPartition, rangePartitions, serviceEditionsPartition } from './table-shape.ts';

const Listed = z.object({
  edition: z.string(),
  stream: z.string(),
  scheduledFor: z.string(),
  composedAt: z.string(),
  subject: z.string(),
  postmortems: z.int(),
  paused: z.boolean(),
  recalled: z.boolean(),
  supersededBy: z.string().optional(),
  counts: Counts.optional(),
  /** Lists of the first releases had these in place of the counts. */
  tallies: z.record(Slot, Tally).default({}),
  ahead: z.object({ waves: z.int(), next: z.string(), isSending: z.boolean() }).optional(),
  completedAt: z.string().optional(),
});

const told = (ahead: WavesAhead | undefined) => ahead && { ahead: { waves: ahead.waves, next: ahead.next } };

const listedEdition = (item: Item): ListedEdition => {
  const { paused, recalled, tallies, counts = countsOf({ tallies }), ahead, completedAt, ...rest } = Listed.parse(item.listed);
  const state = editionState({ recalled, superseded: rest.supersededBy, paused, completedAt }, ahead);
  return { ...rest, state, counts, ...told(ahead) };
};

/**
 * Ledger rows expire after thirteen months. A clock that was moved ahead may have left editions in
 * future months.
 */
const monthsBack = 14;
const monthsAhead = 12;
const mostNamed = 1000;

/**
 * For at most this many editions under way on a page, the counts are read from their ranges. There
 * are seldom more than a few at a time.
 */
const mostCounted = 20;

/** Takes the counts that the report of the edition shows, which include mails in doubt. */
async function countedNow(listed: ListedEdition, table: Table): Promise<ListedEdition> {
  const item = await table.read(editionKey(listed.edition));
  const counts = item ? (await reportOf(readEdition(item), table)).counts : {};
  return Object.keys(counts).length > 0 ? { ...listed, counts } : listed;
}

/**
 * Shows editions to operators. Lists come from the index and may lag by a second; a single edition
 * is read consistently.
 */
export const dynamoEditionLister = (table: Table, now: () => Date): EditionLister => ({
  async list(limit, cursor, of = 'news') {
    const isOfService = of === 'service';
    const { items, ...next } = await mergedPage(table, {
      open: openPartition('edition'),
      beside: isOfService ? realms.map(serviceEditionsPartition) : [],
      rest: isOfService ? [] : monthsBefore(now(), cursor).map((month) => realms.map((realm) => editionsPartition(month, realm))),
      keeps: ({ listed }) => (Listed.parse(listed).stream === 'service') === isOfService,
      descending: true,
      cursor,
      limit,
    });
    const listed = items.map(listedEdition);
    const underWay = new Set(isOfService ? [] : listed.filter(isUnderWay).slice(0, mostCounted));
    const editions = await fewAtATime(listed, (one) => (underWay.has(one) ? countedNow(one, table) : Promise.resolve(one)), 5);
    return { editions, ...next };
  },
  async report(id) {
    const item = await table.read(editionKey(id));
    return item && reportOf(readEdition(item), table);
  },
});

async function reportOf(edition: Edition, table: Table): Promise<EditionReport> {
  const exact = countsOf(edition);
  const ahead = edition.completedAt ? undefined : wavesAhead(edition);
  const needsRows = !edition.completedAt || Object.keys(exact).some((name) => /^(in doubt|unconfirmed|refused: .*)$/.test(name));
  const { counts, ...named } = needsRows ? await readRows(edition, table) : { counts: exact, inDoubt: [], unconfirmed: [], refused: {} };
  const { id, stream, scheduledFor, composedAt, carries, completedAt } = edition;
  return {
    edition: id,
    stream,
    scheduledFor,
    composedAt,
    subject: shownSubject(edition),
    postmortems: carries.length,
    state: editionState(edition, ahead),
    ...(edition.superseded && { supersededBy: edition.superseded.by }),
    counts: edition.completedAt ? exact : counts,
    ...told(ahead),
    ...(completedAt && { completedAt }),
    carries: shownCarries(edition),
    corrects: edition.corrects ?? [],
    takesBack: edition.takesBack ?? [],
    corrected: [...outdatedIn(edition, new Set(edition.corrected))],
    ...named,
  };
}

interface Rows {
  readonly counts: Counts;
  readonly inDoubt: string[];
  readonly unconfirmed: string[];
  readonly refused: Record<string, string>;
}

async function readRows(edition: Edition, table: Table): Promise<Rows> {
  let counts: Counts = {};
  const inDoubt: string[] = [];
  const unconfirmed: string[] = [];
  const refused: [sid: string, code: string][] = [];
  for (const partition of begunSlots(edition).flatMap((slot) => rangePartitions(edition.id, slot))) {
    for await (const item of table.queryAll(partition, { consistent: true })) {
      const row = unpackRange(item);
      if (row.shape === 'split') continue;
      counts = addCounts(counts, countOutcomes(row.outcomes));
      inDoubt.push(...whoIs('in doubt', row));
      unconfirmed.push(...whoIs('unconfirmed', row));
      for (const [sid, outcome] of Object.entries(row.outcomes)) if (outcome.kind === 'refused') refused.push([sid, outcome.code]);
    }
  }
  return {
    counts,
    inDoubt: inDoubt.slice(0, mostNamed),
    unconfirmed: unconfirmed.slice(0, mostNamed),
    refused: Object.fromEntries(refused.slice(0, mostNamed)),
  };
}

const whoIs = (wanted: Outcome['kind'], { outcomes }: Leaf) =>
  Object.entries(outcomes).flatMap(([sid, { kind }]) => (kind === wanted ? [sid] : []));

/** The months that a list goes through, latest first, starting at the cursor. */
function monthsBefore(now: Date, cursor: string | undefined): string[] {
  const months = Array.from({ length: monthsAhead + 1 + monthsBack }, (_, n) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + monthsAhead - n)).toISOString().slice(0, 7),
  );
  return cursor === undefined ? months : months.filter((month) => month <= cursor.slice(0, 7));
}
