import { expect, it } from 'vitest';
import { internalBanner } from '../../../core/content/impact-content.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import { type EditionFragments, namedIn } from '../../../core/mail/fragments.ts';
import { renderImpact, renderImpactWeek } from '../../../emails/render-impact.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { impactSamples, impactWeekSamples } from '../../support/samples/impact.ts';
import { checkout, sessions } from '../../support/samples/postmortems.ts';

const without = (edition: EditionFragments, ...withheld: string[]) =>
  assembleMail(edition, { placeholders: { ...links, why: 'Because.', tracker: '' }, withheld: new Set(withheld) });

const mails = [
  ...Object.entries(impactSamples).map(([name, content]) => ({ name, mail: aMail(renderImpact(content)) })),
  ...Object.entries(impactWeekSamples).map(([name, content]) => ({ name, mail: aMail(renderImpactWeek(content)) })),
];

it.each(mails)('$name has its warning before any other word', ({ mail: { html, text } }) => {
  const words = html
    .slice(html.indexOf('<body'))
    .replace(/<[^>]+>/g, ' ')
    .replace('{{ses:openTracker}}', '')
    .trim();

  expect(words.startsWith(internalBanner)).toBe(true);
  expect(text.startsWith(`*** ${internalBanner}`)).toBe(true);
  expect(html.split(internalBanner)).toHaveLength(3);
});

it('tells everything in both parts', () => {
  const { html, text } = aMail(renderImpact(impactSamples['impact at once']));
  const { headline, parts } = impactSamples['impact at once'];
  const flat = text.replace(/\s+/g, ' ');
  const said = [headline, ...parts.flatMap(({ label, texts }) => [label, ...texts])];

  expect(said.length).toBeGreaterThan(15);
  expect(said.filter((one) => !flat.includes(one))).toEqual([]);
  expect(said.filter((one) => !html.includes(one))).toEqual([]);
  expect(text).toContain('  - Retries are switched off');
});

it('leaves nothing of a mail whose postmortem is withheld', () => {
  expect(without(renderImpact(impactSamples['impact update']), checkout.id)).toBe('withheld');
  expect(without(renderImpact(impactSamples['impact not felt']), checkout.id)).toBe('withheld');
});

it('links no page of an incident that these readers have no account of', () => {
  expect(aMail(renderImpact(impactSamples['impact not felt'])).html).not.toContain(`${links.read}/${checkout.id}`);
});

it('names nothing in a mail that takes an account back, but what tells of it now', () => {
  expect(namedIn(renderImpact(impactSamples['impact withdrawn']))).toEqual([]);

  const merged = renderImpact(impactSamples['impact merged']);
  expect(namedIn(merged)).toEqual([sessions.id]);
  expect(without(merged)).toMatchObject({ html: expect.stringContaining(sessions.title) });
  const hidden = without(merged, sessions.id);
  expect(hidden).toMatchObject({ html: expect.not.stringContaining('Redis'), text: expect.not.stringContaining('Redis') });
});

it('keeps its warning and loses its figures once an incident of the week is withheld', () => {
  const left = without(renderImpactWeek(impactWeekSamples['impact of a week']), checkout.id);

  expect(left).toMatchObject({
    subject: 'Customer impact, 16–22 November 2026',
    html: expect.not.stringContaining('120,000'),
    text: expect.stringMatching(/^\*\*\* Internal: do not forward\./),
  });
});

it('links no page of an incident that customers did not feel after all, in full or in a line', () => {
  const edition = renderImpactWeek(impactWeekSamples['impact of a corrected week']);
  const cards = edition.blocks.filter((block) => block.kind === 'card');

  const linked = cards.map(({ postmortem, card, line }) =>
    [card, line].flatMap(({ html, text }) => [html, text]).map((said) => said.includes(`\u0002read\u0003/${postmortem}`)),
  );
  expect(linked).toEqual([
    [false, false, false, false],
    [true, true, true, true],
  ]);
  expect(cards[0]?.card.html).toContain('Sev-2');
});
