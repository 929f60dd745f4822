import { describe, expect, it } from 'vitest';
import { matchTickets } from '../../bin/cli/actions/match-tracker.ts';
import { readTracker, type TrackerState } from '../../bin/cli/actions/read-tracker.ts';
import type { ShownAction } from '../../core/operator/actions-api.ts';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const read = (text: string, words: [string, TrackerState][] = []) => {
  const { tickets, bad, tracker } = readTracker(text, new Map(words));
  return { bad, tracker, states: tickets.map(({ line, key, link, state }) => [line, key ?? link, state]) };
};

describe('what a tracker exports', () => {
  it('is read as Jira writes it, with labels in several columns and lines within a cell', () => {
    const { states, bad, tracker } = read(
      '\ufeffSummary,Issue key,Issue id,Issue Type,Status,Project key,Resolution,Resolved,Labels,Labels,Description,Status Category\r\n' +
        '"Lower, the limit",OPS-7,10001,Task,In Progress,OPS,,,a,b,"One\r\n\r\ntwo ""lines""",In Progress\r\n' +
        "Raise it,OPS-8,10002,Task,Closed,OPS,Won't Do,14/Jul/25 3:42 PM,,,,Done\r\n" +
        'Ship it,OPS-9,10003,Task,Accepted by QA,OPS,Done,14/Jul/25 3:42 PM,,,,Done\r\n',
    );
    expect({ states, bad, tracker }).toEqual({
      states: [
        [2, 'OPS-7', 'in-progress'],
        [5, 'OPS-8', 'declined'],
        [6, 'OPS-9', 'done'],
      ],
      ...{ bad: [], tracker: 'Jira' },
    });
  });

  it('is read as Linear writes it, by its dates where a status is made up', () => {
    const date = 'Wed Jul 01 2026 12:10:54 GMT+0000 (GMT+00:00)';
    const { states, tracker } = read(
      '"ID","Team","Title","Status","Started","Triaged","Completed","Canceled","Archived","Parent issue"\n' +
        `"ENG-1","ENG","A","QA Check","${date}","","","","",""\n` +
        `"ENG-2","ENG","B","Shipped to all","${date}","","${date}","","",""\n` +
        `"ENG-3","ENG","C","Duplicate","","","","${date}","","ENG-1"\n` +
        '"ENG-4","ENG","D","Todo","","","","","",""\n',
    );
    expect({ states: states.map(([, key, state]) => [key, state]), tracker }).toEqual({
      states: [
        ['ENG-1', 'in-progress'],
        ['ENG-2', 'done'],
        ['ENG-3', 'declined'],
        ['ENG-4', 'open'],
      ],
      tracker: 'Linear',
    });
  });

  it('is read as GitHub writes it: a project with tabs, or the command line’s states', () => {
    const url = 'https://github.com/acme/shop/issues/7';
    expect(read(`Title\tURL\tAssignees\tStatus\tLabels\nFix "it"\t${url}\tada\tIn Progress\t\nA draft\t\t\tTodo\t\n`)).toEqual({
      ...{ states: [[2, url, 'in-progress']], bad: [], tracker: 'GitHub' },
    });
    expect(read(`number,title,state,stateReason,url\n7,Fix,CLOSED,NOT_PLANNED,${url}\n8,Go,CLOSED,COMPLETED,${url}0\n`).states).toEqual([
      [2, url, 'declined'],
      [3, `${url}0`, 'done'],
    ]);
  });

  it('is refused by line, column and remedy', () => {
    expect(read('Issue key;Status\nOPS-1;Parked\nOPS-2;\nOPS-3;Done\n')).toMatchObject({
      states: [[4, 'OPS-3', 'done']],
      bad: [
        { line: 2, field: 'status', problem: '“Parked” is not known', remedy: 'Say what it means: --status "Parked=in-progress"' },
        { line: 3, field: 'status', problem: 'is empty' },
      ],
    });
    expect(read('Issue key,Status\nOPS-1,On-Parked\n', [['on parked', 'declined']]).states).toEqual([[2, 'OPS-1', 'declined']]);
    expect(read('Summary,Status\nA,Done\n').bad).toMatchObject([{ problem: 'has no column with keys or links' }]);
    expect(read('Key,Summary\nA-1,Done\n').bad).toMatchObject([{ problem: 'has no column with states' }]);
    expect(read('Key,Issue key,Status\nA-1,A-2,Done\n').bad).toMatchObject([
      { field: 'key', problem: expect.stringContaining('more than once') },
    ]);
    expect(read('Key,Status\n"A-1,Done\n').bad).toMatchObject([{ problem: 'cannot be read as CSV' }]);
    expect(read('').bad).toHaveLength(1);
  });
});

const anAction = (n: number, change: Partial<ShownAction> = {}): ShownAction => ({
  ...{ id: `pool/${String(n).padStart(12, '0')}`, title: `Action ${n}`, state: 'open', status: 'open', promisedAt: '2026-11-10T08:00:00Z' },
  ...{ postmortem: 'pool', postmortemTitle: 'Pool', severity: 'sev1', services: [], ...change },
});
const aTicket = (key: string | undefined, more: object = {}) => ({
  line: 2,
  title: '',
  state: 'done' as const,
  ...(key && { key }),
  ...more,
});
const matched = (...sides: Parameters<typeof matchTickets>) => {
  const { pairs, unknown, ambiguous } = matchTickets(...sides);
  return {
    pairs: pairs.map(({ ticket, action }) => [ticket.key ?? ticket.link, action.title]),
    unknown: unknown.length,
    ambiguous: ambiguous.length,
  };
};
const jira = (key: string) => ({ link: `https://acme.atlassian.net/browse/${key}` });

