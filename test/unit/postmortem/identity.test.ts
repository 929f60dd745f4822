import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../core/postmortem/content-hash.ts';
import { deriveId } from '../../../core/postmortem/derive-id.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { fromJson, fromMarkdown } from '../../support/reading.ts';

describe('deriveId', () => {
  it('is the same for the same title and start, and another for another start', () => {
    const id = deriveId({ title: 'Disk full', startedAt: '2026-10-05T09:14:00Z' });
    expect(deriveId({ title: ' Disk full ', startedAt: '2026-10-05T09:14:00Z' })).toBe(id);
    expect(deriveId({ title: 'Disk full', startedAt: '2026-10-06T09:14:00Z' })).not.toBe(id);
  });

  it('stays what it was before a day was kept as a day', () => {
    expect(deriveId({ title: 'Disk full', startedAt: '2026-10-05' })).toBe('disk-full-2db9ea');
    expect(deriveId({ title: 'Disk full', startedAt: '2026-10-05T00:00:00Z' })).toBe('disk-full-2db9ea');
  });

  it('does not depend on the zone of the organisation', () => {
    const ids = ['Europe/Berlin', 'America/New_York'].map(
      (zone) => fromMarkdown('---\ntitle: Disk full\nstartedAt: 2026-10-05 09:14\n---\nIt was full.', { zone }).postmortem.id,
    );
    expect(ids).toEqual([deriveId({ title: 'Disk full', startedAt: '2026-10-05T09:14:00Z' }), ids[0]]);
  });

  it('is readable and fits, whatever the title', () => {
    expect(deriveId({ title: 'Über-Größe: Disk "full"!' })).toMatch(/^uber-gro-e-disk-full-[0-9a-f]{6}$/);
    for (const title of ['障害報告', 'a'.repeat(200), '-----', 'word '.repeat(40)])
      expect(PostmortemId.safeParse(deriveId({ title })).success).toBe(true);
  });
});

describe('contentHash', () => {
  it('does not depend on the order of keys or on names that were aliases', () => {
    const one = fromJson({ id: 'a', title: 'T', severity: 'P1', started_at: '2026-10-05T11:14:00+02:00' }).postmortem;
    const two = fromJson({ startedAt: '2026-10-05T09:14:00Z', severity: 'sev1', title: 'T', id: 'a' }).postmortem;
    expect(contentHash(one)).toBe(contentHash(two));
  });

  it('changes with any content', () => {
    const one = fromJson({ id: 'a', title: 'T', tags: ['x', 'y'] }).postmortem;
    expect(contentHash({ ...one, tags: ['y', 'x'] })).not.toBe(contentHash(one));
    expect(contentHash({ ...one, restricted: true })).not.toBe(contentHash(one));
  });

  it('takes an undefined field for one that is not there', () => {
    const { postmortem } = fromJson({ id: 'a', title: 'T' });
    expect(contentHash(Object.assign({}, postmortem, { summary: undefined }))).toBe(contentHash(postmortem));
  });
});
