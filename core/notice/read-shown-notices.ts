import type { ShownNotice } from './notice-on-page.ts';
import type { PublicNotice, PublicNotices } from './ports.ts';

/** How many of the newest notices are listed. */
export const mostListed = 500;
const together = 25;

type ReadableNotice = Extract<ShownNotice, { standing: 'public' }>;

/** Everything that customers can read now, newest first, some at a time. */
export async function readShownNotices(notices: Pick<PublicNotices, 'list' | 'read' | 'readVersion'>): Promise<ReadableNotice[]> {
  const all = await notices.list(mostListed);
  const shown: ReadableNotice[] = [];
  for (let from = 0; from < all.length; from += together)
    shown.push(...(await Promise.all(all.slice(from, from + together).map(asItStands))).filter((one) => one !== undefined));
  return shown;

  /** The list may lag behind a withdrawal; a pack is passed on and cannot be taken back. */
  async function asItStands({ publicId }: PublicNotice): Promise<ReadableNotice | undefined> {
    const current = await notices.read(publicId);
    if (current?.standing !== 'public') return undefined;
    const content = (await notices.readVersion(publicId, current.version))?.content;
    return content && { ...current, standing: 'public', content };
  }
}
