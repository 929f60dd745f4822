import { expect, it } from 'vitest';
import { asPublished } from '../../../core/authoring/as-published.ts';
import { lineOf, lineOfField, remarksOn, withoutLines } from '../../../core/authoring/remarks.ts';
import { givenBy } from '../../../core/intake/given-by.ts';
import { gapsIn } from '../../../core/postmortem/reading/account.ts';
import { readMarkdown } from '../../../core/postmortem/reading/read-markdown.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-26T12:00:00Z');
const text = `---
severity: sev2
services: [sessions, login]
started: 2026-11-24 10:04
---
# A Redis failover logged everyone out

## Odds and ends

Everyone who was logged in.

## Action items

- [ ] Promotion refuses a late replica (Identity, 2026-12-11)
- [ ] Alarm on replication lag
`;

it('tells an author what was recognised, what is not sure with its line, and what would help whom', () => {
  const read = readMarkdown(text, givenBy(aDistribution(), now));

  const remarks = remarksOn({ ...read, status: read.postmortem.status }, gapsIn(read.postmortem), text, { now, zone: 'Europe/Berlin' });

  expect(remarks).toEqual([
    {
      kind: 'recognised',
      what: 'Severity and services',
      said: ['sev2 · sessions, login', 'From the field "severity" and the field "services".'],
    },
    {
      kind: 'recognised',
      what: 'Start',
      said: [expect.stringContaining('start Tuesday 24 November at 10:04, Berlin time'), 'From the field "started".'],
    },
    { kind: 'recognised', what: 'Title', said: ['A Redis failover logged everyone out'] },
    expect.objectContaining({ what: 'Actions' }),
    expect.objectContaining({ what: 'Sections' }),
    {
      kind: 'not sure',
      what: 'No summary and no cause was found.',
      said: [expect.stringMatching(/^These headings were kept as text: "Odds and ends"/)],
      line: 8,
    },
    expect.objectContaining({
      kind: 'would help',
      what: 'Summary',
      said: [expect.any(String), 'It matters to Engineering and Leadership.'],
    }),
    expect.objectContaining({ kind: 'would help', what: 'Cause' }),
    expect.objectContaining({ kind: 'would help', what: 'The owner of 1 of 2 actions' }),
    expect.objectContaining({ kind: 'would help', what: 'The due day of 1 of 2 actions' }),
    expect.objectContaining({ kind: 'would help', what: 'End' }),
    expect.objectContaining({ kind: 'would help', what: 'Impact' }),
    expect.objectContaining({ kind: 'would help', what: 'Timeline', said: [expect.any(String), 'It matters to Engineering.'] }),
  ]);
});

it.each([
  ['"pool" was read as a service', undefined],
  ['"The pool…" was kept', 3],
  ['Nothing is quoted', undefined],
  ['"gone" was kept', undefined],
])('gives the line of %j where its words stand on one alone: %s', (warning, line) => {
  expect(lineOf(warning, 'a pool\r\n\r\n## The pool ran dry\n')).toBe(line);
});

it.each([
  ['severity', 2],
  ['Status', 3],
  ['start', undefined],
  ['end', 6],
  ['gone', undefined],
])('gives the line of the field %j where one line gives it a value: %s', (field, line) => {
  const draft = '---\nseverity: huge\n**Status:** Done\nstart: 10:00\nstart: 11:00\n  "end": "never",\nthe severity is: huge\n';
  expect(lineOfField(field, draft)).toBe(line);
  expect(withoutLines(draft, [2]).split('\n').slice(1, 3)).toEqual(['', '**Status:** Done']);
});

it.each([
  ['---\nstatus: draft\n---\n# A', '---\nstatus: published\n---\n# A'],
  ['---\r\nStatus: "Draft" # not yet\r\n---', '---\r\nStatus: "published" # not yet\r\n---'],
  ['# A\n\n**Status:** Draft\n', '# A\n\n**Status:** published\n'],
  ['{\n  "status": "draft",\n  "title": "A"\n}', '{\n  "status": "published",\n  "title": "A"\n}'],
  ['# A draft of the status: draft pick', undefined],
  ['status: draft\nstatus: draft', undefined],
  ['# [DRAFT] A', undefined],
])('publishes %j by changing its one line', (draft, published) => {
  expect(asPublished(draft)).toBe(published);
});
