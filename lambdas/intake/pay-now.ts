import { runOutbox } from '../../core/intake/run-outbox.ts';
import type { StoredPostmortem } from '../../core/postmortem/stored-postmortem.ts';
import type { ProblemDetails } from '../shared/problem.ts';
import type { IntakeDeps } from './deps.ts';

/**
 * A stored postmortem stays stored. Tasks that could not be run now stay in the outbox, and `sweep`
 * runs them. Returns false if some are left.
 */
export async function payNow(stored: StoredPostmortem, deps: IntakeDeps): Promise<boolean> {
  try {
    await runOutbox(stored.postmortem.id, deps, stored);
    return true;
  } catch (error) {
    deps.log.error('still owed', error, { postmortem: stored.postmortem.id });
    return false;
  }
}

/**
 * A person who restricts or retracts a postmortem relies on the answer. So the answer comes only
 * when archives, feeds and editions under way leave the postmortem out.
 */
export const notTakenBack: ProblemDetails = {
  detail:
    'It is stored, but archives and mails under way may still tell of it. Send it again until it is taken; it is also tried every minute.',
  headers: { 'retry-after': '2' },
};
