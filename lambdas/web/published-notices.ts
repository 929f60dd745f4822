import type { PublicId } from '../../core/notice/external.ts';
import type { NoticeContent } from '../../core/notice/notice-content.ts';
import type { ShownNotice } from '../../core/notice/notice-on-page.ts';
import type { PublicNotice, PublicNotices } from '../../core/notice/ports.ts';
import { mostListed } from '../../core/notice/read-shown-notices.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { keptForSeconds } from './kept-for-seconds.ts';

/** What customers can read. */
export interface PublishedNotices {
  /**
   * The newest first, withdrawn ones among them. May lag by a few seconds behind a release or a
   * withdrawal.
   */
  list(): Promise<readonly PublicNotice[]>;
  /** As it stands now. Undefined for one that nobody could see. */
  read(publicId: PublicId): Promise<ShownNotice | undefined>;
  /** With their texts. What has none is left out. */
  shown(notices: readonly PublicNotice[]): Promise<ShownNotice[]>;
  /** An answer for everybody: what was made for this key in the last seconds, or is made now. */
  page(key: string, make: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
}

/** Caches before this function may keep a page for a minute anyway. */
const keptMs = 5000;

/**
 * Keeps the list and finished pages in this container for a few seconds, because everybody asks for
 * the same, and texts for as long as there is room: a version never changes.
 */
export function keptNotices(notices: Pick<PublicNotices, 'list' | 'read' | 'readVersion'>, now: () => Date): PublishedNotices {
  const texts = new Map<string, NoticeContent>();
  const keptList = keptForSeconds<readonly PublicNotice[]>(keptMs, now);

  async function textOf({ publicId, version }: PublicNotice): Promise<NoticeContent | undefined> {
    const key = `${publicId}#${version}`;
    const known = texts.get(key) ?? (await notices.readVersion(publicId, version))?.content;
    if (!known) return undefined;
    // The one that was used last is dropped last.
    texts.delete(key);
    texts.set(key, known);
    for (const oldest of texts.keys()) if (texts.size > mostListed) texts.delete(oldest);
    return known;
  }

  async function withText(notice: PublicNotice): Promise<ShownNotice | undefined> {
    switch (notice.standing) {
      case 'public': {
        const content = await textOf(notice);
        return content && { ...notice, standing: 'public', content };
      }
      case 'withdrawn':
        return { ...notice, standing: 'withdrawn' };
      case 'unseen':
        return undefined;
    }
  }

  return {
    list: () => keptList('all', () => notices.list(mostListed)),
    page: keptForSeconds(keptMs, now),
    async read(publicId) {
      const notice = await notices.read(publicId);
      return notice && withText(notice);
    },
    shown: async (all) => (await Promise.all(all.map(withText))).filter((one) => one !== undefined),
  };
}
