import { searchedPartsOf } from '../../core/rendition/renditions.ts';
import type { Texts } from '../../core/search/archive.ts';
import type { ListedEntry } from '../../core/search/search-entry.ts';
import { type SearchedText, searchedText } from '../../core/search/searched-text.ts';
import { fewAtATime } from '../../core/shared/few-at-a-time.ts';
import type { Audience } from '../../core/stream/audience.ts';
import type { Archives } from '../shared/kept-archives.ts';

/** What a search looks into beside the entries of an archive. */
export interface SearchedTexts {
  /** Of every postmortem of the archive as it stands now, by id. */
  of(audience: Audience): Promise<Texts>;
}

/** Renditions of one audience by id. One that was never made is left out. */
export type ManyRenditions = (
  audience: Audience,
  wanted: readonly { readonly id: string; readonly revision: number }[],
) => Promise<ReadonlyMap<string, unknown>>;

const atOnce = 100;
const abreast = 4;

/**
 * Keeps the words of the archives in this container. They come from the renditions that pages show,
 * so there is no index to write, and a search finds nothing that a page would not show. The first
 * search reads all of them, and later ones only revisions that are new since.
 */
export function keptTexts(archives: Archives, renditions: ManyRenditions): SearchedTexts {
  const kept = new Map<Audience, Promise<Texts>>();
  const refreshed = async (audience: Audience, before: Texts): Promise<Texts> => {
    const entries = (await archives.of(audience)).find({});
    const texts = new Map<string, SearchedText>();
    const missing: ListedEntry[] = [];
    for (const entry of entries) {
      const known = before.get(entry.id);
      if (known?.revision === entry.revision) texts.set(entry.id, known);
      else missing.push(entry);
    }
    const batches = Array.from({ length: Math.ceil(missing.length / atOnce) }, (_, n) => missing.slice(n * atOnce, (n + 1) * atOnce));
    await fewAtATime(
      batches,
      async (batch) => {
        const found = await renditions(audience, batch);
        for (const { id, revision } of batch)
          if (found.has(id)) texts.set(id, searchedText(revision, searchedPartsOf(audience, found.get(id))));
      },
      abreast,
    );
    return texts;
  };
  return {
    of(audience) {
      const before = (kept.get(audience) ?? Promise.resolve(new Map())).catch(() => new Map());
      const fresh = before.then((texts) => refreshed(audience, texts));
      kept.set(audience, fresh);
      return fresh;
    },
  };
}
