import { describe, expect, it } from 'vitest';
import { assembleMail, htmlBudget } from '../../../core/mail/assemble.ts';
import { toldNoticeContent } from '../../../core/notice/notice-mail.ts';
import { renderNotice } from '../../../emails/render-notice.ts';
import { renderService } from '../../../emails/render-service.ts';
import { faultsOf } from '../../support/html-faults.ts';
import { links } from '../../support/sample-mail.ts';
import { noticeInputs, noticeSamples } from '../../support/samples/notices.ts';

const incidents = 'https://lessons.example.com/customers/incidents';
const placeholders = { ...links, incidents, why: 'You get notices about Checkout because you asked for them on 3 May.', tracker: '' };

function aMail(edition: ReturnType<typeof renderNotice>) {
  const mail = assembleMail(edition, { placeholders, withheld: new Set() });
  if (typeof mail === 'string') throw new Error('nothing was made');
  return mail;
}

const linksOf = (text: string) => [...new Set(text.match(/(?:https:\/\/|mailto:)[^\s"<)>,]+[^\s"<)>,.]/g))].toSorted();
const mails = Object.entries(noticeSamples).map(([name, content]) => ({ name, content, ...aMail(renderNotice(content)) }));

describe.each(mails)('the sample $name', ({ html, text, subject }) => {
  it('is a valid document with one first heading, and no level of heading is skipped', async () => {
    expect(await faultsOf(html)).toEqual([]);
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
  });

  it('has the same links in both parts, and none that opens the mail in a browser or a postmortem', () => {
    expect(linksOf(html).filter((link) => !link.startsWith('mailto:'))).toEqual(linksOf(text));
    expect(html + text).not.toMatch(/\/(read|view)\//);
  });

  it('says nothing of what staff read', () => {
    expect(html + text + subject).not.toMatch(/lessons(?!\.example)|postmortem|sev-?\d(?!["\s,{])|undefined|null|%%|[\u0000-\u0008]/i);
  });

  it('wraps its text at 76 columns, single words and addresses excepted', () => {
    expect(text.split('\n').filter((line) => line.length > 76 && line.trim().includes(' ') && !line.includes('https://'))).toEqual([]);
  });
});

it('tells what changed first, then the whole text, in both parts', () => {
  const { html, text, subject } = aMail(renderNotice(noticeSamples['notice, updated']));
  const flat = text.replace(/\s+/g, ' ');

  expect(subject).toBe('Re: Checkout was unavailable on 19 November');
  for (const part of [html.replace(/\s+/g, ' '), flat])
    expect(part).toMatch(/What changed.*The exact times.*nobody was charged twice.*within a minute\. We are sorry for the trouble/);
  expect(text).toContain(`Read it on the page:\n${incidents}/k7p3wq9xzt\n`);
});

it('says nothing of what changed in the first mail, whatever its author wrote', () => {
  const input = noticeInputs['notice, updated'];
  const { html, subject } = aMail(renderNotice(toldNoticeContent({ ...input, isUpdate: false })));

  expect(html).not.toContain('What changed');
  expect(subject).toBe('Checkout was unavailable on 19 November');
});

it('keeps lists, tables, code and addresses of links in its text part', () => {
  const { text } = aMail(renderNotice(noticeSamples['notice while it lasts']));

  for (const said of [
    '2. If that fails:\n   - use another card, or\n   - pay by invoice (how (https://example.com/help/invoice)).',
    '> We will not charge you twice.',
    'Region | Share of payments\nEurope | 4 %',
    '    {"error": "card_declined", "retry": true}',
    '- ☑ The cause is known',
    'Write to help@example.com, or see https://example.com/status.',
  ])
    expect(text).toContain(said);
});

it('loads nothing and links nothing but web pages and mailboxes', () => {
  const body = '![x](https://example.com/pixel.gif) [a](javascript:alert(1)) <img src=x onerror=alert(1)> [b](data:text/html,x)';
  const content = { ...noticeInputs['notice to customers'].content, body };
  const { html } = aMail(renderNotice(toldNoticeContent({ ...noticeInputs['notice to customers'], content })));

  expect(html).not.toMatch(/<img|href="(?!https:|mailto:)/);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
});

it('says of a withdrawn notice when it was published, where its page is, and nothing of what it said', () => {
  const { html, text, subject } = aMail(renderNotice(noticeSamples['notice withdrawn']));

  expect(subject).toBe('A notice was withdrawn');
  expect(text.replace(/\s+/g, ' ')).toContain('A notice that we published on 17 November 2026 at 17:02, Berlin time, was withdrawn.');
  for (const part of [html, text]) expect(part).toContain('/customers/incidents/k7p3wq9xzt');
  expect(html + text).not.toContain('unavailable');
});

it('has no word of severities, not even in its stylesheet', () => {
  const mails = [
    ...Object.values(noticeSamples).map(renderNotice),
    renderService('confirm', { organisation: 'Northwind', realm: 'customers' }),
  ];
  for (const fragments of mails) expect(aMail(fragments).html).not.toMatch(/sev\d|unclassified/);
  expect(aMail(renderService('confirm', { organisation: 'Northwind', realm: 'staff' })).html).toContain('.sev1');
});

it('is for readers of its products, and of those that an earlier version was about', () => {
  const [card] = renderNotice(noticeSamples['notice, updated']).blocks;

  expect(card).toMatchObject({ postmortem: 'k7p3wq9xzt', topics: ['product:checkout', 'product:exports'] });
  expect(renderNotice(noticeSamples['notice, updated']).topicNames).toEqual({
    'product:checkout': 'Checkout',
    'product:exports': 'Exports',
  });
});

it('is for everybody if one of its products has a name that nobody can choose', () => {
  const content = { ...noticeInputs['notice to customers'].content, products: ['Checkout', 'x'.repeat(90)] };
  const [card] = renderNotice(toldNoticeContent({ ...noticeInputs['notice to customers'], content })).blocks;

  expect(card).not.toHaveProperty('topics');
});

it('leads to the page if it is too long for a mail', () => {
  const content = { ...noticeInputs['notice to customers'].content, body: '- a\n'.repeat(900) };
  const { html, text } = aMail(renderNotice(toldNoticeContent({ ...noticeInputs['notice to customers'], content })));

  expect(Buffer.byteLength(html)).toBeLessThan(htmlBudget);
  for (const part of [html, text]) expect(part).toMatch(/too long for a mail[\s\S]*k7p3wq9xzt/);
});

it('calls footnotes by their numbers, whatever their author called them', () => {
  const content = { ...noticeInputs['notice, updated'].content, body: 'Slow.[^harrow-pike]\n\n[^harrow-pike]: In the night.' };
  const { html, text } = aMail(renderNotice(toldNoticeContent({ ...noticeInputs['notice, updated'], content })));

  expect(html).toContain('<sup>1</sup>');
  expect(text).toContain('Slow.[1]');
  expect(text).toContain('[1] In the night.');
  expect(html + text).not.toContain('harrow');
});
