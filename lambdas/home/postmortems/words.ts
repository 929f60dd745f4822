import type { Distribution } from '../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import type { PostmortemListed } from '../../../core/intake/api.ts';
import type { Status } from '../../../core/postmortem/postmortem.ts';
import { type Audience, audienceRows } from '../../../core/stream/audience.ts';

/** The path of one postmortem, or of something that can be done with it. */
export const postmortemPath = (id: string, more = ''): string => `/home/postmortems/${encodeURIComponent(id)}${more}`;

export const statusWords: Readonly<Record<Status, { readonly words: string; readonly look: string }>> = {
  draft: { words: 'Draft', look: '' },
  preliminary: { words: 'Preliminary', look: 'sev2' },
  published: { words: 'Published', look: 'ok' },
  retracted: { words: 'Retracted', look: 'sev1' },
};

/** What each audience is called, here as everywhere. */
export const audienceWords: Readonly<Record<Audience, string>> = {
  engineering: audienceRows.engineering.name,
  leadership: audienceRows.leadership.name,
  'cross-functional': audienceRows['cross-functional'].name,
};

/** What the organisation calls a severity. */
export function severityWords(severity: PostmortemListed['severity'], distribution: Distribution): string {
  const labels: Readonly<Record<string, string>> = labelsOf(distribution);
  return labels[severity] ?? severity;
}
