import { minuteMs } from '../shared/duration.ts';
import { attempt, type Failures } from './attempt.ts';
import type { UnsentAlert } from './unsent-alerts.ts';

export interface UnsentAskDeps extends Failures {
  /** Has the alert about a postmortem composed. Idempotent. */
  readonly ask: (postmortem: UnsentAlert['postmortem']) => Promise<void>;
  readonly now: () => Date;
}

/** Compose has five attempts, six minutes apart. After that the message is a dead letter. */
const patienceMs = 30 * minuteMs;
/** Longer than from one run to the next, so that none is passed over. */
const windowMs = 1.5 * minuteMs;

/**
 * Asks for the alerts that nobody composed, every half hour after the postmortem was stored: the
 * message for them was lost, or its attempts are used up. What can never be composed fills no queue
 * by that.
 */
export async function askForUnsent(unsent: readonly UnsentAlert[], { ask, now, failed }: UnsentAskDeps): Promise<void> {
  const at = now().getTime();
  for (const { postmortem, since, why } of unsent) {
    const ageMs = at - Date.parse(since);
    const isTime = ageMs >= patienceMs && ageMs % patienceMs < windowMs;
    if (why === 'no edition' && isTime) await attempt('alert', () => ask(postmortem), { failed });
  }
}
