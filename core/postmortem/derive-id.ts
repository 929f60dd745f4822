import { createHash } from 'node:crypto';
import { hasTime, type Moment } from '../shared/instant.ts';
import { cutAtWord } from './id-from-name.ts';
import { PostmortemId } from './postmortem.ts';

const longestSlug = 64 - '-123456'.length;

/**
 * An id for a postmortem that came without one: words of the title, and six hex digits of a hash of
 * title and start. The same document sent twice is the same postmortem. A day counts as its
 * midnight in UTC, as in all releases.
 */
export function deriveId({ title, startedAt }: { readonly title: string; readonly startedAt?: Moment | undefined }): PostmortemId {
  const told = createHash('sha256')
    .update(`${title.trim().normalize('NFC')}\n${startedAt && !hasTime(startedAt) ? `${startedAt}T00:00:00Z` : (startedAt ?? '')}`)
    .digest('hex')
    .slice(0, 6);
  return PostmortemId.parse([slug(title), told].filter(Boolean).join('-'));
}

function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return cutAtWord(words, longestSlug);
}
