import { IncidentChangedTooOften } from './hear.ts';
import type { Facts, InboundIncident } from './inbound-incident.ts';
import { merge } from './merge.ts';
import type { InboundStore } from './ports.ts';
import type { Source } from './source.ts';

/** How often a write that lost a race is tried. */
const tries = 8;

/**
 * Keeps what an operator says of an incident that is held. One that is ignored waits no more; what
 * follows from anything else does the next poll, which looks at each held incident. `of`: what is
 * said, by what is known. Undefined: no such incident is held.
 */
export async function pressHeld(
  source: Source,
  ref: string,
  of: (incident: InboundIncident) => Facts,
  inbound: Pick<InboundStore, 'put' | 'read'>,
): Promise<InboundIncident | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const known = await inbound.read(source, ref);
    if (known?.state !== 'held') return undefined;
    const merged = merge(known, of(known));
    const { since: _, why: __, detail: ___, ...rest } = merged;
    const pressed: InboundIncident = merged.facts.ignored ? { ...rest, state: 'ignored' } : merged;
    if (await inbound.put(pressed)) return pressed;
  }
  throw new IncidentChangedTooOften(source);
}
