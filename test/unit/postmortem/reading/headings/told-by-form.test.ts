import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const read = (markdown: string) => fromMarkdown(`# A title\n\nThe lead.\n\n${markdown}\n`).postmortem;

describe('a section that is nothing but times', () => {
  it.each([
    ['a narrative', '## How it went\n• *2:40 PM* token revoked\n• *3:55 PM* seller asks\n• *4:10 PM* channel opened'],
    ['a narrative in Japanese', '## 経緯(日本時間)\n\n- 10:15 a\n- 10:50 b\n- 11:30 c'],
    ['days beside the heading', '## Timeline\n\n## 4 May 2026\n\n- 09:10 a\n- 09:14 b\n\n## 5 May 2026\n\n- 10:00 c'],
    [
      'days with a table each',
      '## What happened, minute by minute\n\n### Monday, May 4\n\n| Time | Event |\n|---|---|\n| 09:10 | a |\n| 09:14 | b |\n\n### Tuesday, May 5\n\n| Time | Event |\n|---|---|\n| 10:00 | c |',
    ],
    ['an unknown heading', '## Our Saturday\n\n- 09:10 a\n- 09:14 b\n- 09:40 c'],
    ['lines with tabs', '3.\tCHRONOLOGY OF EVENTS\n\n09:10\tone\n09:14\ttwo\n09:40\tthree\n\n4.\tROOT CAUSE\n\nA card.'],
  ])('is the timeline: %s', (_, markdown) => {
    expect(read(markdown).timeline).toHaveLength(3);
  });

  it('keeps the words of its heading', () => {
    expect(JSON.stringify(read('## Our Saturday\n\n- 09:10 a\n- 09:14 b\n- 09:40 c'))).toContain('Our Saturday');
  });

  it.each([
    ['an agenda', '## Agenda of the review\n\n- 09:10 a\n- 09:14 b\n- 09:40 c'],
    ['prose', '## What happened\n\nAt 09:10 the card was replaced. At 09:14 an alarm rang.\n\nAt 09:40 we declared.'],
    ['a list with other items', '## How it went\n\n- 09:10 a\n- 09:14 b\n- 09:40 c\n- and much more'],
  ])('is none: %s', (_, markdown) => {
    expect(read(markdown).timeline).toEqual([]);
  });

  it('has no entry for a list of links above it', () => {
    const links = '* [Deployments](https://l.example.com/d)\n* [Flags](https://l.example.com/f)';
    const { timeline, sections } = read(`## Timeline\n\n${links}\n\nAll times UTC.\n\n- 10:14 a\n- 10:20 b`);
    expect(timeline.map(({ event }) => event)).toEqual(['a', 'b']);
    expect(sections[0]?.body).toContain(links);
  });
});

describe('sentences below a name of measures or of the handling', () => {
  it.each([
    ['## 조치 사항\n\n노드 증설.\n\n## 재발 방지 대책\n\n- [ ] 알림 추가', '노드 증설.'],
    ['## Maßnahmen\n\nKnoten ergänzt.\n\n## Vorbeugung\n\n- [ ] Alarm einrichten', 'Knoten ergänzt.'],
    ['## Mesures prises\n\nAjout de nœuds.\n\n## Prévention\n\n- [ ] Ajouter une alerte', 'Ajout de nœuds.'],
    ['## 时间线\n\n- 20:03 a\n- 20:05 b\n\n## 处理过程\n\n回滚并限流。', '回滚并限流。'],
  ])('are the resolution where the entries stand elsewhere: %s', (markdown, resolution) => {
    expect(read(markdown).resolution).toBe(resolution);
  });

  it('are not where nothing else has entries', () => {
    expect(read('## Maßnahmen\n\nKnoten ergänzt.').resolution).toBeUndefined();
    expect(read('## 处理过程\n\n- 20:03 a\n- 20:05 b').timeline).toHaveLength(2);
  });
});
