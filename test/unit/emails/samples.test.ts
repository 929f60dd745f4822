import { describe, expect, it } from 'vitest';
import { yearOfPath } from '../../../core/content/year-content.ts';
import { honeypotPage } from '../../../core/feedback/page-views.ts';
import { assembleMail, htmlBudget, linkedIn } from '../../../core/mail/assemble.ts';
import { namedIn } from '../../../core/mail/fragments.ts';
import { severities } from '../../../core/postmortem/postmortem.ts';
import { faultsOf } from '../../support/html-faults.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { alertSample, digestSample, samples } from '../../support/samples/samples.ts';

const mails = Object.entries(samples).map(([name, edition]) => ({ name, edition, ...aMail(edition) }));
const linksOf = (text: string) => [...new Set(text.match(/https:\/\/lessons\.example\.com\/[^\s"<]+/g))].toSorted();

describe.each(mails)('the sample $name', ({ edition, html, text, subject }) => {
  it('is valid HTML', async () => {
    expect(await faultsOf(html)).toEqual([]);
  });

  it('stays in the budget', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(htmlBudget);
  });

  it('has the same links in both parts, but for the one that no person sees', () => {
    const trap = `${links.read}/${honeypotPage}`;
    expect(linksOf(text)).toEqual(linksOf(html).filter((link) => link !== trap));
    expect(html.split(`"${trap}"`)).toHaveLength(2);
    expect(html).toMatch(new RegExp(`<a [^>]*href="${trap}"[^>]*style="[^"]*display:none[^"]*"[^>]*></a>`));
  });

  it('is known by its signs to link to exactly the postmortems that it links to, whatever its reader left out', () => {
    const reader = { placeholders: { ...links, why: '', tracker: '' } };
    const leaving = [
      {},
      { least: severities[0] },
      { leaveOut: edition.blocks.flatMap((block) => ('topics' in block ? (block.topics ?? []) : [])) },
    ];
    for (const withheld of [new Set<string>(), ...namedIn(edition).map((id) => new Set([id]))])
      for (const wishes of leaving) {
        const mail = assembleMail(edition, { ...reader, withheld, wishes });
        if (typeof mail === 'string') continue;
        const pages = linksOf(mail.html + mail.text).flatMap((link) =>
          link.startsWith(`${links.read}/`) ? link.slice(links.read.length + 1) : [],
        );
        // Neither the honeypot nor the page of a year is a postmortem.
        const linked = pages.filter((page) => page !== honeypotPage && yearOfPath(page) === undefined);
        expect([...linkedIn(edition, { cards: mail.cards, withheld })].toSorted()).toEqual(linked);
      }
  });

  it('leaves nothing unfilled and nothing undefined', () => {
    expect(html + text + subject).not.toMatch(/undefined|null|NaN|\[object|%%|[\u0000-\u0008]/);
  });

  it('has one tracker, right after <body>', () => {
    expect(html).toMatch(/<body[^>]*>\{\{ses:openTracker\}\}/);
    expect(html.match(/\{\{/g)).toHaveLength(1);
  });

  it('keeps readers’ own links from being tracked', () => {
    const anchors = html.match(/<a [^>]*>/g) ?? [];
    const own = anchors.filter((anchor) => /\/(preferences|unsubscribe|view)\//.test(anchor));
    expect(own.length).toBeGreaterThan(1);
    expect(own.filter((anchor) => !anchor.includes('ses:no-track'))).toEqual([]);
  });

  it('is a document with a language, a title and one first heading', () => {
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr"/);
    expect(html).toMatch(/<title>[^<]+<\/title>/);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('skips no level of heading', () => {
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.filter((level, i) => level > (levels[i - 1] ?? 0) + 1)).toEqual([]);
  });

  it('marks every table as laid out, but those of data, whose columns have headings', () => {
    const ofData = html.split(/<table(?![^>]*role="presentation")[^>]*>/).slice(1);
    expect(ofData.filter((table) => !/^<thead><tr><th scope="col"/.test(table))).toEqual([]);
  });

  it('wraps its text at 76 columns, single words and addresses excepted', () => {
    expect(text.split('\n').filter((line) => line.length > 76 && line.trim().includes(' ') && !line.includes('https://'))).toEqual([]);
  });

  it('fits its subject into a line', () => {
    expect(edition.subject.length).toBeLessThanOrEqual(120);
  });
});

it('the digest tells every title, promise and figure in both parts', () => {
  const { html, text } = aMail(samples.digest);
  const cards = digestSample.sections.flatMap(({ cards }) => cards);
  const said = [
    ...cards.flatMap(({ title, parts, meta }) => [title, meta, ...parts.map((part) => part.text)]),
    ...(digestSample.promised?.actions ?? []).flatMap(({ title, age }) => [title, age]),
    ...digestSample.stats.map(({ label }) => label),
  ];
  expect(said.length).toBeGreaterThan(30);
  const flat = text.replace(/\s+/g, ' ');
  expect(said.filter((each) => !flat.includes(each))).toEqual([]);
  expect(said.filter((each) => !html.includes(each))).toEqual([]);
});

it('the alert tells everything in its text part', () => {
  const flat = aMail(samples.alert).text.replace(/\s+/g, ' ');
  const said = [
    alertSample.headline,
    alertSample.standing,
    ...alertSample.parts.map(({ text }) => text),
    ...alertSample.stats.map(({ value }) => value),
  ];
  expect(said.filter((each) => !flat.includes(each))).toEqual([]);
});

it('offers to unsubscribe unless the mail is mandatory, and then says why not', () => {
  const [locked, open] = [aMail(samples.alert), aMail(samples['optional-alert'])];
  for (const part of ['html', 'text'] as const) {
    expect(open[part]).toContain(links.unsubscribe);
    expect(locked[part]).not.toContain(links.unsubscribe);
    expect(locked[part]).toContain('cannot unsubscribe');
  }
});
