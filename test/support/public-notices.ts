import type { PublicId } from '../../core/notice/external.ts';
import type { NoticeContent } from '../../core/notice/notice-content.ts';
import type { NoticeVersion, PublicNotice, PublicNotices } from '../../core/notice/ports.ts';

/** The part of the port that readers use, in memory, with what a test puts there. */
export function publicNoticesInMemory(): Pick<PublicNotices, 'read' | 'readVersion' | 'list'> & {
  /** Makes a version current: public with this text, withdrawn, or withdrawn before anybody saw it. */
  readonly put: (publicId: PublicId, version: number, at: string, now: Partial<NoticeContent> | 'withdrawn' | 'unseen') => void;
  /** What was read, in order. */
  readonly reads: string[];
} {
  const current = new Map<PublicId, PublicNotice>();
  const versions = new Map<string, NoticeVersion>();
  const reads: string[] = [];
  return {
    reads,
    put(publicId, version, at, now) {
      const publishedAt = current.get(publicId)?.publishedAt ?? at;
      const standing = typeof now === 'string' ? now : 'public';
      current.set(publicId, { publicId, version, standing, publishedAt, at });
      versions.set(`${publicId}#${version}`, { version, at, ...(typeof now !== 'string' && { content: aNotice({ publicId, ...now }) }) });
    },
    async read(publicId) {
      reads.push(publicId);
      return current.get(publicId);
    },
    async readVersion(publicId, version) {
      reads.push(`${publicId}#${version}`);
      return versions.get(`${publicId}#${version}`);
    },
    async list(limit) {
      reads.push('list');
      return [...current.values()]
        .filter(({ standing }) => standing !== 'unseen')
        .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
        .slice(0, limit);
    },
  };
}

export const aNotice = (more: Partial<NoticeContent> = {}): NoticeContent => ({
  publicId: 'k7p3wq9xzt',
  title: 'Checkout was unavailable on 19 November',
  body: 'Payments in the shop failed.\n\n## What we changed\n\nOur shop **repeats** a request only once.',
  products: ['Checkout'],
  startedAt: '2026-11-19T12:35:00Z',
  resolvedAt: '2026-11-19T13:33:00Z',
  state: 'final',
  ...more,
});
