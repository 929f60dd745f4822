import { describe, expect, it } from 'vitest';
import { fixture, fromMarkdown, refusal } from '../../../support/reading.ts';

const titled = (frontMatter: string, body = 'It broke.') => `---\ntitle: Disk full\n${frontMatter}\n---\n${body}\n`;

describe('front matter', () => {
  it('may begin with an empty line, leave dates empty and hold a number among its keywords', () => {
    const { postmortem, warnings } = fromMarkdown(fixture('no-heading'));
    expect(postmortem.startedAt).toBeUndefined();
    expect(postmortem.tags).toEqual(['primary key', '2147483647', 'Example Freight']);
    expect(postmortem.id).toBe('7d0c1a52-0000-4000-8000-000000000001');
    expect(warnings).toHaveLength(2);
  });

  it('keeps dates as they were meant, with any offset', () => {
    const { postmortem } = fromMarkdown(titled('start_time: 2026-10-05T09:14:00+02:00\nend_time: 2026-10-05 08:00'));
    expect(postmortem).toMatchObject({ startedAt: '2026-10-05T07:14:00Z', resolvedAt: '2026-10-05T08:00:00Z' });
  });

  it('wins over the body, whose text stays', () => {
    const { postmortem } = fromMarkdown(titled('summary: Short.', '## Summary\n\nLong.'));
    expect(postmortem.summary).toBe('Short.');
    expect(postmortem.sections).toEqual([{ heading: 'Summary', body: 'Long.' }]);
  });

  it('keeps what stands under unknown keys as the last section, and tells it in one warning', () => {
    const { postmortem, warnings } = fromMarkdown(titled('severity: sev3\nmood: low\nweather:\n  sky: [grey, blue]\nempty:'));
    expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: '- **mood:** low\n- **weather:** sky: grey, blue' }]);
    expect(warnings).toEqual(['Not understood and kept as text under "Further fields": mood, weather.']);
  });

  it('asks whether a slip of the finger meant a field, and not of any word that resembles one a little', () => {
    const { warnings } = fromMarkdown(titled('sevrity: sev3\nowner_taem: Payments\nphase: 2\nseverity: sev3'));
    expect(warnings).toEqual([
      'Not understood and kept as text under "Further fields": sevrity (did you mean severity?), owner taem (did you mean owner team?), phase.',
    ]);
  });

  it('is refused with line and column where it is not YAML', () => {
    const { kind, flaws } = refusal(() => fromMarkdown('---\ntitle: a\nsummary: [b\n---\nText'));
    expect(kind).toBe('unreadable');
    expect(flaws[0]).toMatchObject({ line: 3 });
    expect(flaws[0]?.column).toBeGreaterThan(0);
  });

  it.each([
    ['code', '---js\nprocess.exit()\n---\nText'],
    ['no end', '---\ntitle: a\n\nseverity: sev1\n\nText'],
    ['a list', '---\n- a\n---\nText'],
    ['a key twice', '---\ntitle: a\ntitle: b\n---\nText'],
    ['__proto__', titled('__proto__:\n  restricted: false')],
    ['constructor below', titled('impact:\n  constructor: x')],
    ['a tag', titled('tags: !!js/function "x"')],
    ['too long', titled(`summary: ${'a'.repeat(70_000)}`)],
    ['too deep', titled(`tags: ${'['.repeat(500)}`)],
    [
      'a bomb',
      titled(`a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c]`),
    ],
    ['NUL', titled('tags: "a\\0b"')],
    ['half a surrogate pair', 'Text \ud800'],
  ])('is unreadable: %s', (_, text) => {
    expect(refusal(() => fromMarkdown(text)).kind).toBe('unreadable');
  });
});

