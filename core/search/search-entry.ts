import * as z from 'zod';
import { PostmortemId, Severity, Status } from '../postmortem/postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { cut } from '../shared/text.ts';

/**
 * What an archive knows of one postmortem: taken from the audience's rendition, so that searching
 * finds nothing that reading would not show.
 */
export const ListedEntry = z.strictObject({
  id: PostmortemId,
  revision: z.int().positive(),
  title: z.string(),
  severity: Severity,
  status: Status,
  services: z.array(z.string()),
  team: z.string().optional(),
  /** Technologies, as the author tagged them. */
  tags: z.array(z.string()),
  publishedAt: Instant,
  gist: z.string(),
});
export type ListedEntry = z.infer<typeof ListedEntry>;

/** A revision of which nothing may be told hides those before it. */
export const Hidden = z.strictObject({ id: PostmortemId, revision: z.int().positive(), hidden: z.literal(true) });
export type Hidden = z.infer<typeof Hidden>;
export const SearchEntry = z.union([ListedEntry, Hidden]);
export type SearchEntry = z.infer<typeof SearchEntry>;

const gistLength = 220;
/**
 * What stands below a title in a list: the first of these texts that says something. Whole words,
 * and an ellipsis where some are left out.
 */
export function gistOf(...texts: (string | undefined)[]): string {
  const text = texts.find(Boolean) ?? '';
  if (text.length <= gistLength) return text;
  return `${cut(text, gistLength).replace(/[\s,;:.–—-]*\s\S*$/u, '')}…`;
}

/**
 * One entry a postmortem, the one of its highest revision, wherever it stands: a changed date of
 * publication moves it to another month.
 */
export function latestOf(entries: Iterable<SearchEntry>): Map<string, SearchEntry> {
  const latest = new Map<string, SearchEntry>();
  for (const entry of entries) if ((latest.get(entry.id)?.revision ?? 0) < entry.revision) latest.set(entry.id, entry);
  return latest;
}
