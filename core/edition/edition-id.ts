import type { ScheduledStream } from '../distribution/scheduled-streams.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { EditionId } from './edition.ts';

/** Ids are derived from what an edition is for, so that two triggers make one edition. `period`: `2026-W47` or `2026-10`. */
export const scheduledEditionId = (stream: ScheduledStream, period: string): EditionId => `${stream}_${period}`;
/** `week`: `2026-W47`. */
export const digestEditionId = (week: string): EditionId => scheduledEditionId('engineering-digest', week);
/** The first telling of an incident; later revisions of the document are not news again. */
export const alertEditionId = (postmortem: PostmortemId): EditionId => `sev1-alerts_${postmortem}_r1`;
