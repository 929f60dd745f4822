import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const read = (markdown: string) => fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${markdown}\n`);
const promises = (markdown: string) => read(markdown).postmortem.actionItems;
const text = (markdown: string) => read(markdown).postmortem.sections;
const drained = { title: 'Drain first', owner: 'Rosa Lind', due: '2026-12-05', status: 'done' };

describe('one promise over several lines', () => {
  it.each([
    ['with facts below its item', '- Drain first\n  - Owner: Rosa Lind\n  - Due: 2026-12-05\n  - Status: Done'],
    [
      'with facts in bold below its item',
      '1. **Drain first**\n   * **Owner:** Rosa Lind\n   * **Due date:** 2026-12-05\n   * **Status:** ✅ Done',
    ],
    ['with facts on the next lines', '- Drain first\n  Owner: Rosa Lind\n  Due: 2026-12-05\n  Status: Done'],
    ['as a heading above facts', '### Drain first\n\n- Owner: Rosa Lind\n- Due: 2026-12-05\n- Status: Done'],
    ['as a heading above lines', '### 1. Drain first\n\nOwner: Rosa Lind  \nDue: 2026-12-05  \nStatus: Done'],
    ['as a block of labels', 'Action: Drain first\nOwner: Rosa Lind\nDue: 2026-12-05\nStatus: Done'],
    ['as paragraphs with bold labels', '**Action:** Drain first\n\n**Owner:** Rosa Lind\n\n**Due:** 2026-12-05\n\n**Status:** Done'],
    ['as a list of definitions', 'Drain first\n: Owner: Rosa Lind\n: Due: 2026-12-05\n: Status: Done'],
    ['as a table on its side', '| Action | Drain first |\n|---|---|\n| Owner | Rosa Lind |\n| Due | 2026-12-05 |\n| Status | Done |'],
  ])('%s is one', (_, markdown) => {
    expect(promises(markdown)).toEqual([drained]);
    expect(text(markdown)).toEqual([]);
  });

  it('keeps a description as a remark', () => {
    expect(promises('- [ ] Drain first\n\n  The queue was full.')).toEqual([{ title: 'Drain first', status: 'open' }]);
    expect(text('- [ ] Drain first\n\n  The queue was full.')).toEqual([
      { heading: 'Action items', body: '- **Drain first:** The queue was full.' },
    ]);
  });
});

describe('several promises', () => {
  it('in blocks of labels are told apart', () => {
    const markdown = 'Action: Drain first\nOwner: Jo\n\nAction: Alert later\nOwner: Kim\nDue: 2026-12-05';
    expect(promises(markdown)).toEqual([
      { title: 'Drain first', owner: 'Jo', status: 'open' },
      { title: 'Alert later', owner: 'Kim', due: '2026-12-05', status: 'open' },
    ]);
  });

  it('as lines with drawn bullets are told apart', () => {
    expect(promises('• Drain first (Rosa Lind)\n• Alert later').map(({ title }) => title)).toEqual(['Drain first', 'Alert later']);
  });

  it('below a group have its owner, its state or its name', () => {
    expect(promises('- Platform team:\n  - Drain first\n  - Alert later')).toEqual([
      { title: 'Drain first', owner: 'Platform team', status: 'open' },
      { title: 'Alert later', owner: 'Platform team', status: 'open' },
    ]);
    expect(promises('### Done\n\n- Drain first\n\n### Open\n\n- Alert later').map(({ status }) => status)).toEqual(['done', 'open']);
    expect(promises('- Monitoring\n  - Alert on the level of the pool')).toEqual([
      { title: 'Alert on the level of the pool', kind: 'Monitoring', status: 'open' },
    ]);
  });

  it('below a bold line have it as their kind', () => {
    expect(promises('**Prevent**\n\n- Drain first\n\n**Detect:**\n\n- Alert later').map(({ kind }) => kind)).toEqual(['Prevent', 'Detect']);
  });

  it('are the item and those below it, if each has a state', () => {
    expect(promises('- [x] Drain first\n  - [ ] Alert later')).toEqual([
      { title: 'Drain first', status: 'done' },
      { title: 'Alert later', status: 'open' },
    ]);
  });
});

describe('a table', () => {
  const table = (heading: string, row: string) => promises(`| ${heading} |\n|${'---|'.repeat(heading.split('|').length)}\n| ${row} |`);

  it.each([
    ['Maßnahme | Verantwortlich | Frist | Status', 'Drain first | Rosa Lind | 2026-12-05 | erledigt'],
    ['Action | Responsable | Échéance | Statut', 'Drain first | Rosa Lind | 2026-12-05 | Terminé'],
    ['Acción | Responsable | Fecha límite | Estado', 'Drain first | Rosa Lind | 2026-12-05 | Completado'],
    ['Ação | Responsável | Prazo | Situação', 'Drain first | Rosa Lind | 2026-12-05 | Concluído'],
    ['対策 | 担当者 | 期限 | 状況', 'Drain first | Rosa Lind | 2026-12-05 | 完了'],
    ['改进措施 | 负责人 | 截止日期 | 状态', 'Drain first | Rosa Lind | 2026-12-05 | 已完成'],
    ['조치 | 담당자 | 기한 | 상태', 'Drain first | Rosa Lind | 2026-12-05 | 완료'],
    ['Action Item | Action Owner (team) | Target date | Done?', 'Drain first | Rosa Lind | 2026-12-05 | Yes'],
    ['Done | What | Who | By when', '[x] | Drain first | @Rosa Lind | 2026-12-05'],
    [' | | | ', 'Drain first | Rosa Lind | 2026-12-05 | Done'],
  ])('with the columns %s is read', (heading, row) => {
    expect(table(heading, row)).toEqual([drained]);
  });

  it.each([
    ['n/a **DONE**', { status: 'done' }],
    ['Bug 5554823 **TODO**', { id: 'Bug 5554823', status: 'open' }],
    ['OPS-8 (Done)', { id: 'OPS-8', status: 'done' }],
    ['[OPS-8](https://t.example.com/OPS-8) ✅', { id: 'OPS-8', link: 'https://t.example.com/OPS-8', status: 'done' }],
  ])('tells id and state apart in "%s"', (cell, told) => {
    expect(table('Action Item | Type | Owner | Bug', `Update playbook | mitigate | jennifer | ${cell}`)).toEqual([
      { title: 'Update playbook', kind: 'mitigate', owner: 'jennifer', ...told },
    ]);
  });

  it('may have rows that name a group', () => {
    const markdown = '| Action | Owner | Due |\n|---|---|---|\n| **Prevent** | | |\n| Drain first | Jo | 2026-12-05 |';
    expect(promises(markdown)).toEqual([{ title: 'Drain first', owner: 'Jo', due: '2026-12-05', kind: 'Prevent', status: 'open' }]);
  });

  it('keeps its words where no field takes them', () => {
    const markdown = '| Action | Owner | Wave | Comment |\n|---|---|---|---|\n| Drain first | Jo | two days | after the freeze |';
    expect(promises(markdown)).toEqual([{ title: 'Drain first (Wave: two days)', owner: 'Jo', status: 'open' }]);
    expect(text(markdown)[0]?.body).toContain('after the freeze');
  });
});

describe('below a heading that nobody knows', () => {
  const below = (markdown: string) => fromMarkdown(`# A title\n\nThe lead.\n\n## How we go on from here\n\n${markdown}\n`);

  it('a table of tasks with owners and states is one of promises', () => {
    const { postmortem, sections } = below('| Task | Owner | Status |\n|---|---|---|\n| Drain first | Rosa | Done |');
    expect(postmortem.actionItems).toEqual([{ title: 'Drain first', owner: 'Rosa', kind: 'How we go on from here', status: 'done' }]);
    expect(sections).toContain('actions');
  });

  it('boxes with owners and days are promises', () => {
    expect(below('- [x] Drain first (Rosa, 2026-12-05)\n- [ ] Alert later').postmortem.actionItems).toEqual([]);
    expect(below('- [x] Drain first (Rosa, 2026-12-05)').postmortem.actionItems).toHaveLength(1);
  });

  it.each([
    '| When | Who | What |\n|---|---|---|\n| 10:00 | Rosa | Drained the pool |',
    '| Date | Action | Owner |\n|---|---|---|\n| 2026-11-17 | Drained | Rosa |',
    '- [x] Logs saved\n- [ ] Review held',
  ])('%s is none', (markdown) => {
    expect(below(markdown).postmortem.actionItems).toEqual([]);
  });
});

