import { describe, expect, it } from 'vitest';
import { dialects, fixture, fromMarkdown, golden } from '../../../support/reading.ts';

describe.each(dialects)('the dialect of %s', (dialect) => {
  it('is read as the file beside it says', () => {
    const { postmortem, sections, warnings } = fromMarkdown(fixture(dialect));
    expect({ postmortem, sections, warnings }).toEqual(golden(dialect));
  });
});

describe('a heading', () => {
  const sectionsUnder = (heading: string) => fromMarkdown(`# A title\n\nThe lead.\n\n${heading}\n\n- One line.\n`).sections.slice(1);

  it.each([
    ['## Root cause', 'cause'],
    ['###### ROOT CAUSE(S)', 'cause'],
    ['## 1.2 Root Causes:', 'cause'],
    ['## 3 - Root cause?', 'cause'],
    ['## IV. Root cause', 'cause'],
    ['## 🔥 Root cause 🔥', 'cause'],
    ['## :fire: Root cause', 'cause'],
    ['## [Root cause](#cause)', 'cause'],
    ['## **Root cause**', 'cause'],
    ['**Root cause:**', 'cause'],
    ['__Root cause__:', 'cause'],
    ['Root cause\n---', 'cause'],
    ['## Incident root cause', 'cause'],
    ['## Timelines (UTC)', 'timeline'],
    ['## Action Item', 'actions'],
    ['## Follow-ups', 'actions'],
    ['## Follow ups', 'actions'],
    ['## Corrective & Preventative Measures', 'actions'],
    ['## Impacts', 'impact'],
    ['## Takeaway', 'lessons'],
    ['## Backlog check', 'recurrence'],
  ])('%s is known', (heading, section) => {
    expect(sectionsUnder(heading)).toEqual([section]);
  });

  it('in bold may have its text right below', () => {
    const { postmortem } = fromMarkdown('# A title\n\nThe lead.\n\n**Detection**\nAn alert.\n');
    expect(postmortem.detection).toBe('An alert.');
  });

  it.each(['## Weather', '## Impactful people', '**Thanks**'])('%s is not taken for another', (heading) => {
    expect(sectionsUnder(heading)).toEqual([]);
  });
});

describe('a promise', () => {
  const promise = (line: string) => fromMarkdown(`# A title\n\n## Action items\n\n${line}\n`).postmortem.actionItems;

  it.each([
    ['- Drain first (owner: Jo, due: 2026-12-04)', { title: 'Drain first', owner: 'Jo', due: '2026-12-04', status: 'open' }],
    ['- Drain first - @jo - 2026-12-04', { title: 'Drain first', owner: 'jo', due: '2026-12-04', status: 'open' }],
    ['- Drain first by 4 December', { title: 'Drain first', due: '2026-12-04', status: 'open' }],
    ['☑ Drain first, due 2026-12-04', { title: 'Drain first', due: '2026-12-04', status: 'done' }],
    ['- ✅ Drain first', { title: 'Drain first', status: 'done' }],
    ['- Sort rows by name', { title: 'Sort rows by name', status: 'open' }],
    [
      '- [ ] Drain first [OPS-7](https://example.com/OPS-7)',
      { id: 'OPS-7', title: 'Drain first', link: 'https://example.com/OPS-7', status: 'open' },
    ],
  ])('as %s tells who, when and its state', (line, action) => {
    expect(promise(line)).toEqual([action]);
  });
});
