import { describe, expect, it } from 'vitest';
import { digestContent } from '../../../core/content/digest-content.ts';
import { assembleMail, htmlBudget } from '../../../core/mail/assemble.ts';
import { EditionFragments } from '../../../core/mail/fragments.ts';
import { buildMime } from '../../../core/mail/mime.ts';
import { quotedPrintable } from '../../../core/mail/quoted-printable.ts';
import { renderAlert, renderDigest } from '../../../emails/render-edition.ts';
import { aRendition } from '../../support/rendition.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { alertSample, digestInput, digestSample, openActions, samples } from '../../support/samples/samples.ts';

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '{{ses:openTracker}}',
  '{{amazonSESUnsubscribeUrl}}',
  '\u0002unsubscribe\u0003',
  'abc\u202egnp.exe',
  '%%content%%',
  '$& $1',
];
const everywhere = (text: string) =>
  renderDigest({
    ...digestSample,
    organisation: text,
    headline: text,
    sections: digestSample.sections.map((section) => ({
      ...section,
      cards: section.cards.map((card) => ({
        ...card,
        title: text,
        meta: text,
        parts: [{ label: text, text }],
        line: { text, meta: text },
      })),
    })),
  });

describe.each(hostile)('a stranger’s %j', (text) => {
  const edition = everywhere(text);
  const mail = aMail(edition);
  const inLines = aMail({
    ...edition,
    blocks: edition.blocks.map((block) => (block.kind === 'card' ? { ...block, usual: 'line' as const } : block)),
  });

  it.each([
    ['cards', mail],
    ['lines', inLines],
  ])('stays text in %s', (_, { html, text: plain }) => {
    expect(html).not.toMatch(/<script|<img|\u202e/);
    expect(html.match(/\{\{/g)).toHaveLength(1);
    expect(plain).not.toContain('{{');
    expect(html.split(links.unsubscribe)).toHaveLength(2);
    expect(plain.split(links.unsubscribe)).toHaveLength(2);
    expect(html).toMatch(/<\/html>$/);
  });
});

describe('a withheld postmortem', () => {
  const withheld = (...ids: string[]) =>
    assembleMail(samples.digest, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(ids) });

  it.each(['retries-and-a-slow-database', 'redis-failover', 'login-certificate'])('is named nowhere: %s', (id) => {
    const title = digestSample.sections.flatMap(({ cards }) => cards).find(({ postmortem }) => postmortem === id)?.title ?? '';
    const mail = withheld(id);
    expect(title).not.toBe('');
    expect(JSON.stringify(mail)).not.toContain(title);
    expect(JSON.stringify(mail)).not.toContain(id);
  });

  it.each(['retries-and-a-slow-database', 'login-certificate'])('is in no count, figure or bar: %s', (id) => {
    const whole = JSON.stringify(withheld());
    const without = JSON.stringify(withheld(id));
    for (const figure of ['last eight weeks', 'bar-sev1\\"', 'in a usual week', 'Five incidents']) {
      expect(whole).toContain(figure);
      expect(without).not.toContain(figure);
    }
  });

  it('among the promises takes the list away, and the number that counted it', () => {
    const { text } = withheld(openActions[0]?.postmortem.id ?? '') as { text: string };

    expect(text).toContain('Actions are still open. This mail does not list them.');
    expect(text).not.toMatch(/actions are open|The oldest/);
  });

  it('takes what was kept with it, and its count', () => {
    const whole = withheld();
    const without = withheld('cron-without-owner');
    for (const said of ['One owner for each cron job', 'kept this week']) {
      expect(JSON.stringify(whole)).toContain(said);
      expect(JSON.stringify(without)).not.toContain(said);
    }
  });

  it('leaves no sheet about promises where all it told was kept', () => {
    const edition = renderDigest(digestContent({ ...digestInput, openActions: [] }));
    const mail = assembleMail(edition, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(['cron-without-owner']) });
    expect(JSON.stringify(edition)).toContain('Promised and kept');
    expect(JSON.stringify(mail)).not.toMatch(/Promised and kept|is closed/);
  });

  it('leaves nothing of an alert', () => {
    const reader = { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set([alertSample.postmortem]) };
    expect(assembleMail(renderAlert(alertSample), reader)).toBe('withheld');
  });
});

describe('the chart', () => {
  const { html, text } = aMail(samples.digest);
  const chart = /<div role="img".*?<\/div>/s.exec(html)?.[0] ?? '';

  it('tells its numbers to who does not see it, and in the text part', () => {
    expect(chart).toContain(`aria-label="${digestSample.chart?.told}"`);
    expect(text.replace(/\s+/g, ' ')).toContain(digestSample.chart?.told);
  });

  it('shows with images off and without a stylesheet: cells with a height and a colour', () => {
    expect(chart.match(/<td [^>]*bgcolor="#[0-9a-f]{6}"[^>]* height="\d+"/g)).toHaveLength(16);
    expect(chart).not.toMatch(/<img|<svg|url\(/);
  });

  it('is small', () => {
    expect(chart.length).toBeLessThan(8 * 1024);
  });
});

it('a title in another script turns its own heading, and no other', () => {
  const { html } = aMail(samples['rough-week']);
  const headings = html.match(/<h[12][^>]*>(?=[^<]*[\u0590-\u05ff])/g) ?? [];
  expect(headings).toHaveLength(1);
  expect(headings.filter((heading) => !heading.includes('dir="auto"'))).toEqual([]);
});

describe('121 postmortems in a week', () => {
  const fresh = Array.from({ length: 121 }, (_, i) =>
    aRendition({ id: `pm-${i}`, title: `Incident number ${i}`, summary: 'It broke, and it took long. '.repeat(20) }),
  );
  const mail = aMail(renderDigest(digestContent({ ...digestInput, fresh })));

  it('stay in the budget, are all in the text, and those cut are in the archive', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(htmlBudget);
    expect(fresh.filter(({ title }) => !new RegExp(`${title}$`, 'm').test(mail.text))).toEqual([]);
    expect(mail.html.split('so that no mail program cuts this mail off')).toHaveLength(2);
    expect(mail.html).toContain(`href="${links.read}"`);
  });
});

it('is what a stored edition is parsed as', () => {
  for (const edition of Object.values(samples)) expect(EditionFragments.parse(JSON.parse(JSON.stringify(edition)))).toEqual(edition);
});

it('can be framed as a mail', () => {
  for (const edition of Object.values(samples)) {
    const { subject, html, text } = aMail(edition);
    const mail = {
      from: { name: 'Lessons', address: 'lessons@example.com' },
      to: 'ana@example.com',
      subject,
      headers: [],
      encoded: { html: [quotedPrintable(html)], text: [quotedPrintable(text)] },
      boundary: 'b',
    };
    expect(() => buildMime(mail)).not.toThrow();
  }
});