describe('no promise', () => {
  it.each([
    'None.',
    '- None',
    '- N/A',
    'No action items.',
    '- No further actions are planned',
    '- TBD',
    'See the ticket OPS-7.',
    '- To be added',
    '- Keine',
  ])('is in "%s", which stays text', (markdown) => {
    expect(promises(markdown)).toEqual([]);
    expect(text(markdown)[0]?.body).toContain(markdown.replace(/^- /, ''));
  });

  it('is a link to a list of tickets, or a sentence that tells something', () => {
    expect(promises('- [All tickets](https://jira.example.com/issues/?jql=labels%3Dpool)')).toEqual([]);
    expect(promises('The team met on Monday and agreed on what follows.')).toEqual([]);
  });

  it.each(['- <action>', '- …', '| Action | Owner |\n|---|---|\n| [Action item] | [Owner] |', '| Action | Owner |\n|---|---|\n| | TBD |'])(
    'is in %s, which a template left',
    (markdown) => {
      expect(promises(markdown)).toEqual([]);
    },
  );
});

describe('a promise of more than 500 characters', () => {
  it('is cut, and its whole text is kept beside the other promises', () => {
    const long = `Drain the pool ${'and then the next pool '.repeat(30)}at last`;
    const { actionItems, sections } = read(`- [x] Alert later\n- ${long}`).postmortem;
    expect(actionItems.map(({ status }) => status)).toEqual(['done', 'open']);
    expect(actionItems[1]?.title.length).toBeLessThanOrEqual(500);
    expect(sections[0]?.body).toContain(long);
  });
});
