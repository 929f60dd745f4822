import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { ScheduledStream } from '../stream/stream.ts';
import type { Frequency } from '../subscriber/slot.ts';
import type { EditionId } from './edition.ts';

/** Ids are derived from what an edition is for, so that two triggers make one edition. `period`: `2026-W47` or `2026-10`. */
export const scheduledEditionId = (stream: ScheduledStream, period: string): EditionId => `${stream}_${period}`;
/** `week`: `2026-W47`. */
export const digestEditionId = (week: string): EditionId => scheduledEditionId('engineering-digest', week);
/** One postmortem for those who want each as it is published; later revisions are not news again. */
export const publishedEditionId = (postmortem: PostmortemId, telling = 1): EditionId => `engineering-digest_${postmortem}_r${telling}`;
/** The first telling of an incident; later revisions of the document are not news again, but a telling that reached nobody counts as none. */
export const alertEditionId = (postmortem: PostmortemId, telling = 1): EditionId => `sev1-alerts_${postmortem}_r${telling}`;

/** Which telling the next one is: those that reached nobody are among the editions that only name it (docs/adr/028). */
export const nextTelling = (
  idOf: (postmortem: PostmortemId, telling: number) => EditionId,
  id: PostmortemId,
  namedIn: readonly string[],
) => {
  let telling = 1;
  while (namedIn.includes(idOf(id, telling))) telling += 1;
  return telling;
};

/** Of the digest's editions, which readers they are for. Every other stream has one frequency, its own. */
export function frequencyOfEdition(id: EditionId): Frequency {
  if (!id.startsWith('engineering-digest_')) return 'weekly';
  if (/_r\d+$/.test(id)) return 'published';
  return /_\d{4}-\d\d$/.test(id) ? 'monthly' : 'weekly';
}
