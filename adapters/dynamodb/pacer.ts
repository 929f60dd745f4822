import type { Pacer } from '../../core/delivery/ports.ts';
import type { Condition, Table } from './table.ts';
import { pacerKey } from './table-shape.ts';

/** How far ahead bulk mail may book a place. The limit leaves room for urgent mail in between. */
const bulkAheadMs = 1000;
/**
 * If the next place lies further ahead than this, some clock is wrong and the pacer starts again.
 */
const wrongClockMs = 120_000;
const tries = 20;

const between = (from: number, to: number): Condition => ({
  expression: '#next BETWEEN :from AND :to',
  names: { '#next': 'next' },
  values: { ':from': from, ':to': to },
});
const unchangedSince = (seen: number | undefined): Condition =>
  seen === undefined
    ? { expression: 'attribute_not_exists(#next)', names: { '#next': 'next' } }
    : { expression: '#next = :seen', names: { '#next': 'next' }, values: { ':seen': seen } };

/** Milliseconds with three decimals, so that places do not drift at any rate. */
const exact = (ms: number) => Math.round(ms * 1000) / 1000;

/** How many places have ever been booked. */
export const readBooked = async (table: Table): Promise<number> => Number((await table.read(pacerKey))?.booked ?? 0);

/**
 * One item holds the instant at which the next mail may leave, and booking adds to it. All workers
 * of all lanes share it.
 */
export const dynamoPacer = (table: Table, now: () => number): Pacer => ({
  async book({ places, interval, urgent, within }) {
    const span = exact(places * interval);
    const ahead = urgent ? wrongClockMs : bulkAheadMs;
    for (let i = 0; i < tries; i += 1) {
      const t = now();
      const booked = await table.update(pacerKey, { add: { next: span, booked: places } }, between(t, exact(t + Math.min(ahead, within))));
      if (booked) return { kind: 'booked', at: exact(Number(booked.next) - span), booked: Number(booked.booked) };
      const seen = (await table.read(pacerKey))?.next;
      const next = seen === undefined ? undefined : Number(seen);
      const isIdle = next === undefined || next < t || next > t + wrongClockMs;
      if (!isIdle && next > t + Math.min(ahead, within)) return { kind: 'far', until: next - ahead };
      const begun =
        isIdle && (await table.update(pacerKey, { set: { next: exact(t + span) }, add: { booked: places } }, unchangedSince(next)));
      if (begun) return { kind: 'booked', at: t, booked: Number(begun.booked) };
    }
    return { kind: 'far', until: now() + bulkAheadMs / 2 };
  },
});
