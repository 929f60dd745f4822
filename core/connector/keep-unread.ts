import { toInstant } from '../shared/instant.ts';
import { unreadable } from './held-words.ts';
import { type InboundIncident, newInbound } from './inbound-incident.ts';
import type { InboundStore } from './ports.ts';
import type { Source } from './source.ts';

/** From so many on they are not counted any more, so that each writes nothing. */
const mostCounted = 1000;
/** How often a write that lost a race is tried. The count may miss an event. */
const tries = 8;

/**
 * Keeps that a tool posted what is not read: one held row for each tool, reason and day (UTC), with
 * a count, because a tool that changed its events posts thousands. One that was put away stays so
 * for its day. Answers its ref, and whether it is new. An event that comes again counts again.
 */
export async function keepUnread(
  source: Source,
  { why, detail }: { readonly why: 'too large' | 'unreadable'; readonly detail: string },
  { inbound, now }: { readonly inbound: Pick<InboundStore, 'put' | 'read'>; readonly now: () => Date },
): Promise<{ readonly ref: string; readonly isNew: boolean }> {
  const at = toInstant(now());
  const day = at.slice(0, 10);
  const ref = `${unreadable}${why === 'too large' ? 'too-large-' : ''}${day}`;
  for (let i = 0; i < tries; i += 1) {
    const known = await inbound.read(source, ref);
    const events = (known?.events ?? 0) + 1;
    if (events > mostCounted) break;
    const first: InboundIncident = { ...newInbound(source, ref), state: 'held', since: at, why, detail, events };
    const counted = `${detail} ${events}${events === mostCounted ? ' or more' : ''} such events on ${day}.`;
    if (await inbound.put(known ? { ...known, detail: counted, events } : first)) return { ref, isNew: known === undefined };
  }
  return { ref, isNew: false };
}