describe('a ticket belongs to the action', () => {
  it.each<[string, object, object]>([
    ['with its link', { link: 'https://github.com/acme/shop/issues/7/#c1' }, { link: 'https://GitHub.com/acme/shop/issues/7' }],
    ['whose link has its key', { key: 'OPS-7' }, jira('OPS-7')],
    ['whose link has its key before words', { key: 'OPS-7' }, { link: 'https://linear.app/acme/issue/OPS-7/lower-the-limit' }],
    ['whose id is its key', { key: 'OPS-7' }, { key: 'ops-7' }],
    ['whose title begins with its key', { key: 'OPS-7' }, { title: '[OPS-7] Lower it' }],
    ['whose title ends with its key', { key: 'OPS-7' }, { title: 'Lower it (OPS-7)' }],
  ])('%s', (_, ticket, action) => {
    expect(matched([aTicket(undefined, ticket)], [anAction(1, action), anAction(2)])).toMatchObject({
      pairs: [[expect.anything(), anAction(1, action).title]],
      unknown: 0,
      ambiguous: 0,
    });
  });

  it.each<[string, object, object]>([
    ['only named within its title', { key: 'OPS-7' }, { title: 'Do what OPS-7 left open' }],
    ['that is another one of the same tracker', { key: 'OPS-7' }, jira('OPS-70')],
    ['in another tracker with the same key', { key: 'OPS-7', link: 'https://linear.app/acme/issue/OPS-7/x' }, jira('OPS-7')],
    ['whose link wins over its title', { key: 'OPS-7' }, { title: 'OPS-7: Lower it', ...jira('OPS-8') }],
    ['that a revision lost', { key: 'OPS-7' }, { state: 'withdrawn', ...jira('OPS-7') }],
    ['with the same title', { key: 'OPS-7', title: 'Action 1' }, {}],
  ])('and to none %s', (_, ticket, action) => {
    expect(matched([aTicket(undefined, ticket)], [anAction(1, action)])).toEqual({ pairs: [], unknown: 1, ambiguous: 0 });
  });

  it('and to none of several, nor does an action of which several tickets say something', () => {
    expect(matched([aTicket('OPS-7')], [anAction(1, jira('OPS-7')), anAction(2, jira('OPS-7'))])).toMatchObject({
      pairs: [],
      ambiguous: 1,
    });
    const two = [aTicket('OPS-7'), aTicket(undefined, { ...jira('OPS-7'), state: 'open' })];
    expect(matched(two, [anAction(1, jira('OPS-7'))])).toMatchObject({ pairs: [], ambiguous: 1 });
    expect(matched([aTicket('OPS-7'), aTicket('OPS-7', { line: 9 })], [anAction(1, jira('OPS-7'))])).toMatchObject({
      pairs: [['OPS-7', 'Action 1']],
    });
    const overlapping = [aTicket('OPS-7'), aTicket('OPS-8')];
    const shared = [anAction(1, { title: 'OPS-8: Go', key: 'OPS-7' }), anAction(2, { key: 'OPS-8' }), anAction(3, { key: 'OPS-8' })];
    expect(matched(overlapping, shared)).toMatchObject({ pairs: [['OPS-7', 'OPS-8: Go']], ambiguous: 1 });
  });
});

it('imports what differs by postmortem, lists the rest, and only looks with --dry-run', async () => {
  const actions = [
    anAction(1, jira('OPS-1')),
    anAction(2, jira('OPS-2')),
    anAction(3, { ...jira('OPS-3'), status: 'done', state: 'kept' }),
  ];
  await using api = await fakeApi(({ method, body }) => {
    if (method === 'GET') return { status: 200, body: { actions, notLookedAt: [] } };
    const { events } = JSON.parse(body);
    const outcomes = { open: { outcome: 'refused', why: 'kept' }, done: { outcome: 'stored' } };
    return {
      status: 200,
      body: {
        warnings: [],
        actions: events.map(({ action, status }: { action: string; status: 'open' }) => ({ id: `pool/${action}`, ...outcomes[status] })),
      },
    };
  });
  await using folder = await aFolder({
    'jira.csv': 'Issue key,Status,Summary\nOPS-1,Done,A\nOPS-3,To Do,C\nOPS-9,Done,=cmd()\nOPS-4,Parked,D\n',
  });
  const file = `${folder.path}/jira.csv`;
  const run = (...args: string[]) => afterword(['actions', 'import', file, ...args, '--api', api.url]);
  const { stdout, code } = await run('--dry-run');
  expect(code).toBe(1);
  expect(stdout.split('\n')).toEqual([
    `${file}:5: status: “Parked” is not known — Say what it means: --status "Parked=in-progress"`,
    'TICKET  CHANGES      ACTION',
    'OPS-1   open → done  pool/000000000001  Action 1',
    '',
    '1 ticket differs, and the actions stay as they are:',
    '  OPS-3 is open, pool/000000000003 “Action 3” is done. The tracker says that it is open, but its document or a person closed it here. Reopen it if that is wrong.',
    '',
    '1 row belongs to no action:',
    '  OPS-9, line 4',
    '',
    '1 action would change, by Jira; 0 as the tracker says already; 1 row refused',
    'Nothing was changed: this was a dry run.',
    '',
  ]);
  expect(api.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /operator/actions?limit=1000',
    'POST /operator/actions/pool/events?dryRun=true',
  ]);
  expect((await run('--status', 'Parked=declined')).code).toBe(0);
  expect(api.received.at(-1)).toMatchObject({ path: '/operator/actions/pool/events' });
  expect((await run('--status', 'Parked')).code).toBe(2);
  expect((await afterword(['actions', 'import', `${folder.path}/none.csv`, '--api', api.url])).stderr).toContain('Cannot read the file');
});
