import { describe, expect, it } from 'vitest';
import { whatWillChange } from '../../../../../core/content/card-content.ts';
import { fromJson, fromMarkdown } from '../../../../support/reading.ts';

const read = (body: string) => fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${body}\n`);

describe('a line of a list', () => {
  it.each([
    ['Add a cache: done', { title: 'Add a cache', status: 'done' }],
    ['Database: Done', { title: 'Database', status: 'done' }],
    ['Größere Platte kaufen – abgelehnt, zu teuer', { title: 'Größere Platte kaufen', status: 'declined' }],
    ['Buy a disk (rejected, too expensive)', { title: 'Buy a disk', status: 'declined' }],
    ['Buy a disk (we decided not to)', { title: 'Buy a disk', status: 'declined' }],
    ['Obsolete: move the old hosts', { title: 'move the old hosts', status: 'declined' }],
    ['TODO(Dee): write the runbook', { title: 'write the runbook', owner: 'Dee', status: 'open' }],
    ['[Anna] Write the runbook', { title: 'Write the runbook', owner: 'Anna' }],
    ['Write the runbook [Fay]', { title: 'Write the runbook', owner: 'Fay' }],
    ['Kick off the audit\n  - owner Gil\n  - done by 2026-11-28', { title: 'Kick off the audit', due: '2026-11-28', status: 'open' }],
  ])('%s', (line, action) => expect(read(`- ${line}`).postmortem.actionItems).toMatchObject([action]));

  it('keeps the reason', () =>
    expect(JSON.stringify(read('- Buy a disk (rejected, too expensive)').postmortem)).toContain('too expensive'));
});

it('a column "Until" has due days', () =>
  expect(read('| Action | Owner | Until |\n|---|---|---|\n| Buy a disk | Rosa | 2026-12-04 |').postmortem.actionItems).toMatchObject([
    { due: '2026-12-04' },
  ]));

it('a string in JSON is read like a line', () =>
  expect(fromJson({ title: 'A', summary: 'B.', actionItems: ['Use decimals (Bo, 2026-12-01)'] }).postmortem.actionItems).toMatchObject([
    { title: 'Use decimals', owner: 'Bo', due: '2026-12-01', status: 'open' },
  ]));

it('mails tell open ones first, with those that are overdue, and done ones last', () => {
  const told = { owner: undefined, team: undefined };
  const actions = [
    { ...told, title: 'Buy a disk', due: '2026-10-01', status: 'done' as const },
    { ...told, title: 'Move hosts', due: '2026-10-01', status: 'open' as const },
    { ...told, title: 'Add a cache', due: '2026-12-01', status: 'open' as const },
  ];
  expect(whatWillChange(actions, { now: new Date('2026-10-06T12:00:00Z'), zone: 'UTC' }, 3)).toBe(
    'Move hosts (overdue since 1 October). Add a cache (1 December). Buy a disk (done).',
  );
});

describe('more than a postmortem holds', () => {
  it('of actions: the first 200 are read, and the rest is text', () => {
    const lines = Array.from({ length: 250 }, (_, i) => `- [ ] promise number${i} (Bo, 2026-12-01)`);
    const { postmortem, warnings, missing } = read(lines.join('\n'));
    expect(postmortem.actionItems).toHaveLength(200);
    expect(postmortem.sections.at(-1)?.body).toContain('promise number249 (Bo, 2026-12-01');
    expect(warnings.join()).toContain('There are 250 action items: the first 200 are read, and the other 50 are kept as text');
    expect(missing).not.toContain('actions');
  });

  it('of entries: the first 1,000', () => {
    const lines = Array.from(
      { length: 1010 },
      (_, i) => `- ${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')} event${i}`,
    );
    const { postmortem, warnings } = fromMarkdown(`# A\n\nThe lead.\n\n## Timeline\n\n${lines.join('\n')}\n`);
    expect(postmortem.timeline).toHaveLength(1000);
    expect(JSON.stringify(postmortem.sections)).toContain('event1009');
    expect(warnings.join()).toContain('There are 1010 timeline entries');
  });
});
