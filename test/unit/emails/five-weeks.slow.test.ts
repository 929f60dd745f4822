import { describe, expect, it } from 'vitest';
import { htmlBudget } from '../../../core/mail/assemble.ts';
import { hardIncident, manyIncidents, weeks } from '../../support/five-weeks.ts';
import { faultsOf } from '../../support/html-faults.ts';
import { readMail } from '../../support/mail-shape.ts';
import { aMail } from '../../support/sample-mail.ts';
import { aSentMail } from '../../support/sent-mail.ts';

describe.each(Object.entries(weeks))('the week %s', (_, { content, fragments }) => {
  const { html, text, subject } = aMail(fragments);

  it('is valid HTML in the budget', async () => {
    expect(await faultsOf(html)).toEqual([]);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(htmlBudget);
  });

  it('tells every title in both parts, and nothing unfilled', () => {
    const titles = content.sections.flatMap(({ cards }) => cards.map(({ title }) => title));
    const flat = text.replace(/\s+/g, ' ');
    expect(titles.filter((title) => !flat.includes(title) || !html.includes(title))).toEqual([]);
    expect(html + text + subject).not.toMatch(/undefined|null|NaN|\[object|%%/);
  });

  it('wraps its text at 76 columns, single words and addresses excepted', () => {
    expect(text.split('\n').filter((line) => line.length > 76 && line.trim().includes(' ') && !line.includes('https://'))).toEqual([]);
  });

  it('has a subject of one line', () => {
    expect(subject.length).toBeGreaterThan(5);
    expect(subject.length).toBeLessThanOrEqual(120);
  });
});

it('121 incidents are named and linked in the mail as it leaves, with addresses as long as they get; the gravest in full', async () => {
  const { html, text, addresses } = await readMail(aSentMail(weeks['of 121 incidents'].fragments));
  const flat = text.replace(/\s+/g, ' ');
  expect(manyIncidents.filter(({ title }) => !html.includes(title) || !flat.includes(title))).toEqual([]);
  expect(manyIncidents.filter(({ id }) => addresses.filter((href) => href.endsWith(`/${id}`)).length !== 1)).toEqual([]);
  expect(Buffer.byteLength(html)).toBeLessThanOrEqual(htmlBudget);
  for (const { title } of manyIncidents.slice(0, 3)) expect(html).toMatch(new RegExp(`<h2[^>]*>${title.replace(/[()]/g, '.')}</h2>`));
});

it('what stands in another script has its own direction, wherever it stands', () => {
  const { html } = aMail(weeks['of one hard incident'].fragments);
  const { title } = hardIncident;
  expect(html).toMatch(new RegExp(`<h2 dir="auto"[^>]*>${title}</h2>`));
  const inOtherScripts = html.match(/<[a-z][^>]*>[^<]*[\u0590-\u06ff][^<]*/g) ?? [];
  expect(inOtherScripts.length).toBeGreaterThan(4);
  expect(inOtherScripts.filter((element) => !element.includes('dir="auto"') && !element.includes(' · '))).toEqual([]);
});
