import { describe, expect, it } from 'vitest';
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

it('tells an operator of what is held, the latest first, each with its reason and one command, and of no more than thirty', () => {
  const held = Array.from({ length: 32 }, (_, n) => ({
    source: 'rootly',
    ref: `<r${n}>`,
    why: 'unmapped severity',
    severity: 'Odd',
    since: `${n + 1} November`,
  }));
  const { subject, html, text } = aMail(renderService('held', { organisation: 'Northwind', realm: 'staff', held: { held, more: 0 } }));

  expect(subject).toBe('Held: 32 incidents from incident tools');
  expect(text.replace(/\s+/g, ' ')).toContain(
    "Since 32 November · rootly/<r31>: nobody mapped its severity “Odd”. Map it in the distribution file, or say it for this one: afterword held release 'rootly/<r31>' --severity SEVERITY",
  );
  expect(text.indexOf('<r31>')).toBeLessThan(text.indexOf('<r30>'));
  expect([html.match(/held release/g)?.length, text.includes('<r1>'), html.includes('<r')]).toEqual([30, false, false]);
  expect(text).toContain('2 more are in the list: afterword held list');
  expect(text).toContain('Nobody is told of them until');
});

it('names the urgent ones first, and says how many there are where not all of them fit', () => {
  const one = { source: 'rootly', why: 'no text', since: '24 November' };
  const held = [{ ...one, ref: 'early', urgent: true as const }, ...Array.from({ length: 1999 }, (_, n) => ({ ...one, ref: `r${n}` }))];
  const { subject, text } = aMail(renderService('held', { organisation: 'Northwind', realm: 'staff', held: { held, more: 500 } }));
  expect(subject).toBe('Held: 2500 incidents from incident tools');
  const said = text.replace(/\s+/g, ' ');
  expect(said).toMatch(/Urgent =+ - Since 24 November · rootly\/early: .* Rootly =+ - Since 24 November · rootly\/r1998: /);
  expect([said.match(/rootly\/(r\d+|early):/g)?.length, said.includes('2470 more are in the list')]).toEqual([30, true]);
});

it('does not say that nobody is told of what people know already', () => {
  const of = (...whys: string[]) => {
    const held = whys.map((why) => ({ source: 'rootly', ref: why, why, since: '24 November' }));
    return aMail(renderService('held', { organisation: 'Northwind', realm: 'staff', held: { held, more: 0 } })).text.replace(/\s+/g, ' ');
  };
  expect(of('not found')).toMatch(/People know it already\. What becomes of that is for you to say\. Each has/);
  expect(of('not found')).not.toContain('Nobody is told');
  expect(of('published elsewhere', 'no text', 'no text')).toContain(
    'Nobody is told of 2 of them until you say what is missing. One is known to people already.',
  );
});
