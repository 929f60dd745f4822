import { describe, expect, it } from 'vitest';
import { briefContent } from '../../../core/content/brief-content.ts';
import { assembleMail, htmlBudget } from '../../../core/mail/assemble.ts';
import { namedIn } from '../../../core/mail/fragments.ts';
import { renderBrief } from '../../../emails/render-brief.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { briefInput, briefSample, manyIncidents } from '../../support/samples/briefs.ts';
import { samples } from '../../support/samples/samples.ts';

const without = (ids: readonly string[], brief = samples.brief) =>
  JSON.stringify(assembleMail(brief, { placeholders: { ...links, why: '', tracker: '' }, withheld: new Set(ids) }));
const figures = [
  'Until mitigated',
  'down from',
  'last seven months',
  'class=\\"bar-sev1',
  'kept on time',
  'Not listed below',
  'by the month they were made',
];

it('tells every incident, promise, figure and number in both parts', () => {
  const { html, text } = aMail(samples.brief);
  const said = [
    briefSample.headline,
    briefSample.notice ?? '',
    briefSample.chart?.told ?? '',
    ...briefSample.sections.flatMap(({ heading, cards }) => [
      heading ?? '',
      ...cards.flatMap(({ title, meta, parts }) => [title, meta, ...parts.map((part) => part.text)]),
    ]),
    ...briefSample.stats.map(({ label }) => label),
    ...(briefSample.overdue?.actions ?? []).flatMap(({ title, age }) => [title, age]),
    ...(briefSample.promises?.rows ?? []).map(({ month }) => month),
    ...(briefSample.figures?.rows ?? []).flatMap(({ cells }) => (cells.length === 0 ? ['no data'] : cells.map(({ value }) => value))),
    ...[...briefSample.asks, ...(briefSample.awaited ? [briefSample.awaited] : [])].flatMap(({ heading, intro, rows }) => [
      heading,
      intro,
      ...rows.flatMap(({ title, meta, age }) => [title, ...meta, age]),
    ]),
  ];
  expect(said.length).toBeGreaterThan(30);
  const flat = text.replace(/\s+/g, ' ');
  expect(said.filter((each) => !flat.includes(each))).toEqual([]);
  expect(said.filter((each) => !html.includes(each))).toEqual([]);
  expect(text).toMatch(/^ {2}Sep {6}22 {4}13 {9}0 {5}9 {8}0$/m);
});

const toldIn = (mail: string, said: readonly string[]) => said.filter((each) => mail.includes(each));

describe('a withheld postmortem', () => {
  it('is named nowhere, and no figure counts it', () => {
    const [gravest] = briefSample.sections[0]?.cards ?? [];
    const all = [gravest?.title ?? '', ...figures];
    expect(toldIn(without([]), all)).toEqual(all);
    expect(toldIn(without([gravest?.postmortem ?? '']), all)).toEqual([]);
    expect(toldIn(without([gravest?.postmortem ?? '']), ['Leadership brief of November 2026.'])).toHaveLength(1);
  });

  it.each([
    ['is only counted among the less severe', 'of-2026-11-3'],
    ['had a promise that fell due', 'of-2026-09-0'],
    ['has a promise that is named as overdue', 'stale-reads'],
  ])('takes the figures along where it %s', (_, id) => {
    expect(namedIn(samples.brief)).toContain(id);
    expect(toldIn(without([id]), figures)).toEqual([]);
  });

  it('takes the list of overdue actions along, and its count', () => {
    const overdue = ['Alarm on replication lag', 'overdue, longest overdue first'];
    expect(toldIn(without([]), overdue)).toEqual(overdue);
    expect(toldIn(without(['stale-reads']), overdue)).toEqual([]);
  });

  it('leaves the brief worth sending though nothing grave is left in it', () => {
    const brief = renderBrief(briefContent({ ...briefInput, grave: briefInput.grave.slice(0, 1) }));
    const mail = without([briefInput.grave[0]?.id ?? ''], brief);
    expect(toldIn(mail, ['Alarm on replication lag', 'Sev-1 and Sev-2'])).toEqual(['Alarm on replication lag']);
  });
});