describe('a body', () => {
  it('without any heading is summary and text', () => {
    const { postmortem, sections } = fromMarkdown('The disk was full. We emptied it.\n\nIt took an hour.');
    expect(postmortem).toMatchObject({ title: 'The disk was full', summary: 'The disk was full. We emptied it.' });
    expect(postmortem.sections).toEqual([{ heading: '', body: 'It took an hour.' }]);
    expect(sections).toEqual(['summary']);
  });

  it('says when its title was derived, cut at a word', () => {
    const { postmortem, warnings } = fromMarkdown(`${'disks '.repeat(60)}were full.`);
    expect(postmortem.title.length).toBeLessThanOrEqual(200);
    expect(postmortem.title).toMatch(/disks…$/);
    expect(warnings.join()).toContain('There was no title');
  });

  it('knows headings whatever their level, number, emoji and punctuation', () => {
    const { sections } = fromMarkdown(
      '# A\n\n#### 2. 🔥 Root Cause(s):\n\nx\n\nLessons learnt\n---\n\ny\n\n**TL;DR**\n\nz\n\n## How’d We Do?\n\nw',
    );
    expect(sections).toEqual(['cause', 'lessons', 'summary']);
  });

  it('keeps headings that it does not know, with what is below them', () => {
    const { postmortem } = fromMarkdown('# A\n\nSaid.\n\n## Weather\n\nRain.\n\n### Wind\n\nStrong.\n');
    expect(postmortem.sections).toEqual([{ heading: 'Weather', body: 'Rain.\n\n### Wind\n\nStrong.' }]);
  });

  it('gives the external message whole and leaves the internal one a section', () => {
    const { postmortem, sections } = fromMarkdown(
      '# A\n\n## Messaging\n\n### Internal Email\n\nDear all\n\n### External Message\n\n#### Summary\n\nSorry.\n',
    );
    expect(postmortem.external).toEqual({ body: '#### Summary\n\nSorry.' });
    expect(postmortem.sections).toEqual([{ heading: 'Internal Email', body: 'Dear all' }]);
    expect(sections).toEqual(['internal', 'external']);
  });

  it('does not look for headings in code, and leaves comments out', () => {
    const { postmortem } = fromMarkdown('# A\n\n## Notes\n\n```\n# Summary\n<!-- kept -->\n```\n<!-- ## Impact\nhidden -->\n');
    expect(postmortem.sections).toEqual([{ heading: 'Notes', body: '```\n# Summary\n<!-- kept -->\n```' }]);
  });

  it('marks promises below a heading with it', () => {
    const { postmortem } = fromMarkdown('# A\n\n## Action items\n\n### Prevention\n\n- Add a quota\n');
    expect(postmortem.actionItems).toEqual([{ title: 'Add a quota', kind: 'Prevention', status: 'open' }]);
  });

  it('keeps what is too long of a list as text', () => {
    const long = '- x\n'.repeat(201);
    const { postmortem } = fromMarkdown(`# A\n\n## Next steps\n\nWe will think.\n\n## Actions\n\n${long}`);
    expect(postmortem.actionItems).toHaveLength(200);
    expect(postmortem.sections).toEqual([{ heading: 'More action items', body: '- x\n- x' }]);
  });

  it('does not take a remark in brackets for an owner', () => {
    const { postmortem } = fromMarkdown('# A\n\n## Action items\n\n- Update the runbook (see the wiki)\n');
    expect(postmortem.actionItems).toEqual([{ title: 'Update the runbook (see the wiki)', status: 'open' }]);
  });

  it('takes the year of "4 December" from the day of the incident', () => {
    const { postmortem } = fromMarkdown('---\nstarted: 2025-12-20\n---\n# A\n\n## Action items\n\n- Do it (Team, 4 January)\n');
    expect(postmortem.actionItems[0]?.due).toBe('2026-01-04');
  });

  it('refuses an unknown severity in front matter', () => {
    expect(refusal(() => fromMarkdown('---\nseverity: huge\n---\n# A\n\nText')).fields).toEqual(['severity']);
  });

  it.each([
    ['quotes', '>'.repeat(200)],
    ['lists', '- '.repeat(30)],
    ['rows', `|a|b|\n|-|-|\n${'|x|y|\n'.repeat(10_000)}`],
    ['underlines', 'a\n-\n'.repeat(2000)],
    ['emphasis', 'a**b'.repeat(4000)],
    ['brackets', '['.repeat(9000)],
    ['quoted lines', '> a\n'.repeat(5000)],
  ])('is refused where it would be slow to parse: %s', (_, text) => {
    expect(refusal(() => fromMarkdown(`# A\n\n${text}`)).kind).toBe('content');
  });
});
