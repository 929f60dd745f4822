import * as z from 'zod';
import { PostmortemId } from '../postmortem/postmortem.ts';
import { stored } from '../postmortem/stored-postmortem.ts';
import { Instant } from '../shared/instant.ts';
import { cut } from '../shared/text.ts';

/**
 * An archive's entry for one postmortem. It is made from the audience's rendition, so a search
 * finds nothing that the page would not show. A stored one is read without what this release does
 * not know.
 */
export const ListedEntry = z.object({
  id: PostmortemId,
  revision: z.int().positive(),
  title: z.string(),
  severity: stored.severity,
  status: stored.status,
  services: z.array(z.string()),
  team: z.string().optional(),
  /** Technologies, as the author tagged them. */
  tags: z.array(z.string()),
  publishedAt: Instant,
  /** When this revision came. Absent in entries of earlier releases. */
  updatedAt: Instant.optional(),
  /** When it last changed in what corrections tell. Absent if it never did. */
  changedAt: Instant.optional(),
  gist: z.string(),
  /** The cause in one sentence, at most 220 characters. Absent if there is none to tell. */
  why: z.string().optional(),
  /**
   * Ids of the terms that its text shows, the most telling first, at most 40. Absent where none
   * were looked for: in entries of earlier releases, and of audiences other than engineering.
   */
  terms: z.array(z.string()).optional(),
});
export type ListedEntry = z.infer<typeof ListedEntry>;

/** A revision that may not be shown. It hides the earlier ones. */
export const Hidden = z.object({ id: PostmortemId, revision: z.int().positive(), hidden: z.literal(true) });
export type Hidden = z.infer<typeof Hidden>;
export const SearchEntry = z.union([ListedEntry, Hidden]);
export type SearchEntry = z.infer<typeof SearchEntry>;

const gistLength = 220;
/**
 * The text below a title in a list: the first of these texts that is not empty. Cut at a word, with
 * an ellipsis.
 */
export function gistOf(...texts: (string | undefined)[]): string {
  const text = texts.find(Boolean) ?? '';
  if (text.length <= gistLength) return text;
  return `${cut(text, gistLength).replace(/[\s,;:.–—-]*\s\S*$/u, '')}…`;
}

/**
 * One entry per postmortem, that of its highest revision, from any month: a changed date of
 * publication moves a postmortem to another month.
 */
export function latestOf(entries: Iterable<SearchEntry>): Map<string, SearchEntry> {
  const latest = new Map<string, SearchEntry>();
  for (const entry of entries) if ((latest.get(entry.id)?.revision ?? 0) < entry.revision) latest.set(entry.id, entry);
  return latest;
}
