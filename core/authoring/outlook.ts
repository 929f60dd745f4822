import { nextMade } from '../calendar/due.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { isTellingOf, parseEditionId } from '../edition/edition-id.ts';
import { nextMonthlyMade, occurrenceDueAt } from '../edition/occurrence.ts';
import type { ListedEdition } from '../edition/ports.ts';
import { nextRevision } from '../intake/take-postmortem.ts';
import { tellingsOf, type WouldTell } from '../intake/would-tell.ts';
import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { isConcerned } from '../rendition/renditions.ts';
import { minuteMs } from '../shared/duration.ts';
import { type Audience, audiences } from '../stream/audience.ts';
import {
  audienceOf,
  definitionOf,
  type Frequency,
  isScheduled,
  type ScheduledStream,
  type StreamName,
  streams,
  updateStreams,
} from '../stream/stream.ts';

/** A mail that tells an audience of a postmortem. */
export interface Mail {
  readonly stream: StreamName;
  readonly way: WouldTell['way'];
  readonly frequency: Frequency;
  /** When the edition is made. Absent: as soon as it is published. */
  readonly at?: Date;
  /** How many got the last one of its kind. Absent if there was none yet. */
  readonly readers?: number;
}

/** What one audience gets of a postmortem. */
export interface AudienceOutlook {
  readonly audience: Audience;
  /** Empty: nothing. */
  readonly mails: readonly Mail[];
  /** Why it gets nothing, in a sentence. */
  readonly why?: string;
  /** Headings that would change that, to be pasted. */
  readonly paste?: string;
}

/**
 * What each audience would get of a revision, and when, as long as its outbox has not been run.
 * `editions`: the latest ones, latest first, from which readers are counted.
 */
export function outlookOf(
  stored: StoredPostmortem,
  distribution: Distribution,
  editions: readonly ListedEdition[],
  now: Date,
): AudienceOutlook[] {
  const mails = tellingsOf(stored, distribution, now).flatMap((telling) => mailsOf(telling, stored, distribution, now));
  return audiences.map((audience) => {
    const own = mails.filter(({ stream }) => audienceOf(stream) === audience).map((mail) => ({ ...mail, ...readersOf(mail, editions) }));
    return { audience, mails: own, ...(own.length === 0 && whyNothing(audience, stored, distribution)) };
  });
}

/** In minutes: how long mails at once may take to be composed. */
const underWayMinutes = 5;

/**
 * What is still to come of a stored revision. Its outbox may have been run, so mails at once that
 * it asked for count as to come for some minutes, until an edition carries it.
 */
export function toCome(
  stored: StoredPostmortem,
  distribution: Distribution,
  editions: readonly ListedEdition[],
  now: Date,
): AudienceOutlook[] {
  const isNew = now.getTime() - Date.parse(stored.updatedAt) < underWayMinutes * minuteMs;
  return outlookOf(
    isNew ? { ...stored, owed: [...stored.owed, ...atOnce(stored, distribution, now)] } : stored,
    distribution,
    editions,
    now,
  );
}

function atOnce(stored: StoredPostmortem, distribution: Distribution, now: Date): StoredPostmortem['owed'] {
  const { owed } = nextRevision(undefined, stored, { distribution, now: () => now }).stored;
  const isBegun = stored.editions.some((id) => updateStreams.some((stream) => isTellingOf(id, stream, stored.postmortem.id)));
  return [
    ...owed.filter((task) => task === 'alert' || task === 'projections' || (task === 'published' && stored.editions.length === 0)),
    ...(isBegun ? (['alert'] as const) : []),
  ];
}

function mailsOf(
  { stream, way, frequencies }: WouldTell,
  { postmortem }: StoredPostmortem,
  distribution: Distribution,
  now: Date,
): Omit<Mail, 'readers'>[] {
  if ((way !== 'next edition' && way !== 'correction') || !isScheduled(stream)) return [{ stream, way, frequency: 'published' }];
  const first = frequencies?.[0] ?? 'weekly';
  const frequency = first === 'published' ? 'weekly' : first;
  const at = madeAt(stream, frequency, postmortem, distribution, now);
  return [{ stream, way, frequency, ...(at && { at }) }];
}

/** When the first edition is made that covers its publication, or what came late. */
function madeAt(
  stream: ScheduledStream,
  frequency: 'weekly' | 'monthly',
  { publishedAt }: Postmortem,
  distribution: Distribution,
  now: Date,
): Date | undefined {
  const published = publishedAt === undefined ? now.getTime() : Date.parse(publishedAt);
  const { schedule } = configuredStream(distribution, stream) ?? {};
  const next = (after: Date) =>
    frequency === 'monthly'
      ? nextMonthlyMade(stream, distribution, after)
      : schedule && nextMade({ ...schedule, zone: schedule.zone ?? distribution.organisation.zone }, after);
  let at = next(now);
  for (let tries = 0; at && tries < 3; tries += 1) {
    if (Date.parse(occurrenceDueAt(stream, at, distribution, frequency).period.end) > published) return at;
    at = next(at);
  }
  return undefined;
}

function readersOf({ stream, frequency }: Mail, editions: readonly ListedEdition[]): Pick<Mail, 'readers'> {
  const usual = definitionOf(stream).frequencies.length === 0;
  const last = editions.find((one) => {
    const told = parseEditionId(one.edition);
    return told.stream === stream && (usual || told.frequency === frequency) && (one.counts.accepted ?? 0) > 0;
  });
  return last?.counts.accepted === undefined ? {} : { readers: last.counts.accepted };
}

function whyNothing(
  audience: Audience,
  { postmortem, publication, editions }: StoredPostmortem,
  distribution: Distribution,
): Pick<AudienceOutlook, 'why' | 'paste'> {
  if (postmortem.restricted) return { why: 'It is restricted: nobody is told of it.' };
  if (postmortem.status === 'draft') return { why: 'It is a draft: nobody is told of it.' };
  if (!isTellable(postmortem)) return { why: 'It is retracted: nobody is told of it.' };
  const own = streams.filter((stream) => audienceOf(stream) === audience && configuredStream(distribution, stream) !== undefined);
  if (own.length === 0) return { why: 'The distribution file has no stream for them.' };
  if (!isConcerned(audience, postmortem)) return needed(audience, postmortem);
  if (publication === 'history') return { why: 'It counts as history: no mail tells of it.' };
  if (own.some((stream) => editions.some((id) => parseEditionId(id).stream === stream)))
    return { why: 'They were told of it, and nothing that they are told changes.' };
  return { why: 'It is not severe enough for their mails, or not recent enough.' };
}

/** What an audience needs that some postmortems do not concern. One row for each such audience. */
const headings: Partial<Record<Audience, string>> = {
  'cross-functional': '## What customers saw\n\n…\n\n## What to say\n\n- …\n\n## What not to say\n\n- …\n',
};

const needed = (audience: Audience, { customerImpact }: Postmortem): Pick<AudienceOutlook, 'why' | 'paste'> => {
  const paste = headings[audience];
  const isDenied =
    customerImpact?.text !== undefined || customerImpact?.externallyVisible === false || customerImpact?.customersAffected === 0;
  if (isDenied) return { why: 'It says that customers noticed nothing. If they did, say what they saw.', ...(paste && { paste }) };
  return { why: 'They get nothing yet. It needs one of these:', ...(paste && { paste }) };
};
