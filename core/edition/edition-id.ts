import * as z from 'zod';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import {
  type AlertStream,
  type ApprovedStream,
  definitionOf,
  type Frequency,
  type PublishedStream,
  type RelevanceStream,
  type ScheduledStream,
  StreamName,
  type UpdateStream,
} from '../stream/stream.ts';

/**
 * Derived, never random: `engineering-digest_2026-W47`, `sev1-alerts_<postmortem>_r1`. It is used
 * as a mail tag, so only `[A-Za-z0-9_-]` (SES: at most 256).
 */
export const EditionId = z.string().regex(/^[A-Za-z0-9_-]{1,200}$/);
export type EditionId = z.infer<typeof EditionId>;

/** The streams that tell of one postmortem in a mail of its own. */
type TellingStream = AlertStream | PublishedStream | RelevanceStream | UpdateStream;

/**
 * Ids are derived from what an edition is for, so that two triggers make one edition. `period`:
 * `2026-W47` or `2026-10`.
 */
export const scheduledEditionId = (stream: ScheduledStream, period: string): EditionId => `${stream}_${period}`;

/**
 * One postmortem in a mail of its own: an alert, or a mail for readers who want each as it is
 * published. Later revisions of the document are not news, but a telling that reached no reader
 * does not count (docs/adr/028).
 */
export const tellingId = (stream: TellingStream, postmortem: PostmortemId, telling = 1): EditionId => `${stream}_${postmortem}_r${telling}`;

/** One version of a notice, under its public id. */
export const noticeEditionId = (stream: ApprovedStream, publicId: string, version: number): EditionId =>
  `${stream}_${publicId}_r${version}`;

/**
 * The id of the next telling. A telling that reached no reader is listed among the editions that
 * only name the postmortem.
 */
export const nextTellingId = (stream: TellingStream, postmortem: PostmortemId, namedIn: readonly string[]): EditionId =>
  tellingId(stream, postmortem, nextTelling(stream, postmortem, namedIn));

export function nextTelling(stream: TellingStream, postmortem: PostmortemId, namedIn: readonly string[]): number {
  let telling = 1;
  while (namedIn.includes(tellingId(stream, postmortem, telling))) telling += 1;
  return telling;
}

/** Whether an edition is any telling of this postmortem by this stream. */
export const isTellingOf = (edition: EditionId, stream: TellingStream, postmortem: PostmortemId): boolean =>
  edition.startsWith(`${stream}_${postmortem}_r`);

/** Whether it follows another telling of the same postmortem by the same stream. */
export const isLaterTelling = (edition: EditionId): boolean => /_r(?!1$)\d+$/.test(edition);

/** The parts of an edition id. */
export interface EditionIdParts {
  /** Undefined for mails of stream `service` and for unknown streams. */
  readonly stream: StreamName | undefined;
  /**
   * Which readers it is for, if readers of the stream choose a frequency. Otherwise, and for a test
   * mail, the stream's usual one.
   */
  readonly frequency: Frequency;
  /** A period, or a postmortem with its telling. Empty for a test mail. */
  readonly about: string;
  /** True for a test mail, which shows an edition of `stream`. */
  readonly isTest: boolean;
}

const testForm = /^service_test_[0-9a-f]{32}_([a-z0-9-]+)_/;

export function parseEditionId(id: EditionId): EditionIdParts {
  const shown = testForm.exec(id)?.[1];
  const [before = ''] = id.split('_', 1);
  const stream = StreamName.safeParse(shown ?? before).data;
  const about = shown === undefined ? id.slice(before.length + 1) : '';
  const { frequencies = [], usual = 'weekly' } = stream ? definitionOf(stream) : {};
  const frequency = frequencies.length > 0 && about !== '' ? frequencyOfAbout(about) : usual;
  return { stream, about, isTest: shown !== undefined, frequency };
}

/** Whether readers of this stream get it at this frequency. A test mail is for its asker alone. */
export function isEditionOf(id: EditionId, { stream, frequency }: { readonly stream: StreamName; readonly frequency: Frequency }): boolean {
  const told = parseEditionId(id);
  return told.stream === stream && told.frequency === frequency && !told.isTest;
}

function frequencyOfAbout(about: string): Frequency {
  if (/_r\d+$/.test(about)) return 'published';
  return /^\d{4}-\d\d$/.test(about) ? 'monthly' : 'weekly';
}
