import type { Distribution } from '../distribution/distribution.ts';
import { comesAtOnce, configuredStream, frequenciesOf, toldByRelevance } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { isEditionOf, isTellingOf } from '../edition/edition-id.ts';
import { isNewsWithin, lateWeeks } from '../postmortem/news.ts';
import { isTellable, type Postmortem } from '../postmortem/postmortem.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { isConcerned } from '../rendition/renditions.ts';
import { dayMs, weekMs } from '../shared/duration.ts';
import {
  audienceOf,
  definitionOf,
  type Frequency,
  publishedStreams,
  type ScheduledStream,
  type StreamName,
  scheduledStreams,
  updateStreams,
} from '../stream/stream.ts';

/** How the readers of a stream are told of a revision. */
export type TellingWay =
  | 'at once'
  /** As an incident update, if it changes what they were told. */
  | 'update'
  | 'taken back'
  /** It no longer counts as one of theirs. */
  | 'no longer'
  | 'as published'
  /** At once, to the teams to which it matters much. Nobody knows yet whether there are any. */
  | 'by relevance'
  | 'next edition'
  /** In the next edition, if it differs from what they were told. */
  | 'correction';

export interface WouldTell {
  readonly stream: StreamName;
  readonly way: TellingWay;
  /** The scheduled frequencies that are told, where others were told before. Absent: all. */
  readonly frequencies?: readonly Frequency[];
}

/**
 * The streams whose readers are told of a revision, as long as its outbox has not been run. Empty
 * if nobody is. The filters of readers are not looked at.
 */
export function tellingsOf(stored: StoredPostmortem, distribution: Distribution | undefined, now: Date): WouldTell[] {
  if (distribution === undefined) return [];
  const { postmortem, owed, publication } = stored;
  const updates = owed.includes('alert') ? updatesOf(stored, distribution, now) : [];
  if (!isTellable(postmortem)) return updates;
  const age = now.getTime() - Date.parse(postmortem.publishedAt ?? now.toISOString());
  const isInTime = publication !== 'history' && age < lateWeeks * weekMs;
  return [
    ...updates,
    ...(owed.includes('published') ? asPublished(postmortem, distribution) : []),
    ...(owed.includes('projections') && publication !== 'history' ? byRelevance(stored, distribution, age) : []),
    ...(isInTime ? inNextEdition(stored, distribution) : []),
  ];
}

/** The same in words for the author. */
export const wouldTell = (stored: StoredPostmortem, distribution: Distribution | undefined, now: Date): string[] =>
  distribution === undefined
    ? []
    : tellingsOf(stored, distribution, now).map((telling) => `${streamTitle(telling.stream, distribution)}, ${wordsOf(telling)}`);

function wordsOf({ way, frequencies = [] }: WouldTell): string {
  switch (way) {
    case 'at once':
      return 'at once';
    case 'update':
      return 'as an update, if it changes what they were told';
    case 'taken back':
      return 'that it was taken back';
    case 'no longer':
      return 'that it no longer counts as one of theirs';
    case 'as published':
      return 'at once, to those who want each as it is published';
    case 'by relevance':
      return 'at once, to the teams to which it matters much, if there are any';
    case 'next edition':
      return `in its next ${frequencies.length === 0 ? '' : `${frequencies.join(' and ')} `}edition`;
    case 'correction':
      return 'in its next edition, as a correction, if it differs from what they were told';
  }
}

const wasTold = ({ editions }: StoredPostmortem, stream: StreamName, frequency: Frequency): boolean =>
  editions.some((id) => isEditionOf(id, { stream, frequency }));

/** Whether a stream is configured and its audience has anything to see of a postmortem. */
export function concerns(stream: StreamName, postmortem: Postmortem, distribution: Distribution): boolean {
  const audience = audienceOf(stream);
  return configuredStream(distribution, stream) !== undefined && audience !== undefined && isConcerned(audience, postmortem);
}

/** The mails about one incident. Composing looks at what the last one said, so none comes twice. */
const updatesOf = (stored: StoredPostmortem, distribution: Distribution, now: Date): WouldTell[] =>
  updateStreams.flatMap((stream): WouldTell[] => {
    const { severities = [], withinDays = 0, updates = true } = configuredStream(distribution, stream) ?? {};
    const isBegun = stored.editions.some((id) => isTellingOf(id, stream, stored.postmortem.id));
    if (!isTellable(stored.postmortem)) return isBegun ? [{ stream, way: 'taken back' }] : [];
    const isFor = severities.includes(stored.postmortem.severity) && concerns(stream, stored.postmortem, distribution);
    if (isBegun && !isFor) return [{ stream, way: 'no longer' }];
    if (!isFor || !isNewsWithin(withinDays, stored, now)) return [];
    if (!isBegun) return comesAtOnce(distribution, stream) ? [{ stream, way: 'at once' }] : [];
    return updates ? [{ stream, way: 'update' }] : [];
  });

const asPublished = (postmortem: Postmortem, distribution: Distribution): WouldTell[] =>
  publishedStreams
    .filter((stream) => concerns(stream, postmortem, distribution) && comesAtOnce(distribution, stream))
    .map((stream) => ({ stream, way: 'as published' }));

/** It is told once: what was told of it is not told again. */
const byRelevance = ({ postmortem, editions }: StoredPostmortem, distribution: Distribution, age: number): WouldTell[] =>
  toldByRelevance(distribution, postmortem.severity)
    .filter(
      ({ stream, withinDays }) =>
        age < withinDays * dayMs &&
        concerns(stream, postmortem, distribution) &&
        !editions.some((id) => isTellingOf(id, stream, postmortem.id)),
    )
    .map(({ stream }) => ({ stream, way: 'by relevance' }));

const inNextEdition = (stored: StoredPostmortem, distribution: Distribution): WouldTell[] =>
  scheduledStreams
    .filter((stream) => configuredStream(distribution, stream) !== undefined)
    .flatMap((stream): WouldTell[] => {
      const all = scheduledFrequencies(stream, distribution);
      const untold = all.filter((frequency) => !wasTold(stored, stream, frequency));
      const audience = audienceOf(stream);
      const isCorrected = audience !== undefined && stored.material?.[audience]?.revision === stored.revision;
      // What no longer concerns an audience is corrected too.
      if (untold.length < all.length && isCorrected) return [{ stream, way: 'correction' }];
      if (untold.length === 0 || !concerns(stream, stored.postmortem, distribution)) return [];
      if (!isSevereEnough(stream, stored.postmortem, distribution)) return [];
      return [{ stream, way: 'next edition', ...(untold.length < all.length && { frequencies: untold }) }];
    });

/** A stream that names severities tells of no others. */
export const isSevereEnough = (stream: StreamName, { severity }: Postmortem, distribution: Distribution): boolean =>
  configuredStream(distribution, stream)?.severities?.includes(severity) ?? true;

/** The frequencies of its editions. `weekly` stands for the stream's own schedule. */
const scheduledFrequencies = (stream: ScheduledStream, distribution: Distribution): readonly Frequency[] =>
  definitionOf(stream).frequencies.length === 0
    ? ['weekly']
    : frequenciesOf(distribution, stream).filter((frequency) => frequency !== 'published');
