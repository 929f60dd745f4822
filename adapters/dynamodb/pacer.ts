import type { Pacer } from '../../core/delivery/ports.ts';
import type { Condition, Table } from './table.ts';
import { pacerKey } from './table-shape.ts';

/**
 * How far ahead bulk mail may book a place: time enough to read a chunk and to mark it. An urgent
 * mail waits behind what is booked, so behind this and half a second of a chunk at most
 * (docs/adr/092).
 */
const bulkAheadMs = 250;
/**
 * If the next place lies further ahead than this, some clock is wrong and the pacer starts again.
 */
const wrongClockMs = 120_000;
const tries = 20;
/**
 * When a worker that found no place looks again: where so much of what may be booked ahead is left.
 * At the first instant at which a place is free, all workers that wait would ask for it, and one
 * would get it.
 */
const leftAhead = 1 / 2;
/** Behind by more than this, the place that we saw last says that nobody has sent since. */
const idleMs = 1000;

const between = (from: number, to: number): Condition => ({
  expression: '#next BETWEEN :from AND :to',
  names: { '#next': 'next' },
  values: { ':from': from, ':to': to },
});
const idleOrWrong = (now: number): Condition => ({
  expression: 'attribute_not_exists(#next) OR NOT #next BETWEEN :now AND :wrong',
  names: { '#next': 'next' },
  values: { ':now': now, ':wrong': now + wrongClockMs },
});

/** Milliseconds with three decimals, so that places do not drift at any rate. */
const exact = (ms: number) => Math.round(ms * 1000) / 1000;

/** How many places have ever been booked. */
export const readBooked = async (table: Table): Promise<number> => Number((await table.read(pacerKey))?.booked ?? 0);

/**
 * One item holds the instant at which the next mail may leave, and booking adds to it. All workers
 * of all lanes share it. An idle pacer begins again at now. Which of both is tried first depends on
 * where it stood when this worker looked last, so one call is usually enough.
 */
export const dynamoPacer = (table: Table, now: () => number): Pacer => {
  let last = 0;
  return {
    async book({ places, interval, urgent, within }) {
      const span = exact(places * interval);
      const ahead = urgent ? wrongClockMs : bulkAheadMs;
      let isIdle = last < now() - idleMs;
      for (let i = 0; i < tries; i += 1) {
        const t = now();
        const most = Math.min(ahead, within);
        const answer = isIdle
          ? await table.updateOrSee(pacerKey, { set: { next: exact(t + span) }, add: { booked: places } }, idleOrWrong(t))
          : await table.updateOrSee(pacerKey, { add: { next: span, booked: places } }, between(t, exact(t + most)));
        const item = 'after' in answer ? answer.after : answer.seen;
        last = Number(item?.next ?? 0);
        if ('after' in answer) return { kind: 'booked', at: exact(last - span), booked: Number(item?.booked) };
        isIdle = last < t || last > t + wrongClockMs;
        if (isIdle || last <= t + most) continue;
        const until = last - ahead * leftAhead;
        // The place has come near while we asked.
        if (within >= ahead && until <= now()) continue;
        return { kind: 'far', until };
      }
      return { kind: 'far', until: now() + bulkAheadMs * leftAhead };
    },
  };
};
