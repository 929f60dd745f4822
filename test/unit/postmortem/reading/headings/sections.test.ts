import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const cases = new URL('../../../../fixtures/reading/cases/', import.meta.url);
const read = (name: string) => fromMarkdown(readFileSync(new URL(`${name}.md`, cases), 'utf8'));

describe('a document of bold labels', () => {
  it('like the SRE book has its sections', () => {
    const { postmortem, sections } = read('sre-label-paragraphs');
    expect(sections).toEqual(['summary', 'impact', 'cause', 'resolution', 'detection']);
    expect(postmortem).toMatchObject({
      severity: 'sev1',
      summary: 'Search was down for 66 minutes while everybody looked for the new poem.',
      customerImpact: { text: 'About 1.21 billion queries lost, no revenue.' },
      rootCauses: ['High load met a resource leak when searches failed.'],
      trigger: 'The discovery of a poem.',
      resolution: 'Traffic was sent to a spare cluster.',
      detection: 'Monitoring paged at a high rate of errors.',
      actionItems: [],
    });
  });

  it('keeps a date that is not understood as text', () => {
    const { postmortem } = read('summary-date');
    expect(postmortem).toMatchObject({
      summary: 'the pool ran dry after a change of its feeder.',
      customerImpact: { text: 'no orders for an hour.' },
      rootCauses: ['nobody watched the level.'],
    });
    expect(JSON.stringify(postmortem)).toContain('03/10/2026');
  });

  it.each([
    ['bold with the colon outside', '**Impact**: none\n\nMore.\n\n**Root cause**: a disk'],
    ['bold with the colon inside', '**Impact:** none\n\nMore.\n\n**Root cause:** a disk'],
    ['bold and a dash', '**Impact** – none\n\nMore.\n\n**Root cause** - a disk'],
    ['plain', 'Impact: none\n\nMore.\n\nRoot cause: a disk'],
    ['alone on a line', 'Impact\n\nnone\n\nMore.\n\nRoot cause\na disk'],
    ['alone with a colon', 'Impact:\n\nnone\n\nMore.\n\nRoot cause:\n\na disk'],
    ['in capitals', 'IMPACT\n\nnone\n\nMore.\n\nROOT CAUSE\n\na disk'],
    ['numbered', '1. Impact\n\nnone\n\nMore.\n\n2. Root Cause\n\na disk'],
    ['underlined', 'Impact\n======\n\nnone\n\nMore.\n\nRoot cause\n---\n\na disk'],
    ['in italics', '*Impact:* none\n\nMore.\n\n*Root cause*\na disk'],
    ['toggles of Notion', '- **Impact**\n\n    none\n\n    More.\n\n- **Root cause**\n\n    a disk'],
    ['with marks of a converter', '## **Impact** {#impact}\n\nnone\n\nMore.\n\n# []{#_Toc3 .anchor}3. Root cause\n\na disk'],
    ['items', '- **Impact:** none\n\n  More.\n- **Root cause:** a disk'],
  ])('is read: %s', (_, body) => {
    const { postmortem } = fromMarkdown(`# A title\n\nThe lead.\n\n${body}\n`);
    expect(postmortem).toMatchObject({
      summary: 'The lead.',
      customerImpact: { text: 'none\n\nMore.' },
      rootCauses: ['a disk'],
      sections: [],
    });
  });

  it('as lines of one paragraph is read too', () => {
    const { postmortem } = fromMarkdown('# A title\n\nDate: 2026-11-17\nSummary: It broke.\nImpact: none\nCause: a disk\n');
    expect(postmortem).toMatchObject({ summary: 'It broke.', customerImpact: { text: 'none' }, rootCauses: ['a disk'] });
  });

  it('gives the text below a list of labels back to what stands above the list', () => {
    const { postmortem } = fromMarkdown(
      '# A title\n\nThe lead.\n\n## Overview of it all\n\n- **Impact:** none\n- **Weather:** mild\n\nThe end.\n',
    );
    expect(postmortem.customerImpact?.text).toBe('none');
    expect(postmortem.sections).toEqual([{ heading: 'Overview of it all', body: '- **Weather:** mild\n\nThe end.' }]);
  });

  it.each([
    ['lessons', '## Lessons learned\n\n- **Detection:** too late\n- **Impact:** small'],
    ['what a heading tells', '## Details\n\n**Impact:** small\n\n## Impact\n\nnone'],
    ['an outline', '## Agenda\n\n1. Impact\n2. Root cause\n3. Lessons'],
    ['prose', '## Notes\n\nWe talked. Root cause: unclear, said Jo.'],
    ['a message to customers', '## External message\n\n**Impact:** small\n\n### Root cause\n\nA disk.'],
  ])('are text in %s', (_, body) => {
    const { postmortem } = fromMarkdown(`# A title\n\nThe lead.\n\n${body}\n`);
    expect(postmortem).toMatchObject({ rootCauses: [] });
    expect([undefined, 'none']).toContain(postmortem.customerImpact?.text);
  });
});

