import { expect, it } from 'vitest';
import { fromMarkdown, refusal } from '../../../support/reading.ts';

const read = (toml: string, body = 'It broke.\n') => fromMarkdown(`+++\n${toml}\n+++\n\n${body}`);

it('is read, with every value as text', () => {
  const { postmortem, warnings } = read(
    'title = "Docs host outage"\nstartedAt = 2026-09-17T01:38:00+02:00 # in the night\nauthors = ["Asha Vale"]\nseverity = "major"\ncustomers_affected = 1_200\nid = 17',
  );
  expect(postmortem).toMatchObject({
    id: '17',
    title: 'Docs host outage',
    startedAt: '2026-09-16T23:38:00Z',
    authors: ['Asha Vale'],
    severity: 'sev2',
    customerImpact: { customersAffected: 1200 },
    summary: 'It broke.',
  });
  expect(warnings).toEqual([]);
});

it('is opened where a site generator puts fields of its own', () => {
  const { postmortem } = read('title = "Docs"\n[taxonomies]\ntags = ["disk"]\n[extra]\nseverity = "sev1"\nservices = ["docs"]');
  expect(postmortem).toMatchObject({ title: 'Docs', severity: 'sev1', services: ['docs'], tags: ['disk'] });
});

it.each(['restricted = true', '[extra]\nvisibility = "private"', '# strictly confidential\na = 1'])('restricts: %s', (toml) => {
  expect(read(`title = "a"\n${toml}`).postmortem.restricted).toBe(true);
});

it('may follow blank lines and comments', () => {
  expect(fromMarkdown('\n<!-- a -->\n+++\ntitle = "Docs"\n+++\nText').postmortem.title).toBe('Docs');
});

it.each([
  ['a value without quotes', 'title = Docs outage', { line: 2, remedy: 'Correct that line. A text needs quotation marks.' }],
  ['a name twice', 'title = "a"\ntitle = "b"', { line: 3 }],
  ['a prototype', '[__proto__]\nrestricted = false', { problem: expect.stringContaining('__proto__') }],
  ['nested lists', `a = ${'['.repeat(30_000)}`, { problem: expect.stringContaining('nest') }],
  ['a name with dots', `${'a.'.repeat(30_000)}b = 1`, { problem: expect.stringContaining('nested too deep') }],
  ['tables in tables', Array.from({ length: 300 }, (_, i) => `[${Array.from({ length: i + 1 }, () => 'a').join('.')}]`).join('\n'), {}],
  ['too much', `a = "${'x'.repeat(70_000)}"`, { problem: expect.stringContaining('64 KB') }],
])('is refused: %s', (_, toml, flaw) => {
  const { kind, flaws } = refusal(() => read(toml));
  expect(kind).toBe('unreadable');
  expect(flaws).toEqual([expect.objectContaining(flaw)]);
});

it('is refused where it is not closed', () => {
  expect(refusal(() => fromMarkdown('+++\ntitle = "a"\n\nText')).flaws).toMatchObject([
    { line: 1, remedy: 'Put a line of three plus signs after it.' },
  ]);
});
