import type { WantedServiceMail } from '../edition/service-mail.ts';
import type { StreamName } from '../stream/stream.ts';
import type { Who } from '../subscriber/ports.ts';
import { type ChangeDeps, type ChangeOutcome, changeSettings, readersPress } from './change-settings.ts';

export interface UnsubscribeDeps extends ChangeDeps {
  /** Asks for a mail of stream `service`. */
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'>) => Promise<void>;
}

/**
 * Switches one stream off for its reader and leaves every other stream as it is. Sends one last
 * mail about it with the way back, because mail clients show no page. If the stream was already
 * off, nothing happens: `changed` is empty and no mail goes out. Refused if the stream is
 * mandatory. Throws PersonInDispute.
 */
export async function unsubscribe(
  who: Who,
  stream: StreamName,
  through: 'page' | 'one-click',
  deps: UnsubscribeDeps,
): Promise<ChangeOutcome> {
  const outcome = await changeSettings(who, { streams: { [stream]: { frequency: 'off' } } }, readersPress(through), deps);
  if (outcome.kind === 'saved' && outcome.changed.length > 0) {
    await deps.mail({ kind: 'goodbye', about: stream, realm: who.realm, subscriber: who.sid });
  }
  return outcome;
}
