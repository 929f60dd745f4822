import { type OutboxDeps, runOutbox } from '../intake/run-outbox.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { attempt, type Failures } from './attempt.ts';

export interface LeftOutboxDeps extends Failures {
  readonly pay: OutboxDeps;
  readonly open: {
    /** Postmortems with an outbox from before an instant, the oldest first. */
    outboxes(before: Date, limit: number): Promise<PostmortemId[]>;
  };
  readonly hasTime: () => boolean;
  readonly now: () => Date;
}

const outboxesARun = 200;
/** Intake has this long to run an outbox itself. */
const intakeMs = 20_000;

/**
 * Runs outboxes that intake left behind. Begins behind the last one of the run before, so that
 * outboxes that fail do not keep the others waiting.
 */
export async function runLeftOutboxes(
  behind: PostmortemId | undefined,
  deps: LeftOutboxDeps,
): Promise<{ outboxes: number; lastOutbox?: PostmortemId }> {
  const before = new Date(deps.now().getTime() - intakeMs);
  const owing = (await attempt('outbox', () => deps.open.outboxes(before, outboxesARun), deps)) ?? [];
  const first = behind === undefined ? 0 : owing.indexOf(behind) + 1;
  let lastOutbox: PostmortemId | undefined;
  for (const id of [...owing.slice(first), ...owing.slice(0, first)]) {
    if (!deps.hasTime()) break;
    await attempt('outbox', () => runOutbox(id, deps.pay), deps);
    lastOutbox = id;
  }
  return { outboxes: owing.length, ...(lastOutbox && { lastOutbox }) };
}
