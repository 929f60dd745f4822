import { rootOf } from '../delivery/range.ts';
import type { EditionId } from '../edition/edition.ts';
import type { EditionWriter } from '../edition/ports.ts';
import { begunSlots, slotsToBegin } from '../edition/waves.ts';
import { attempt, type Failures } from './attempt.ts';
import type { WalkDeps } from './walk-edition.ts';

export interface WaveDeps extends Pick<WalkDeps, 'editions' | 'send' | 'recordAndCheck' | 'now'>, Failures {
  readonly waves: {
    /**
     * Unfinished editions with a wave that is due and not begun, and those that are over with any
     * wave that is not begun. May lag by a second.
     */
    due(now: Date): Promise<EditionId[]>;
    readonly begin: EditionWriter['begin'];
  };
  readonly hasTime: () => boolean;
}

/** Waves that are noted together. After a crash at most these are sent once more. */
const atOnce = 10;

/**
 * Begins every wave that is due: sends the message of its root range, then notes it. Idempotent.
 */
export async function beginWaves(deps: WaveDeps): Promise<void> {
  const due = await attempt('wave', () => deps.waves.due(deps.now()), deps);
  for (const id of due ?? []) await attempt('wave', () => beginThose(id, deps), deps);
}

async function beginThose(id: EditionId, { editions, waves, send, recordAndCheck, now, hasTime }: WaveDeps): Promise<void> {
  const edition = await editions.read(id);
  if (!edition?.waves || edition.completedAt) return;
  const slots = slotsToBegin(edition, now());
  if (slots.length > 0 && begunSlots(edition).length === 0) await recordAndCheck(edition);
  for (let n = 0; n < slots.length && hasTime(); n += atOnce) {
    const some = slots.slice(n, n + atOnce);
    for (const slot of some) await send(edition, rootOf(id, slot));
    await waves.begin(id, some);
  }
}
