import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../support/reading.ts';

const read = (frontMatter: string) => fromMarkdown(`---\ntitle: Disk full\n${frontMatter}\n---\nIt broke.\n`).postmortem;

it.each(['restrictd: true', 'Restriced: yes', 'restricted_: true'])(
  'is not told to everybody because of a slip of the finger: %s',
  (line) => {
    const taken = () => read(line);
    if (line.startsWith('restricted_')) expect(taken().restricted).toBe(true);
    else expect(taken).toThrow(/is "restricted" meant/);
  },
);

it('takes a word that only resembles it for what it is', () => {
  expect(read('restarted: twice').restricted).toBe(false);
});

describe('front matter found in the wild', () => {
  it('has names of its own for most fields', () => {
    const wild = [
      'uuid: 7d0c1a52-0000-4000-8000-00000000000a',
      'start_time: 2026-10-05T09:14:00-07:00',
      'end_time: 2026-10-05 19:00 +0200',
      'source_published_at: 2026-10-06',
      'keywords: [disk, quota]',
      'categories: hardware, time',
      'company: Example Freight, Inc.',
      'product: Tracking',
      'url: https://example.com/disk',
      'description: The disk was full.',
    ];
    expect(read(wild.join('\n'))).toMatchObject({
      id: '7d0c1a52-0000-4000-8000-00000000000a',
      startedAt: '2026-10-05T16:14:00Z',
      resolvedAt: '2026-10-05T17:00:00Z',
      publishedAt: '2026-10-06T00:00:00Z',
      tags: ['disk', 'quota', 'hardware', 'time', 'Example Freight, Inc.'],
      services: ['Tracking'],
      links: [{ url: 'https://example.com/disk' }],
      summary: 'The disk was full.',
    });
  });

  it('may name the incident, whose number becomes the id', () => {
    expect(read('incident_id: INC-412').id).toBe('inc-412');
  });

  it.each([
    ['a line', 'authors: Mara Olsen, Idris Vale', ['Mara Olsen', 'Idris Vale']],
    ['a list', 'authors:\n  - Olsen, Mara\n  - "@idris"', ['Olsen, Mara', 'idris']],
    ['addresses', 'author: Mara Olsen <mara@example.com>; idris@example.com', ['Mara Olsen', 'idris']],
    ['objects', 'authors:\n  - {name: Mara Olsen, email: mara@example.com}\n  - {handle: idris}', ['Mara Olsen', 'idris']],
    ['one object', 'author:\n  first: Mara\n  last: Olsen', ['Mara Olsen']],
    ['people by role', 'authors:\n  lead: Mara Olsen\n  scribes: [Idris Vale, Jo]', ['Mara Olsen', 'Idris Vale', 'Jo']],
    ['nobody', 'authors: []', []],
  ])('gives its authors as %s', (_, frontMatter, authors) => {
    expect(read(frontMatter).authors).toEqual(authors);
  });

  it.each([
    ['1628-08-10', '1628-08-10'],
    ['"1969-07-20T20:17:40Z"', '1969-07-20T20:17:40Z'],
    ['2026/10/05', '2026-10-05'],
    ['5 October 2026', '2026-10-05'],
    ['October 5th, 2026', '2026-10-05'],
    ['2026-10-05T09:14:00+05:30', '2026-10-05T03:44:00Z'],
    ['""', undefined],
    ['unknown', undefined],
    ['TBD', undefined],
    ['', undefined],
  ])('may date the incident %s', (date, instant) => {
    expect(read(`date: ${date}`).startedAt).toBe(instant);
  });

  it.each(['draft: true', 'draft: maybe', 'published: false', 'status: final\ndraft: yes'])('is a draft with %s', (frontMatter) => {
    expect(read(frontMatter).status).toBe('draft');
  });

  it.each(['draft: false', 'published: true', 'published: 2026-10-05', 'draft:'])('is none with %s', (frontMatter) => {
    expect(read(frontMatter).status).toBe('published');
  });

  it('cannot reach the lines of other fields from an unknown one', () => {
    expect(read('"a:** x\\n## Impact\\n": "1\\n## Severity\\nsev1"').sections).toEqual([
      { heading: 'Further fields', body: '- **a: x ## Impact:** 1 ## Severity sev1' },
    ]);
  });

  it('with many bad links is answered with few remarks', () => {
    const links = Array.from({ length: 50 }, (_, i) => `  - nowhere ${i}`).join('\n');
    expect(fromMarkdown(`---\ntitle: Disk full\nlinks:\n${links}\n---\nIt broke.\n`).warnings).toHaveLength(10);
  });

  it('without a title takes one from whatever is told', () => {
    const { postmortem, warnings } = fromMarkdown('## Timeline\n\n- 09:00 – The disk is full.\n');
    expect(postmortem.title).toBe('The disk is full');
    expect(warnings.join()).toContain('There was no title');
  });
});

it.each([
  ['no opening line', 'title: Pool ran dry\nseverity: sev1\nrestricted: true\n---\n## Summary\nText\n'],
  ['no closing line', '---\ntitle: Pool ran dry\nseverity: sev1\nrestricted: true\n\n## Summary\nText\n'],
])('is read where it has %s', (_, text) => {
  const { postmortem } = fromMarkdown(text);
  expect(postmortem).toMatchObject({ title: 'Pool ran dry', severity: 'sev1', restricted: true, summary: 'Text', sections: [] });
});

it('is not made of a sentence above a rule, or of a list of labels', () => {
  expect(fromMarkdown('Summary: it broke at night\n---\nText').postmortem.title).not.toBe('Text');
  expect(fromMarkdown('Summary: it broke: at night\nDate: some Tuesday\n---\nText').postmortem.status).toBe('published');
});

describe('an issue of a status page', () => {
  const issue = (more: string) =>
    fromMarkdown(
      `---\ntitle: File storage not reachable\ndate: 2026-09-17T09:30:00\nresolvedWhen: 2026-09-17T18:00:00\n${more}\naffected:\n  - File storage\n  - Video\nsection: issue\n---\n*Monitoring* - The plug-in is off.\n`,
    );

  it('says by a flag that it is over, and its grade is unclassified with a warning where nobody maps it', () => {
    const { postmortem, warnings } = issue('resolved: true\nseverity: down');
    expect(postmortem).toMatchObject({
      ...{ status: 'published', severity: 'unclassified', services: ['File storage', 'Video'] },
      ...{ startedAt: '2026-09-17T09:30:00Z', resolvedAt: '2026-09-17T18:00:00Z' },
    });
    expect(warnings).toEqual([expect.stringContaining('severity: down')]);
    expect(JSON.stringify(postmortem.sections)).toContain('down');
  });

  it('is preliminary where it is not over, and has a grade that is known', () => {
    expect(issue('resolved: false\nseverity: sev2').postmortem).toMatchObject({ status: 'preliminary', severity: 'sev2' });
  });
});