describe('121 Sev-1s in a month', () => {
  const mail = aMail(renderBrief(briefContent({ ...briefInput, grave: manyIncidents(121, 'sev1') })));

  it('stay in the budget and are all told, in brief at the end', () => {
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(htmlBudget);
    const missing = Array.from({ length: 121 }, (_, i) => `checkout (${i + 1})`).filter(
      (title) => !mail.text.replace(/\s+/g, ' ').includes(title),
    );
    expect(missing).toEqual([]);
    expect(mail.html).toContain('so that no mail program cuts this mail off');
    expect(mail.html).toContain('Promises by the month they were made');
  });
});

describe('what leadership is asked', () => {
  const [waiting, asked, decided, lost] = briefSample.asks;

  it('comes before the incidents, as do incidents without a postmortem', () => {
    const { text } = aMail(samples.brief);
    const order = [waiting, asked, decided, lost]
      .map((list) => list?.heading ?? '')
      .concat(['Without a postmortem', 'Sev-1 and Sev-2', 'Promises by the month']);
    const places = order.map((heading) => text.indexOf(`\n${heading}`));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThan(0);
  });

  const decide = 'https://lessons.example.com/decisions/v1.k1.cGF5bG9hZA.bWFj';
  const linkTo = (id: string, list: string) => `<a ses:no-track="" href="${list}/${id}"`;

  it('leads a reviewer to where they decide, past SES, and everybody else to the postmortem', () => {
    const reviewer = assembleMail(samples.brief, { placeholders: { ...links, decide, why: '', tracker: '' }, withheld: new Set() });
    const [first] = asked?.rows ?? [];
    const id = first?.postmortem ?? '';
    expect(JSON.stringify(reviewer)).toContain(JSON.stringify(linkTo(id, decide)).slice(1, -1));
    expect(aMail(samples.brief).html).toContain(linkTo(id, links.read));
    expect(aMail(samples.brief).html).not.toContain('/decisions/');
  });

  it('links an incident without a postmortem to nothing, and loses every word of one that is withheld', () => {
    const [first] = briefSample.awaited?.rows ?? [];
    expect(aMail(samples.brief).html).not.toContain(`/${first?.postmortem}"`);
    expect(toldIn(without([first?.postmortem ?? '']), [first?.postmortem ?? '', 'Without a postmortem'])).toEqual([]);
    expect(toldIn(without([]), [first?.postmortem ?? '', 'Without a postmortem'])).toHaveLength(2);
  });

  it.each([
    ['waits for review', waiting],
    ['has a decision asked', asked],
    ['has a decision that led to something', decided],
    ['lost a decision', lost],
  ])('loses every word of a withheld postmortem that %s, and every number that counts it', (_, list) => {
    const [row] = list?.rows ?? [];
    // The titles of the others stand on the cards of their incidents as well.
    const words = [row?.title ?? '', list?.intro ?? ''];
    expect(words.length).toBeGreaterThan(1);
    expect(toldIn(without([]), words)).toEqual(words);
    expect(toldIn(without([row?.postmortem ?? '']), words)).toEqual([]);
  });

  it('says that there are others, and where, but nothing where there is no other', () => {
    const [row] = waiting?.rows ?? [];
    expect(without([row?.postmortem ?? ''])).toContain('Postmortems wait for review. This mail does not list them.');
    const alone = renderBrief(
      briefContent({ ...briefInput, leadership: { reviews: briefInput.leadership.reviews.slice(0, 1), awaited: [], actions: [] } }),
    );
    expect(without([], alone)).toContain('Waiting for review');
    expect(without([briefInput.leadership.reviews[0]?.postmortem ?? ''], alone)).not.toMatch(/Waiting for review|wait for review/);
  });
});