describe('a response', () => {
  it('told as a list of times is the timeline, where there is no other', () => {
    const response =
      '## How did we respond?\n\n- 13:17 UTC on 22 September 2026 – It began.\n- 13:25 UTC on 22 September 2026 – An alert.\n';
    expect(fromMarkdown(`# A title\n\nThe lead.\n\n${response}`).postmortem.timeline).toHaveLength(2);
    expect(fromMarkdown(`# A title\n\nThe lead.\n\n${response}\n## Timeline\n\n- 13:17 It began\n`).postmortem.resolution).toContain(
      'An alert.',
    );
  });
});

describe('a remark behind a label', () => {
  it('belongs to it', () => {
    const { postmortem } = fromMarkdown('# A title\n\nThe lead.\n\n**Timeline** (UTC):\n- 22:11 It broke\n');
    expect(postmortem.timeline).toMatchObject([{ event: 'It broke' }]);
    expect(JSON.stringify(postmortem)).toContain('UTC');
  });
});

describe('a summary', () => {
  it('that is nothing but labels stays whole', () => {
    const { postmortem } = fromMarkdown('# A title\n\n## Summary\n\n**Impact:** none\n\n**Cause:** a disk\n');
    expect(postmortem.summary).toBe('**Impact:** none\n\n**Cause:** a disk');
  });

  it('is what happened, unless a lead or a heading says it shorter', () => {
    expect(fromMarkdown('# A title\n\n## What happened?\n\nA cache without a limit.\n').postmortem.summary).toBe(
      'A cache without a limit.',
    );
    const { postmortem, sections } = fromMarkdown('# A title\n\n## What happened?\n\nA story.\n\n## Summary\n\nShort.\n');
    expect(postmortem).toMatchObject({ summary: 'Short.', sections: [{ heading: 'What happened?', body: 'A story.' }] });
    expect(sections).toEqual(['summary']);
  });
});

describe('a cause', () => {
  it('is not the lead-up, where another section tells it', () => {
    const { postmortem } = read('leadup-is-no-cause');
    expect(postmortem.rootCauses).toEqual(['A counter overflowed.']);
    expect(postmortem.sections).toEqual([{ heading: 'Lead up', body: 'Jo had been reading the code for months.' }]);
  });

  it('is the lead-up, where nothing else tells it', () => {
    expect(fromMarkdown('# A title\n\nThe lead.\n\n## Lead up\n\nA counter overflowed.\n').postmortem.rootCauses).toEqual([
      'A counter overflowed.',
    ]);
  });

  it('may stand in its heading, with more below', () => {
    expect(fromMarkdown('# A title\n\n## Root cause: a full disk\n\nNobody looked.\n').postmortem.rootCauses).toEqual([
      'a full disk\n\nNobody looked.',
    ]);
    expect(fromMarkdown('# A title\n\nThe lead.\n\n## Root cause: a full disk\n').postmortem.rootCauses).toEqual(['a full disk']);
  });
});

