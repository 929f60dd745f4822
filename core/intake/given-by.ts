import type { Distribution } from '../distribution/distribution.ts';
import { severityAliases } from '../postmortem/reading/classification-words.ts';
import type { Given } from '../postmortem/reading/finish-postmortem.ts';

/** What the distribution file says about how documents are to be read. */
export const givenBy = (distribution: Distribution | undefined, now: Date, id?: string): Given => ({
  ...(id !== undefined && { id }),
  aliases: severityAliases(distribution?.severities ?? {}),
  ...(distribution && { named: distribution.severities, zone: distribution.organisation.zone }),
  ...(distribution?.headings && { headings: distribution.headings }),
  now,
});
