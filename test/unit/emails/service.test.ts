import { describe, expect, it } from 'vitest';
import type { HeldFacts } from '../../../core/connector/held-mail.ts';
import { renderService } from '../../../emails/render-service.ts';
import { serviceWords } from '../../../emails/service-words.ts';
import { faultsOf } from '../../support/html-faults.ts';
import { aMail, links } from '../../support/sample-mail.ts';
import { sampleFacts, serviceSamples } from '../../support/samples/service.ts';

const linksOf = (text: string) => [...new Set(text.match(/https:\/\/lessons\.example\.com\/[^\s"<]+/g))].toSorted();

describe.each(serviceSamples)('the mail "%s"', (_, edition, { kind, realm }) => {
  const { html, text, subject } = aMail(edition);
  const words = serviceWords(kind, sampleFacts(kind, realm));

  it('is valid HTML with one first heading', async () => {
    expect(await faultsOf(html)).toEqual([]);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('says the same in both parts and leads to the same pages', () => {
    const flat = text.replace(/\s+/g, ' ');
    const said = [words.heading, ...words.said, words.button, words.after, words.why];
    expect(said.filter((sentence) => !flat.includes(sentence))).toEqual([]);
    expect(said.filter((sentence) => !html.includes(sentence))).toEqual([]);
    expect(linksOf(text)).toEqual(linksOf(html));
    expect(linksOf(html)).toEqual([links.action, ...(words.offersChoices ? [links.preferences] : [])].toSorted());
  });

  it('keeps its links from being tracked, and has no way to unsubscribe from what nobody subscribes to', () => {
    const anchors = html.match(/<a [^>]*>/g) ?? [];
    expect(anchors.length).toBeGreaterThan(0);
    expect(anchors.filter((anchor) => !anchor.includes('ses:no-track'))).toEqual([]);
    expect(html + text).not.toContain(links.unsubscribe);
  });

  it('leaves nothing unfilled, wraps its text and fits its subject into a line', () => {
    expect(html + text + subject).not.toMatch(/undefined|null|NaN|\[object|%%|[\u0000-\u0008]/);
    expect(text.split('\n').filter((line) => line.length > 76 && !line.includes('https://'))).toEqual([]);
    expect(subject.length).toBeLessThanOrEqual(78);
  });
});

it('a name with markup in it is text', () => {
  const { html } = aMail(renderService('confirm', { organisation: '<b>North</b> {{wind}}', realm: 'staff', stream: '"><script>' }));
  expect(html).not.toMatch(/<b>North|<script|\{\{wind/);
});

it('calls what one signs in to by the brand’s name, where it has one', () => {
  const facts = { organisation: 'Northwind', realm: 'staff' } as const;
  const { subject, html } = aMail(renderService('sign-in', facts, { name: 'Northwind reviews' }));

  expect(subject).toBe('Sign in to Northwind reviews');
  expect(html).toContain('asked to sign in to Northwind reviews with');
  expect(aMail(renderService('sign-in', facts)).subject).toBe('Sign in to Northwind incident lessons');
});

it('tells an operator of each finding on one line, in groups, with what mends it, and of no more than thirty', () => {
  const finding = (n: number) => ({
    kind: 'k',
    area: 'services',
    urgency: 'later',
    what: `Team <${n}> has none`,
    why: 'w',
    remedy: 'Mend it: afterword x --add, or not.',
  });
  const drift = { at: '2026-11-30T08:00:00Z', findings: Array.from({ length: 40 }, (_, n) => finding(n)), more: 5, notLookedAt: [] };
  const { subject, html, text } = aMail(renderService('drift', { organisation: 'Northwind', realm: 'staff', drift }));

  expect(subject).toBe('Drift: 45 findings');
  expect(text).toContain(
    'Teams and services\n==================\n\n- Later · Team <0> has none: w. Mend it: afterword x --add, or not.\n\n- Later · Team <1>',
  );
  expect(html).toContain('Later · <strong>Team &lt;0&gt; has none</strong>: w. ');
  expect(html).toContain('afterword x <span style="white-space:nowrap">--add</span>, or not.');
  expect(text).toMatch(/Now: somebody is not told of what they\s+should\s+hear\./);
  expect([text.match(/Mend it/g)?.length, html.match(/Mend it/g)?.length]).toEqual([30, 30]);
  expect(text).toContain('15 more are on the page.');
  expect(aMail(renderService('drift', sampleFacts('drift', 'staff'))).subject).toBe('Drift: 9 findings, 5 urgent');
});

const heldMail = (held: HeldFacts['held'], more = 0, braked: HeldFacts['braked'] = []) =>
  aMail(renderService('held', { organisation: 'Northwind', realm: 'staff', held: { held, more, braked } }));
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

it('tells an operator of what is held, by reason, the latest first, and of no more than thirty reasons', () => {
  const held = Array.from({ length: 32 }, (_, n) => ({
    source: 'rootly',
    ref: `<r${n}>`,
    why: 'unmapped severity',
    severity: `Odd ${n}`,
    since: `${n + 1} November`,
  }));
  const { subject, html, text } = heldMail(held);

  expect(subject).toBe('Held: 32 incidents from incident tools');
  expect(oneLine(text)).toContain(
    "Since 32 November · rootly/<r31>: nobody mapped its severity “Odd 31”. Map it in the distribution file, or say it for this one: afterword held release 'rootly/<r31>' --severity SEVERITY",
  );
  expect(text.indexOf('<r31>')).toBeLessThan(text.indexOf('<r30>'));
  expect([html.match(/held release/g)?.length, text.includes('<r1>'), html.includes('<r')]).toEqual([30, false, false]);
  expect(text).toContain('2 more are in the list: afterword held list');
  expect(text).toContain('Nobody is told of them until');
});

it('puts what is held for the same reason into one line, so that it hides nothing else', () => {
  const one = { source: 'rootly', why: 'no text' };
  const odd = Array.from({ length: 60 }, (_, n) => ({
    source: 'rootly',
    ref: `r${n}`,
    why: 'unmapped severity',
    severity: 'SEV-ODD',
    since: `day ${n}`,
    urgent: true as const,
  }));
  const unread = { source: 'pagerduty', ref: 'unreadable-1', why: 'unreadable', detail: 'It is not JSON.', since: 'day 70' };
  const { subject, text } = heldMail([{ ...one, ref: 'early', since: 'day -1' }, ...odd, unread, { ...one, ref: 'late', since: 'day 90' }]);
  expect(subject).toBe('Held: 62 incidents from incident tools, and events that could not be read');
  const said = oneLine(text);
  expect(said).toContain('62 incidents are held, and events could not be read');
  expect(said).toMatch(
    /Urgent =+ - Since day 0 · 60 incidents, such as rootly\/r59: nobody mapped their severity “SEV-ODD”\. Map it in the distribution file, below connectors: rootly: severities, and run afterword apply FILE/,
  );
  expect(said).toMatch(
    /Rootly =+ - Since day -1 · 2 incidents: rootly\/late, rootly\/early: their documents are finished and have no text/,
  );
  expect(said).toMatch(/PagerDuty =+ - Since day 70 · pagerduty\/unreadable-1: PagerDuty posted what cannot be read\. It is not JSON\./);
  expect(said).not.toContain('more are in the list');
});

it('says of events alone that nothing is lost by them', () => {
  const unread = ['unreadable-1', 'unreadable-2'].map((ref) => ({ source: 'rootly', ref, why: 'unreadable', since: '24 November' }));
  const { subject, text } = heldMail(unread);
  expect(subject).toBe('Held: events of incident tools that could not be read');
  expect(oneLine(text)).toMatch(
    /Nothing is lost by it.* 2 days with such events: rootly\/unreadable-2, rootly\/unreadable-1: Rootly posted/,
  );
  expect(text).not.toContain('Nobody is told');
});

it('tells of what the directory was not let do, alone or beside incidents', () => {
  const braked = [
    {
      at: '24 November',
      what: 'The directory may suspend at most 20 people a day, and tried more. Whoever left beyond that gets mail until the directory suspends them.',
      remedy: 'If they really left, raise directory.leaversADay, then: afterword apply FILE',
    },
  ];
  const alone = heldMail([], 0, braked);
  expect(alone.subject).toBe('Held: what the directory tried');
  expect(oneLine(alone.text)).toContain(
    '24 November · Held back: the directory may suspend at most 20 people a day, and tried more. Whoever left beyond that gets mail until the directory suspends them. If they really left, raise directory.leaversADay, then: afterword apply FILE',
  );
  expect(oneLine(alone.text)).toMatch(/The directory was held back -+ None of it was done\. If you do nothing/i);
  expect(alone.text).not.toMatch(/Nobody is told|Titles are left out/);
  const beside = heldMail([{ source: 'rootly', ref: 'a', why: 'no text', since: '24 November' }], 0, braked);
  expect(beside.subject).toBe('Held: 1 incident from incident tools, and what the directory tried');
  expect(oneLine(beside.text)).toContain('1 incident is held, and the directory was held back');
});

it('says how many there are where not all of them are known one by one', () => {
  const held = [
    { source: 'rootly', why: 'no text', since: '24 November', ref: 'early', urgent: true as const },
    ...Array.from({ length: 1999 }, (_, n) => ({ source: 'rootly', why: 'no text', since: '24 November', ref: `r${n}` })),
  ];
  const { subject, text } = heldMail(held, 500);
  expect(subject).toBe('Held: 2500 incidents from incident tools');
  const said = oneLine(text);
  expect(said).toMatch(
    /Urgent =+ - Since 24 November · rootly\/early: .* Rootly =+ - Since 24 November · 1999 incidents, such as rootly\/r1998: /,
  );
  expect(said).toContain('500 more are in the list');
});

it('does not say that nobody is told of what people know already', () => {
  const of = (...whys: string[]) => {
    const held = whys.map((why) => ({ source: 'rootly', ref: why, why, since: '24 November' }));
    return oneLine(heldMail(held).text);
  };
  expect(of('not found')).toMatch(/People know it already\. What becomes of that is for you to say\. Each has/);
  expect(of('not found')).not.toContain('Nobody is told');
  expect(of('published elsewhere', 'no text', 'no text')).toContain(
    'Nobody is told of 2 of them until you say what is missing. One is known to people already.',
  );
});
