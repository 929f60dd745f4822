import { describe, expect, it } from 'vitest';
import { matchActions } from '../../../core/action/match-actions.ts';
import type { ActionItem } from '../../../core/postmortem/postmortem.ts';

type Said = Partial<ActionItem> & { readonly title: string };
const item = (said: Said): ActionItem => ({ status: 'open', ...said });
const rowsOf = (rows: readonly (Said & { gone?: boolean })[]) =>
  rows.map(({ gone, ...said }, n) => ({ aid: String(n), reported: item(said), keys: [], isThere: !gone }));

/** Which known action, by its place, each line is; '-': a new one. */
function become(before: readonly (Said & { gone?: boolean })[], after: readonly Said[]): string {
  const { same } = matchActions(rowsOf(before), after.map(item));
  const found = new Map([...same].map(([aid, one]) => [JSON.stringify(one.item), aid]));
  return after.map((said) => found.get(JSON.stringify(item(said))) ?? '-').join('');
}
const [alert, runbook] = ['Add an alert', 'Write a runbook for cart'];
const jira = 'https://issues.example.com/browse/';

describe('an action item', () => {
  it.each<[string, readonly (Said & { gone?: boolean })[], readonly Said[], string]>([
    ['is the same in another place', [{ title: alert }, { title: runbook }], [{ title: runbook }, { title: alert }], '10'],
    [
      'is its owner’s, where two have one title',
      [
        { title: alert, owner: 'A' },
        { title: alert, owner: 'B' },
      ],
      [
        { title: alert, owner: 'B' },
        { title: alert, owner: 'A' },
      ],
      '10',
    ],
    ['is the same in other hands', [{ title: alert, owner: 'A' }], [{ title: alert, owner: 'B' }], '0'],
    ['is the same once it has an owner', [{ title: alert }], [{ title: 'Add alerts', owner: 'B' }], '0'],
    [
      'is neither of two that other teams have now',
      [{ title: alert, owner: 'A' }],
      [
        { title: alert, owner: 'B' },
        { title: alert, owner: 'C' },
      ],
      '--',
    ],
    ['keeps its title when it gets a link', [{ title: alert }], [{ title: alert, link: `${jira}OPS-7` }], '0'],
    [
      'does not follow its number',
      [
        { title: alert, id: 'AI-1' },
        { title: runbook, id: 'AI-2' },
      ],
      [{ title: runbook, id: 'AI-1' }],
      '1',
    ],
    ['gains nothing by its number', [{ title: 'Alert on cart', id: 'AI-1' }], [{ title: 'Alert on cart in Asia', id: 'AI-1' }], '-'],
    ['is as it was beside a new twin', [{ title: alert }], [{ title: alert, due: '2026-12-01' }, { title: alert }], '-0'],
    [
      'is another one under the number of one that went',
      [{ title: 'Alert on cart', id: 'AI-1' }],
      [{ title: 'Alert on search', id: 'AI-1' }],
      '-',
    ],
    [
      'follows the id of a tool, whatever it is called',
      [{ title: alert, id: '01JCXJ6Q8Z' }],
      [{ title: 'Page us at once', id: '01JCXJ6Q8Z' }],
      '0',
    ],
    [
      'does not follow it into its opposite',
      [{ title: 'Retry failed payments', id: '01JCXJ6Q8Z' }],
      [{ title: 'Do not retry failed payments', id: '01JCXJ6Q8Z' }],
      '-',
    ],
    [
      'follows a link that is its own, and says more',
      [{ title: 'Alert on cart', link: `${jira}OPS-7` }],
      [{ title: 'Alert on cart in Asia', link: `${jira}OPS-7` }],
      '0',
    ],
    [
      'does not follow it to something else',
      [{ title: 'Alert on cart', link: `${jira}OPS-7` }],
      [{ title: 'Alert on search', link: `${jira}OPS-7` }],
      '-',
    ],
    [
      'does not follow an epic',
      [
        { title: 'Alert on cart', link: `${jira}E-1` },
        { title: runbook, link: `${jira}E-1` },
      ],
      [{ title: 'Alert on cart in Asia', link: `${jira}E-1` }],
      '-',
    ],
    [
      'comes back',
      [{ title: alert, owner: 'A', gone: true }, { title: runbook }],
      [{ title: runbook }, { title: alert, owner: 'A' }],
      '10',
    ],
    [
      'is not its twin that comes back',
      [
        { title: 'Size limit', due: '2026-12-01' },
        { title: 'Size limits', due: '2027-01-01', gone: true },
      ],
      [{ title: 'Size limits', due: '2027-01-01' }],
      '-',
    ],
    [
      'does not come back beside one that says the same',
      [
        { title: alert, gone: true },
        { title: alert, due: '2026-12-01' },
      ],
      [{ title: alert, due: '2026-12-01' }, { title: alert }],
      '1-',
    ],
    [
      'is its own twin when only its number changed',
      [{ title: alert, id: 'AI-1' }],
      [
        { title: alert, due: '2026-12-01', id: 'AI-1' },
        { title: alert, id: 'AI-2' },
      ],
      '-0',
    ],
    ['does not come back as another team’s', [{ title: alert, owner: 'A', gone: true }], [{ title: alert, owner: 'B' }], '-'],
    [
      'is none of two twins once one of them went',
      [
        { title: alert, due: '2026-12-01' },
        { title: alert, due: '2027-01-01' },
      ],
      [{ title: alert, due: '2027-01-01' }],
      '-',
    ],
    [
      'is its own twin as long as both stay',
      [
        { title: alert, due: '2026-12-01' },
        { title: alert, due: '2027-01-01' },
      ],
      [
        { title: alert, due: '2027-01-01' },
        { title: alert, due: '2026-12-01' },
      ],
      '10',
    ],
  ])('%s', (_what, before, after, expected) => {
    expect(become(before, after)).toBe(expected);
  });

  it('that stands there twice is one', () => {
    const { fresh } = matchActions([], [item({ title: alert }), item({ title: runbook }), item({ title: alert })]);
    expect(fresh.map(({ item: { title }, times }) => [title, times])).toEqual([
      [alert, 2],
      [runbook, 1],
    ]);
  });

  it('that is lost may be what is likest, is linked alike, or is all that its owner has new', () => {
    const before = rowsOf([
      { title: 'Alert on replica lag', owner: 'A' },
      { title: runbook, link: `${jira}OPS-7` },
      { title: 'Rotate the log', owner: 'C' },
    ]);
    const after = [
      { title: 'Rate limit for exports', owner: 'A' },
      { title: 'Alert on replica lag in Asia', owner: 'A' },
      { title: 'Tell what to do', link: `${jira}OPS-7`, owner: 'B' },
      { title: 'Throw old files away', owner: 'C' },
    ];
    const { same, perhaps } = matchActions(before, after.map(item));
    expect(same.size).toBe(0);
    expect([...perhaps].map(([aid, one]) => [aid, one.item.title])).toEqual([
      ['0', 'Alert on replica lag in Asia'],
      ['1', 'Tell what to do'],
      ['2', 'Throw old files away'],
    ]);
  });
});