describe('a remark beside the name of a list', () => {
  it('is kept as text unless the entries say it', () => {
    const timeline = (entry: string) =>
      fromMarkdown(`# A title\n\nThe lead.\n\n## Timeline (CET, estimated)\n\n- ${entry}\n`).postmortem.sections;
    expect(timeline('09:14 It breaks')).toEqual([{ heading: 'Timeline', body: 'CET, estimated' }]);
    expect(timeline('09:14 It breaks at CET noon, estimated')).toEqual([]);
  });
});

describe('known headings', () => {
  it('of many templates open their sections', () => {
    const { postmortem, sections } = read('headings');
    expect(sections).toEqual(['summary', 'impact', 'cause', 'timeline', 'resolution', 'lessons', 'actions']);
    expect(postmortem.actionItems.map(({ title }) => title)).toEqual(['Alarm on the disk', 'Rotate the log']);
  });

  it('below a timeline and below promises open sections of their own', () => {
    const { postmortem } = read('known-headings-below-closed-ones');
    expect(postmortem).toMatchObject({
      rootCauses: ['A new rule set blocked the cookie.'],
      resolution: 'The update was taken back.',
      timeline: [{ event: 'Blocked requests seen' }],
      lessons: { wentWrong: ['There was only one person to look'] },
      actionItems: [{ title: 'Test with the new rules first' }, { title: 'Page a second person', kind: 'Process improvements' }],
    });
  });

  it('that stand bare above a list open one too', () => {
    const { postmortem } = read('actions-bare-line');
    expect(postmortem.detection).toBe('Users told us.');
    expect(postmortem.actionItems.map(({ title }) => title)).toEqual(['Alarm on expiry', 'Move the host']);
  });

  it('are phases of a timeline if times stand below them', () => {
    const { postmortem } = fromMarkdown(
      '# A title\n\nThe lead.\n\n## Timeline\n\n### Detection\n\n- 09:14 An alert\n\n### Resolution\n\n- 09:30 All well\n',
    );
    expect(postmortem.timeline).toHaveLength(2);
    expect(postmortem).not.toHaveProperty('detection');
  });

  it.each([
    '### Detection\n\n- Alert earlier',
    '### Mitigate\n\n- Drain first',
    '### Root cause\n\n- [ ] Mend the counter',
    '- **Detection:** alert earlier',
  ])('are groups of promises: %s', (group) => {
    const { postmortem } = fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${group}\n`);
    expect(postmortem.actionItems).toHaveLength(1);
    expect(postmortem).toMatchObject({ rootCauses: [] });
    expect(postmortem).not.toHaveProperty('detection');
  });
});

describe('headings that are not known', () => {
  it('are kept as text where nothing stands below them', () => {
    const { postmortem } = fromMarkdown('# A title\n\nThe lead.\n\n## Nobody was paged\n\n## Impact\n\nNone.\n');
    expect(postmortem.sections).toEqual([{ heading: '', body: 'Nobody was paged' }]);
  });

  const warned = (body: string) => fromMarkdown(`# A title\n\n${body}\n`).warnings.filter((warning) => warning.includes('kept as text'));

  it('are told where summary or cause are missing', () => {
    expect(warned('## Weather\n\nMild.\n\n## Ort\n\nBerlin.')).toEqual([
      'No summary and no cause was found. These headings were kept as text: "Weather", "Ort". Rename them, or add them to headings in distribution.yaml.',
    ]);
    expect(warned('## Summary\n\nIt broke.\n\n## Weather\n\nMild.')).toHaveLength(1);
  });

  it('are not told where both were found', () => {
    expect(warned('## Summary\n\nIt broke.\n\n## Cause\n\nA disk.\n\n## Weather\n\nMild.')).toEqual([]);
  });
});
