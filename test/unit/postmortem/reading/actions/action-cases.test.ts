import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromMarkdown } from '../../../../support/reading.ts';

const folder = new URL('../../../../fixtures/reading/cases/', import.meta.url);
const read = (name: string) => fromMarkdown(readFileSync(new URL(`${name}.md`, folder), 'utf8'));

describe('the action items of a case', () => {
  it('have the states that signs and words give them', () => {
    const { actionItems } = read('action-states-with-emoji').postmortem;

    expect(actionItems.map(({ title, owner, status }) => [title, owner, status])).toEqual([
      ['Switch the agent off where it is not used', 'Backend', 'done'],
      ['Find why the agent gets a 403', 'Platform', 'open'],
      ['Alert on changes by webhooks', 'Platform', 'in-progress'],
      ['Write the runbook', 'SRE', 'declined'],
      ['Measure how long jobs take (Due: Q1 2027)', 'SRE', 'open'],
    ]);
  });

  it('are read from signs alone, and keep a word that says more than its state', () => {
    const { actionItems, sections } = read('actions-signs').postmortem;

    expect(actionItems.map(({ owner, status }) => [owner, status])).toEqual([
      ['Kim', 'done'],
      ['Ann', 'in-progress'],
      ['Jo', 'declined'],
    ]);
    expect(actionItems[0]?.due).toBe('2026-07-16');
    expect(sections).toEqual([{ heading: 'Action items', body: '- **Snapshot first:** FAILED' }]);
  });

  it('are items below items, with an owner and a day in sentences', () => {
    expect(read('actions-nested-and-sentences').postmortem.actionItems).toEqual([
      { title: 'Improve checks: of the export', kind: 'Short term', status: 'open' },
      { title: 'Improve checks: of the import', kind: 'Short term', status: 'open' },
      { title: 'Alert on an empty index', owner: 'rosa', due: '2026-12-04', priority: 'HIGH', kind: 'Short term', status: 'open' },
      { title: 'Circuit breaker implementation: Add breakers', owner: 'Tim Orr', due: '2026-12-04', kind: 'Short term', status: 'open' },
      { id: 'OPS-77', title: 'Rebuild in a second place by end of Q1', owner: 'Platform team', kind: 'Long term', status: 'open' },
    ]);
  });

  it('are rows of a table whose cells say more than one thing', () => {
    const { actionItems, sections } = read('tables-date-and-time-columns').postmortem;

    expect(actionItems.map(({ id, owner, due, status, link }) => [id, owner, due, status, link])).toEqual([
      ['OPS-1', 'Rosa Lind', '2026-12-04', 'done', 'https://t.example.com/OPS-1'],
      ['2', 'Search team', '2026-12-11', 'in-progress', undefined],
      ['OPS-3', undefined, undefined, 'open', undefined],
      ['4', undefined, undefined, 'done', undefined],
      ['5', undefined, actionItems[4]?.due, 'in-progress', undefined],
    ]);
    expect(actionItems[3]?.title).toBe('Watch the job (Due date: ASAP)');
    expect(sections.at(-1)?.body).toContain('In progress 60%');
    expect(sections.at(-1)?.body).toContain('Completed 2026-11-20');
  });

  it('is one sentence of a paragraph', () => {
    const { postmortem, sections } = read('actions-paragraph');

    expect(postmortem.actionItems).toEqual([{ title: 'Add an alarm on the level and keep two days in reserve.', status: 'open' }]);
    expect(sections).toContain('actions');
  });
});
