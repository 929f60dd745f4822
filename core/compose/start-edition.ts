import type { EditionId } from '../edition/edition.ts';
import { AfterwordError } from '../shared/errors.ts';
import { definitionOf } from '../stream/stream.ts';
import { isHeldAt } from '../subscriber/slot.ts';
import { type Occasion, type PlannedEdition, planEdition } from './plan-edition.ts';
import type { StartDeps } from './ports.ts';
import { setGoing, storeEdition } from './store-edition.ts';
import { tellIncident } from './tell-incident.ts';

/**
 * No distribution file is applied, so the readers are unknown. The message stays in the queue and,
 * after three attempts, goes to its dead letters.
 */
export class NothingApplied extends AfterwordError {
  override readonly name = 'NothingApplied';
  constructor() {
    super('no distribution file is applied; `afterword apply` does that');
  }
}

export interface Started {
  readonly edition: EditionId;
  readonly existed: boolean;
}

/**
 * Makes one edition and starts it. Idempotent: META is written once, and every later step can be
 * repeated (recording it with its postmortems, the last check of restrictions, starting the due
 * waves). Undefined if there is nothing to make: no reader gets it in this way, or it may no longer
 * be shown. An incident is looked at on a stream with updates, and what it has to tell by now is
 * told.
 */
export async function startEdition(occasion: Occasion, deps: StartDeps): Promise<Started | undefined> {
  const inForce = async () => (await deps.distribution()) ?? fail();
  if (occasion.kind === 'incident') return tellIncident(occasion, inForce, deps);
  const distribution = await inForce();
  const planned = await planEdition(occasion, distribution, deps);
  const before = await deps.editions.read(planned.id);
  if (before) {
    if (!before.completedAt) await setGoing(before, deps);
    return { edition: planned.id, existed: true };
  }
  if (!(await isHeld(planned, deps))) return undefined;
  const composed = await planned.compose(deps);
  if (!composed) return undefined;
  const edition = await storeEdition(composed, planned, distribution, deps);
  if (!edition) return undefined;
  await setGoing(edition, deps);
  return { edition: planned.id, existed: false };
}

const fail = () => {
  throw new NothingApplied();
};

/**
 * Whether any reader gets the stream at this frequency, which each has who chose no other. If none
 * does, the edition is not made.
 */
async function isHeld({ shows, frequency, readers }: PlannedEdition, { registry }: StartDeps): Promise<boolean> {
  if (shows === 'service' || readers.audience.kind === 'list' || frequency === definitionOf(shows).usual) return true;
  return isHeldAt(frequency, shows, await registry.slots(shows));
}
