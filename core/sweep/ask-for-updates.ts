import type { DueUpdates } from '../incident-update/ports.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { UpdateStream } from '../stream/stream.ts';
import { attempt, type Failures } from './attempt.ts';

export interface UpdatesDeps extends Failures {
  readonly updates: DueUpdates & {
    /** Has the incident looked at on this stream. Idempotent. */
    readonly ask: (stream: UpdateStream, incident: PostmortemId) => Promise<void>;
  };
  readonly hasTime: () => boolean;
  readonly now: () => Date;
}

const most = 100;

/**
 * Asks for the updates that are due: those that waited for longer than a message can, and those
 * that were decided and not finished. Compose decides again, so one message too many does no harm.
 */
export async function askForUpdates({ updates, hasTime, now, failed }: UpdatesDeps): Promise<void> {
  const due = (await attempt('updates', () => updates.due(now(), most), { failed })) ?? [];
  for (const { stream, incident } of due) if (hasTime()) await attempt('updates', () => updates.ask(stream, incident), { failed });
}
