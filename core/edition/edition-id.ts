import type { PostmortemId } from '../postmortem/postmortem.ts';
import type { EditionId } from './edition.ts';

/** Ids are derived from what an edition is for, so that two triggers make one edition. `week`: `2026-W47`. */
export const digestEditionId = (week: string): EditionId => `engineering-digest_${week}`;
/** The first telling of an incident; later revisions of the document are not news again. */
export const alertEditionId = (postmortem: PostmortemId): EditionId => `sev1-alerts_${postmortem}_r1`;
