import type { Mail } from '../../../core/authoring/outlook.ts';
import { printDayInFull } from '../../../core/calendar/print.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { comesAtOnce, frequenciesOf } from '../../../core/distribution/stream-rules.ts';
import { editionWords, streamTitle } from '../../../core/distribution/stream-words.ts';
import { concerns, isSevereEnough } from '../../../core/intake/would-tell.ts';
import { isTellable, type Postmortem } from '../../../core/postmortem/postmortem.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import {
  definitionOf,
  Frequency,
  isPublishedStream,
  isScheduled,
  isUpdateStream,
  StreamName,
  streams,
} from '../../../core/stream/stream.ts';

/** A mail that a preview or a test shows. Without a frequency: the one about the incident. */
export interface Shows {
  readonly stream: StreamName;
  readonly frequency?: Frequency;
}

export const showsText = ({ stream, frequency }: Shows): string => [stream, frequency].filter(Boolean).join(' ');

/** Undefined for any other text. */
export function readShows(text: string | null): Shows | undefined {
  const [name, often, ...more] = (text ?? '').split(' ');
  const [stream, frequency] = [StreamName.safeParse(name), often === undefined ? undefined : Frequency.safeParse(often)];
  if (!stream.success || frequency?.success === false || more.length > 0) return undefined;
  return { stream: stream.data, ...(frequency && { frequency: frequency.data }) };
}

/** The mail by which an audience is told. */
export const showsOf = ({ stream, way, frequency }: Mail): Shows =>
  way === 'next edition' || way === 'correction' || way === 'as published' ? { stream, frequency } : { stream };

/** Every mail that may tell of a postmortem. */
export const showsFor = (postmortem: Postmortem, distribution: Distribution): Shows[] =>
  streams
    .filter(
      (stream) => isTellable(postmortem) && concerns(stream, postmortem, distribution) && isSevereEnough(stream, postmortem, distribution),
    )
    .flatMap((stream): Shows[] => {
      const offered = frequenciesOf(distribution, stream).filter((one) => one !== 'published');
      const scheduled: Shows[] = isScheduled(stream)
        ? (definitionOf(stream).frequencies.length === 0 ? (['weekly'] as const) : offered).map((frequency) => ({ stream, frequency }))
        : [];
      if (!comesAtOnce(distribution, stream)) return scheduled;
      if (isUpdateStream(stream)) return [{ stream }, ...scheduled];
      return isPublishedStream(stream) ? [{ stream, frequency: 'published' }, ...scheduled] : scheduled;
    });

/** `Engineering digest, as published`, `The weekly digest`. */
export function nameOf({ stream, frequency }: Shows, distribution: Distribution): string {
  if (frequency === undefined) return `${streamTitle(stream, distribution)}, at once`;
  if (frequency === 'published') return `${streamTitle(stream, distribution)}, as published`;
  const words = editionWords(stream, frequency, distribution);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When and how a mail comes: `The weekly digest, Monday 30 November`. */
export function comes(mail: Mail, distribution: Distribution, { now, zone }: { now: Date; zone: string }): string {
  const { stream, way, frequency, at, readers } = mail;
  const last = readers === undefined ? '' : ` · ${readers.toLocaleString('en')} got the last one`;
  const day = at && printDayInFull(toInstant(at), now, zone);
  const edition = nameOf({ stream, frequency }, distribution);
  switch (way) {
    case 'at once':
      return `${streamTitle(stream, distribution)}, at once${last}`;
    case 'by relevance':
      return `${streamTitle(stream, distribution)}, at once, to the teams to which it matters much, if there are any`;
    case 'as published':
      return `${streamTitle(stream, distribution)}, at once, to those who want each as it is published${last}`;
    case 'update':
      return `${streamTitle(stream, distribution)}, as an update, if it changes what they were told${last}`;
    case 'taken back':
      return `${streamTitle(stream, distribution)}, that it was taken back${last}`;
    case 'no longer':
      return `${streamTitle(stream, distribution)}, that it no longer counts as one of theirs${last}`;
    case 'next edition':
      return `${edition}${day ? `, ${day}` : ''}${last}`;
    case 'correction':
      return `${edition}${day ? `, ${day}` : ''}, as a correction, if it differs from what they were told${last}`;
  }
}
