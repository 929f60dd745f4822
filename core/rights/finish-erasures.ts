import type { SubscriberId } from '../subscriber/subscriber.ts';
import { type EraseDeps, removePerson } from './erase-person.ts';
import { type ForgetDeps, forgetInLedger } from './forget-in-ledger.ts';
import type { ErasureStore } from './ports.ts';

export interface FinishDeps extends Omit<ForgetDeps, 'erasures'> {
  readonly erasures: ErasureStore;
  readonly people: EraseDeps['people'];
  readonly forgotten: EraseDeps['forgotten'];
  readonly sessions: EraseDeps['sessions'];
  readonly failed: (sid: SubscriberId, error: unknown) => void;
}

/** The most erasures in one run. The others stay due. */
const aRun = 20;

/**
 * Continues the erasures that are due, whatever step a crash left them at. One that fails does not
 * hold up the others. Answers how many were due.
 */
export async function finishErasures(deps: FinishDeps): Promise<number> {
  const due = await deps.erasures.due(deps.now(), aRun);
  for (const who of due) {
    if (!deps.hasTime()) break;
    try {
      const found = await deps.erasures.read(who);
      // The list may lag behind the item.
      if (!found || Date.parse(found.dueAt) > deps.now().getTime()) continue;
      const now = () => deps.now().toISOString();
      const erasure = found.stage === 'person' ? await removePerson(found, { ...deps, now }) : found;
      await forgetInLedger(erasure, deps);
    } catch (error) {
      deps.failed(who.sid, error);
    }
  }
  return due.length;
}
