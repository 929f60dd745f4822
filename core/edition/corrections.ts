import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import type { Audience } from '../stream/audience.ts';
import { audienceOf, definitionOf, isUpdateStream } from '../stream/stream.ts';
import type { Edition, EditionId } from './edition.ts';
import { parseEditionId } from './edition-id.ts';

/**
 * The audience that an edition's cards are for, if later editions correct them. Undefined for mails
 * that have incident updates instead, and for test and service mails.
 */
export function correctedAudience(edition: EditionId): Audience | undefined {
  const { stream, frequency, isTest } = parseEditionId(edition);
  if (stream === undefined || isTest) return undefined;
  const isUpdate = isUpdateStream(stream) && frequency === definitionOf(stream).usual;
  return isUpdate ? undefined : audienceOf(stream);
}

/** The last revision of a postmortem that changed what an edition's readers were told. */
export const materialFor = (edition: EditionId, { material }: Pick<StoredPostmortem, 'material'>): number | undefined =>
  material?.[correctedAudience(edition) ?? '']?.revision;

type Shows = Pick<Edition, 'carries' | 'corrects' | 'remembers'>;

/** The revision of a postmortem that an edition's card shows. Undefined if it has no card. */
export const shownRevision = ({ carries, corrects = [], remembers = [] }: Shows, postmortem: string): number | undefined =>
  [...carries, ...remembers].find(({ id }) => id === postmortem)?.revision ?? corrects.find(({ id }) => id === postmortem)?.to;

/** The same of what it told to all its readers, and not to some teams alone. */
export const revisionToldToAll = ({ remembers = [], ...edition }: Shows, postmortem: string): number | undefined =>
  shownRevision({ ...edition, remembers: remembers.filter(({ onlyForTeams }) => !onlyForTeams) }, postmortem);

/**
 * The postmortems of which an edition's cards show an earlier text. `corrected`: `corrected` of
 * META.
 */
export function outdatedIn(edition: Shows, corrected: ReadonlySet<string>): ReadonlySet<string> {
  const outdated = [...corrected].flatMap((entry) => {
    const [postmortem = '', revision] = entry.split(':');
    const shown = shownRevision(edition, postmortem);
    return shown !== undefined && Number(revision) > shown ? [postmortem] : [];
  });
  return new Set(outdated);
}
