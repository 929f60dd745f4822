import { describe, expect, it } from 'vitest';
import type { NoticeContent } from '../../../core/notice/notice-content.ts';
import type { ShownNotice } from '../../../core/notice/notice-on-page.ts';
import { packOf } from '../../../core/pack/pack.ts';
import { packMarkdown } from '../../../core/pack/pack-markdown.ts';
import { packDocument } from '../../../lambdas/shared/postmortem/pack-document.tsx';
import { expectNothingForeign } from '../../support/nothing-foreign.ts';
import { aNotice } from '../../support/public-notices.ts';

const input = {
  product: 'Checkout',
  organisation: 'Northwind',
  since: '2026-07-01',
  now: new Date('2026-11-30T12:00:00Z'),
  zone: 'Europe/Berlin',
};
const shown = (content: Partial<NoticeContent> = {}, at = '2026-11-20T09:00:00Z'): ShownNotice => ({
  publicId: 'k7p3wq9xzt',
  version: 1,
  standing: 'public',
  publishedAt: '2026-11-20T09:00:00Z',
  at,
  content: aNotice(content),
});
const withdrawn: ShownNotice = {
  publicId: 'bcdfghjkmn',
  version: 2,
  standing: 'withdrawn',
  publishedAt: '2026-11-20T09:00:00Z',
  at: '2026-11-21T09:00:00Z',
};
const titles = (notices: readonly ShownNotice[], more: Partial<typeof input> = {}) =>
  packOf(notices, { ...input, ...more }).incidents.map(({ title }) => title);

describe('a pack', () => {
  it('has the public versions of its product alone, the newest incident first, and no sign of what was withdrawn', () => {
    const notices = [
      shown({ title: 'Old', startedAt: '2026-08-01T10:00:00Z' }),
      withdrawn,
      shown({ title: 'Other', products: ['Exports'] }),
      shown({ title: 'New', products: ['Exports', 'CHECKOUT'] }),
    ];
    expect(titles(notices)).toEqual(['New', 'Old']);
    expect(packMarkdown(packOf([withdrawn], input))).not.toMatch(/withdr|21 November/);
  });

  it('counts from the first moment of the day in the zone, and by its publishing what has no beginning', () => {
    const at = (startedAt: string) => shown({ title: startedAt, startedAt, resolvedAt: undefined });
    expect(titles([at('2026-06-30T21:59:59Z'), at('2026-06-30T22:00:00Z'), at('2026-07-01'), at('2026-06-30')])).toEqual([
      '2026-06-30T22:00:00Z',
      '2026-07-01',
    ]);
    const unknown = shown({ title: 'Unknown', startedAt: undefined, resolvedAt: undefined });
    expect(titles([unknown], { since: '2026-11-20' })).toEqual(['Unknown']);
    expect(titles([unknown], { since: '2026-11-21' })).toEqual([]);
  });

  it('has figures of its incidents alone, and says of how many one is known', () => {
    const lasting = (day: number, minutes: number | undefined) =>
      shown({
        startedAt: `2026-11-0${day}T10:00:00Z`,
        resolvedAt: minutes === undefined ? undefined : new Date(Date.UTC(2026, 10, day, 10, minutes)).toISOString().replace('.000', ''),
      });
    const figures = (...all: ShownNotice[]) => packOf(all, input).figures;
    expect(figures()).toEqual([]);
    expect(figures(lasting(1, 30))).toEqual(['1 incident on 1 day.', 'Resolved in 30 minutes.']);
    expect(figures(lasting(1, 10), lasting(1, 20), lasting(3, 90), shown({ products: ['Exports'] }))).toEqual([
      '3 incidents on 2 days.',
      'Half of them were resolved within 20 minutes, the longest took 1 hour 30 minutes.',
    ]);
    expect(figures(lasting(1, 10), lasting(2, 30), lasting(3, undefined))).toEqual([
      '3 incidents on 3 days.',
      'Half of them were resolved within 20 minutes, the longest took 30 minutes. Known of 2 of them.',
    ]);
    expect(figures(lasting(1, undefined))).toEqual(['1 incident on 1 day.']);
  });

  it('says what an update changed, and of a first version nothing', () => {
    const change = 'We **limit** the load now.';
    expect(packOf([shown({ change })], input).incidents[0]).not.toHaveProperty('change');
    expect(packOf([shown({ change }, '2026-11-22T09:00:00Z')], input).incidents[0]).toMatchObject({ change });
  });
});

describe('its documents', () => {
  const nasty = shown(
    {
      title: 'It [failed](javascript:x) <b>badly</b> #1',
      body: '# Big\n\nSee <script>alert(1)</script>.\n\n```\n# not a heading\n```\n\n![x](https://evil.example/p.png)',
      change: 'The *exact* times.',
    },
    '2026-11-22T09:00:00Z',
  );

  it('are Markdown whose headings stand in order, with titles as they are', () => {
    const text = packMarkdown(packOf([nasty], input));
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# Northwind: incidents of Checkout',
      '## It \\[failed\\]\\(javascript:x\\) \\<b\\>badly\\</b\\> \\#1',
      '### What changed',
      '### Big',
      '# not a heading',
    ]);
    expect(text).toContain('\n1 July 2026 to 30 November 2026\n');
    expect(text).toContain('- When: 19 November 2026, 13:35 to 14:33, Berlin time \\(58 minutes\\)');
    expect(text).toContain('- 1 incident on 1 day.\n- Resolved in 58 minutes.');
  });

  it('are HTML that stands alone: it loads nothing, links to nothing of ours and holds no markup of the text', () => {
    const html = packDocument(packOf([nasty], input));
    expect(html).toContain('<h2 dir="auto">It [failed](javascript:x) &lt;b&gt;badly&lt;/b&gt; #1</h2>');
    expect(html).toContain('<h3>What changed</h3>');
    expect(html).not.toMatch(/<script|<img|<link|src=|url\(/);
    expect(html).not.toContain('href="/');
    expectNothingForeign(html.replace(/<meta http-equiv="content-security-policy"[^>]*>/, ''));
  });

  it('say that nothing was published in an empty time', () => {
    const empty = packOf([], input);
    for (const text of [packMarkdown(empty), packDocument(empty)]) expect(text).toContain('No incident notice was published in this time.');
  });
});
