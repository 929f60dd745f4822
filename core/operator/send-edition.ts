import type { Period } from '../calendar/period.ts';
import type { SlotRegistry } from '../compose/ports.ts';
import { NothingApplied } from '../compose/start-edition.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { occurrenceDueAt } from '../edition/occurrence.ts';
import type { EditionReader } from '../edition/ports.ts';
import { weekMs } from '../shared/duration.ts';
import { AfterwordError, type Flaw, Refused } from '../shared/errors.ts';
import { type Instant, toInstant } from '../shared/instant.ts';
import { isScheduled, type ScheduledStream, scheduledStreams } from '../stream/stream.ts';
import { isHeldAt } from '../subscriber/slot.ts';
import type { SendAnswer, SendRequest } from './api.ts';
import { notInFile } from './preview-edition.ts';
import { whenMeant } from './when-meant.ts';

export interface SendDeps {
  readonly distribution: () => Promise<Distribution | undefined>;
  readonly editions: Pick<EditionReader, 'read'>;
  readonly registry: SlotRegistry;
  /** Asks `compose` for an edition, exactly as the scheduler does. */
  readonly ask: (stream: ScheduledStream, at: Instant) => Promise<void>;
  readonly now: () => Date;
}

/** The last month never ended longer ago than this. A mistyped year always did. */
const usualWeeks = 5;

/**
 * The edition's period is long past, and the request does not say that this is intended. Nothing
 * was sent.
 */
export class TooOld extends AfterwordError {
  override readonly name = 'TooOld';
  readonly flaw: Flaw;
  constructor(edition: string, { label, end }: Period, now: Date) {
    const weeks = Math.floor((now.getTime() - Date.parse(end)) / weekMs);
    const problem = `${edition} tells of ${label}, which ended ${weeks} weeks ago`;
    super(problem);
    this.flaw = { field: 'at', problem, remedy: 'Check the year. If everybody is to get it all the same: "evenIfOld": true.' };
  }
}

/**
 * Asks for the edition that was due at an instant. Idempotent, because it is composed only once.
 */
export async function sendEdition({ stream, at: written, evenIfOld = false }: SendRequest, deps: SendDeps): Promise<SendAnswer> {
  const applied = await deps.distribution();
  if (!applied) throw new NothingApplied();
  if (!isScheduled(stream)) {
    throw refusal('stream', `${stream} has no schedule to be sent by`, `Use ${scheduledStreams.join(' or ')}.`);
  }
  if (!applied.streams[stream]) throw notInFile(stream, nothingSent);
  const now = deps.now();
  const at = whenMeant(written, applied.organisation.zone, now);
  if (at > now) {
    throw refusal(
      'at',
      'lies in the future, and what is due then cannot be told yet',
      'Wait for the schedule, look at it with afterword preview, or leave the date out for the edition that is due now.',
    );
  }
  const { id, period } = occurrenceDueAt(stream, at, applied);
  if (!isHeldAt('weekly', stream, await deps.registry.slots(stream))) {
    throw refusal(
      'stream',
      `${stream} has no reader who chose it by the week`,
      'Readers choose it on their page. To look at it: afterword preview.',
    );
  }
  const existed = (await deps.editions.read(id)) !== undefined;
  const isOld = now.getTime() - Date.parse(period.end) > usualWeeks * weekMs;
  if (isOld && !existed && !evenIfOld) throw new TooOld(id, period, now);
  await deps.ask(stream, toInstant(at));
  return { edition: id, existed, tells: period.label };
}

const nothingSent = 'Refused. No mail was sent.';
const refusal = (field: string, problem: string, remedy: string) => new Refused('content', [{ field, problem, remedy }], nothingSent);
