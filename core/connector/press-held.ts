import type { Instant } from '../shared/instant.ts';
import { IncidentChangedTooOften } from './hear.ts';
import { isUnreadable } from './held-words.ts';
import type { Facts, InboundIncident } from './inbound-incident.ts';
import { merge } from './merge.ts';
import type { InboundStore } from './ports.ts';
import type { Source } from './source.ts';

/** How often a write that lost a race is tried. */
const tries = 8;

export interface PressDeps {
  readonly inbound: Pick<InboundStore, 'put' | 'read'>;
  readonly now: () => Instant;
}

/**
 * Keeps what an operator says of an incident, in whatever state it is. The next poll looks at it
 * and does what follows; one that is ignored is held no more at once. `of`: what is said, by what
 * is known. Said twice it comes to the same. Undefined: no tool told of it.
 */
export const pressHeld = (
  source: Source,
  ref: string,
  of: (incident: InboundIncident) => Facts,
  deps: PressDeps,
): Promise<InboundIncident | undefined> =>
  change(
    source,
    ref,
    (known) => {
      const said = merge(known, of(known));
      const { since: _, why: __, detail: ___, ...rest } = said;
      if (!said.facts.ignored || known.state === 'hidden') return { ...said, since: known.since ?? deps.now() };
      return { ...rest, state: 'ignored', ...(!isUnreadable(known) && { since: known.since ?? deps.now() }) };
    },
    deps,
  );

async function change(
  source: Source,
  ref: string,
  to: (known: InboundIncident) => InboundIncident,
  { inbound }: PressDeps,
): Promise<InboundIncident | undefined> {
  for (let i = 0; i < tries; i += 1) {
    const known = await inbound.read(source, ref);
    if (!known) return undefined;
    const changed = to(known);
    if (await inbound.put(changed)) return changed;
  }
  throw new IncidentChangedTooOften(source);
}
