import { describe, expect, it } from 'vitest';
import { runbook, withoutAddresses } from '../../../core/runbook/runbook.ts';
import { base, homePaths } from '../../../lambdas/home/env.ts';
import { pagePaths } from '../../../lambdas/web/env.ts';
import { aDistribution } from '../../support/distribution.ts';

const teams = [
  { name: 'Payments', services: ['checkout'], leads: ['lea@example.com'], deputies: ['dan@example.com'], channels: { slack: '#payments' } },
  { name: 'Search', services: [], channels: {} },
];
const digest = { schedule: { every: 'week', on: 'monday', at: '09:00' }, subscribe: ['engineer'] };
const alerts = { severities: ['sev1'], subscribe: ['leader'] };
const brief = {
  schedule: { every: 'month', on: 2, at: '08:00', zone: 'Asia/Tokyo' },
  subscribe: ['leader'],
  signUp: 'approval',
  owner: 'kat@example.com',
};
const impact = { severities: ['sev1', 'sev2'], schedule: digest.schedule, contact: '#incident-desk', subscribe: ['support', 'sales'] };
const notices = {
  signUp: 'open',
  approvers: ['ruth', 'tom', 'jo'].map((name) => ({ address: `${name}@example.com`, also: [`${name}.x@example.com`] })),
  escalate: ['boss@example.com'],
};
const whole = {
  streams: { 'engineering-digest': digest, 'sev1-alerts': alerts, 'leadership-brief': brief, 'customer-impact': impact },
  operators: { people: ['ops@example.com'] },
  authors: { roles: ['engineer'] },
  teams,
};
type Change = Parameters<typeof aDistribution>[0];
const of = (change: Change = {}) => runbook(aDistribution({ ...whole, ...change }));
/** The cells of the row that begins so. */
const row = (markdown: string, begin: string): string[] =>
  markdown
    .split('\n')
    .find((line) => line.startsWith(`| ${begin}`))
    ?.split('|')
    .slice(1, -1)
    .map((cell) => cell.trim()) ?? [];
/** The lines below a heading, up to the next one. */
const below = (markdown: string, heading: string): string => markdown.split(`\n${heading}\n`)[1]?.split('\n#')[0] ?? '';

describe('the table of severities', () => {
  it('says of each severity what comes when, as the file has it', () => {
    const markdown = of();

    expect(row(markdown, 'What comes').slice(3)).toEqual(['Sev-1', 'Sev-2', 'Sev-3', 'Sev-4', 'Unclassified']);
    expect(row(markdown, '**Engineering digest**').slice(1)).toEqual(['role engineer', 'Engineering', ...Array(5).fill('Monday 09:00')]);
    expect(row(markdown, '**Sev-1 alerts**').slice(1)).toEqual([
      'role leader; leads and deputies of teams',
      'Leadership',
      'at once',
      ...Array(4).fill('no'),
    ]);
    const second = '2nd of the month 08:00, Tokyo time';
    expect(row(markdown, '**Leadership brief**').slice(3)).toEqual([second, second, ...Array(3).fill(`counted, ${second}`)]);
    expect(row(markdown, '**Customer impact**').slice(3)).toEqual([
      ...Array(2).fill('at once, if customers felt it'),
      ...Array(3).fill('no'),
    ]);
  });

  it('has a row for each channel in Slack, and one for those of teams', () => {
    const slack = { channels: [{ channel: '#pms' }, { channel: '#news', audience: 'cross-functional', severities: ['sev2'] }] };
    const markdown = of({ slack });

    expect(row(markdown, '**Slack**, `#pms`').slice(2)).toEqual(['Engineering', ...Array(5).fill('at once')]);
    expect(row(markdown, '**Slack**, `#news`').slice(3)).toEqual(['no', 'at once, if customers felt it', 'no', 'no', 'no']);
    expect(row(markdown, '**Slack**, channels of teams').slice(2)).toEqual(['Engineering', ...Array(5).fill('at once')]);
    expect(of({ slack: { ...slack, teams: false } })).not.toContain('channels of teams |');
  });

  it('uses the organisation’s own names of severities, and no other', () => {
    const names = ['P0', 'P1', 'P2', 'P3'];
    const severities = Object.fromEntries(names.map((label, n) => [`sev${n + 1}`, { label }]));
    const markdown = of({ severities, slack: { channels: [{ channel: '#pms' }] } });

    expect(row(markdown, 'What comes').slice(3)).toEqual([...names, 'Unclassified']);
    expect(row(markdown, 'minute 1')[1]).toMatch(/^P0: P0 alerts to /);
    expect(markdown).toContain('`severity: P1`');
    expect(markdown.replaceAll(/`[^`]*`/g, '')).not.toMatch(/sev-?\d/i);
  });
});

describe('at once', () => {
  it('says of every severity what happens when', () => {
    const markdown = of({ slack: { channels: [{ channel: '#pms' }] } });

    expect(markdown).toContain('| minute 1 | Sev-1: Sev-1 alerts to role leader; leads and deputies of teams, ahead of all other mail. |');
    expect(markdown).toContain('| minute 1 | Sev-1 and Sev-2, if customers felt it: Customer impact to roles support and sales. |');
    expect(row(markdown, 'at a change')[1]).toMatch(/^Readers of Sev-1 alerts and Customer impact get an update /);
    expect(row(markdown, 'at their times')[1]).toMatch(/^Engineering digest, Leadership brief and the summary of Customer impact\./);
  });

  it('says how old a postmortem may be, by what is told where that differs', () => {
    const aged = (withinDays: number) => of({ streams: { ...whole.streams, 'sev1-alerts': { ...alerts, withinDays } }, slack: {} });

    expect(aged(14)).toContain('at most 14 days ago.');
    expect(aged(1)).toContain('at most 1 day (Sev-1 alerts) or 14 days (Customer impact) or 14 days (Slack) ago.');
  });

  it('promises no update of a stream that sends none', () => {
    const quiet = (stream: object) => ({ ...stream, updates: false });
    const markdown = of({ streams: { ...whole.streams, 'sev1-alerts': quiet(alerts), 'customer-impact': quiet(impact) } });

    expect(row(markdown, 'at a change')[1]).toMatch(/^Readers of Sev-1 alerts and Customer impact get no update /);
    expect(markdown).not.toContain('leave with the new text');
    expect(markdown).not.toContain('stands again');
  });
});

describe('what somebody does first', () => {
  it('says who restricts and who pauses, and what an author does if nobody else can', () => {
    const first = below(of(), '## If something wrong went out');

    expect(first).toContain('**One postmortem is wrong**: an operator restricts it on `/home/postmortems`');
    expect(first).toContain('**One mailing is wrong**: an operator pauses it on `/home/editions`');
    expect(first).toContain('**Operators** are <ops@example.com>. If none can be reached, an author publishes');
  });

  it('says that it takes a key where the file names no operators', () => {
    const first = below(of({ operators: undefined }), '## If something wrong went out');

    expect(first).toContain('whoever has a key with the right `send` restricts it: `afterword postmortems restrict');
    expect(first).not.toContain('/home');
  });

  it('warns that a pause of everything also holds the mail to sign in', () => {
    expect(below(of(), '### Pause and resume')).toContain('**Careful**: `urgent` and `--all` hold mailed links to sign in too.');
  });
});

describe('who can read what a mail leaves out', () => {
  const said = 'Everybody on the list of people, these readers too, can still read them in the archive of Engineering.';

  it('says so where everybody may join a stream of engineers', () => {
    expect(of({ streams: { ...whole.streams, 'engineering-digest': { ...digest, signUp: 'organisation' } } })).toContain(said);
  });

  it('says nothing of it where they may not', () => {
    expect(of()).not.toContain(said);
  });
});

describe('a team', () => {
  it('has its services, its people and its channel', () => {
    const slack = { channels: [{ channel: '#payments', audience: 'leadership' }] };

    expect(row(below(of({ slack }), '## Teams'), 'Payments')).toEqual([
      'Payments',
      'checkout',
      '<lea@example.com>',
      '<dan@example.com>',
      '`#payments`, as Leadership sees it',
    ]);
    expect(row(below(of(), '## Teams'), 'Payments').at(-1)).toBe('`#payments`, nothing is posted');
  });

  it('says what it lacks', () => {
    expect(row(below(of({ slack: {} }), '## Teams'), 'Search')).toEqual([
      'Search',
      'none: only what names the team',
      'none',
      'none',
      'none',
    ]);
  });
});

describe('a stream', () => {
  it('says who joins, who approves, and who may not leave', () => {
    const section = below(of(), '## Streams');

    expect(row(section, '**Leadership brief**')[2]).toBe('whom <kat@example.com> approves, with one press in a mail');
    expect(row(section, '**Sev-1 alerts**')[2]).toBe('nobody');
    expect(section).toContain('but leads and deputies keep Sev-1 alerts ([Teams](#teams)).');
    expect(row(of(), 'Let somebody join the leadership brief')[1]).toBe('<kat@example.com>');
  });
});

describe('what is not configured', () => {
  const gaps = (change: Change) => below(of(change), '## What is not configured');

  it.each([
    ['Slack', {}, '**No `slack`**. Nothing is posted'],
    ['posts of teams', { slack: { teams: false } }, '**No posts in channels of teams**'],
    ['a channel', { slack: {} }, '**Teams without a channel**. Search: nothing is posted for them.'],
    ['operators', { operators: undefined }, '**No operators**'],
    ['authors', { authors: undefined }, '**No authors**'],
    ['a lead', {}, '**Teams without a lead or a deputy**. Search: nobody of it has to get Sev-1 alerts.'],
    ['services', {}, '**Teams without services**. Search:'],
    ['teams', { teams: [] }, '**No teams**'],
    ['a team of a service', { products: [{ name: 'Shop', services: ['cart'] }] }, '**Services that no team runs**. cart:'],
    [
      'a stream',
      { streams: { 'sev1-alerts': alerts } },
      '**No stream Customer impact (`customer-impact`)**. Support, sales and marketing:',
    ],
    ['a role', { streams: { 'sev1-alerts': { severities: ['sev1'] } } }, '**No role gets Sev-1 alerts (`sev1-alerts`)**'],
    ['customers', {}, '**Nothing for customers**. No notice is sent'],
  ] as const)('names %s that the file leaves out, and what follows', (_, change, said) => {
    expect(gaps(change)).toContain(said);
  });

  it('leaves support without words where the file has no stream and no channel for them', () => {
    expect(below(of({ streams: { 'sev1-alerts': alerts } }), '## What support may say')).toContain('they are told nothing');
  });
});

it('asks whom the file names, by address', () => {
  const markdown = of({ brand: { replyTo: 'desk@example.com' } });

  expect(row(markdown, 'what customers may be told')[1]).toBe('whom the postmortem names, else `#incident-desk`');
  expect(row(markdown, 'a mail that must stop')[1]).toBe('<ops@example.com>');
  expect(row(markdown, 'anything else')[1]).toBe('<desk@example.com> gets it');
});

it('says the same of a file without addresses, and names nobody', () => {
  const distribution = aDistribution({ ...whole, streams: { ...whole.streams, 'customer-notices': notices } });

  const shown = runbook(distribution).replaceAll(/<(?:lea|dan|kat|ops|ruth|tom|jo|boss)@example.com>/g, '(address left out)');
  expect(runbook(withoutAddresses(distribution))).toBe(shown);
  expect(shown).not.toMatch(/(lea|dan|kat|ops|ruth|tom|jo|boss)@/);
  expect(JSON.stringify(withoutAddresses(distribution))).not.toMatch(/(ruth|tom|jo|boss)[.\w]*@/);
});

it('leads to pages that exist', () => {
  const coded = [...of().matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const pages = coded.filter((code) => /^\/[a-z]/.test(code)).map((page) => page.replace(/^(\/archive)\/.+/, '$1/{audience}'));
  const known: string[] = [...homePaths.map((path) => `${base}${path}`), ...pagePaths];

  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((page) => !known.includes(page))).toEqual([]);
});

describe('what people are reminded of', () => {
  const heading = '## What people are reminded of';

  it('says when each thing is asked and of whom, by the steps that reminders go by', () => {
    const reviews = {
      reviewers: [{ address: 'vp@example.com', as: 'VP Engineering' }],
      escalateTo: [{ address: 'cto@example.com', as: 'CTO' }],
    };
    const markdown = of({ reminders: { at: '08:15' }, reviews, actions: { dueAfter: { sev1: 15, sev3: 60 } } });

    expect(below(markdown, heading)).toContain('On each working day at 08:15 ');
    expect(row(markdown, 'An action item').slice(1)).toEqual([
      '3 days before its day, on that day, 5 and 10 days after, then every 30 calendar days',
      'its owner; from 10 days after its day on the leads of its team too',
    ]);
    expect(row(markdown, 'A review ')[2]).toBe('reviewers; from 5 days late on CTO too');
    expect(below(markdown, heading)).toContain('so many calendar days after it was promised: 15 (Sev-1) and 60 (Sev-3).');
    expect(below(markdown, heading)).toContain('`afterword reminders run --yes`');
  });

  it('says nothing of reviews where there are none, and that nobody is asked without reminders', () => {
    expect(below(of({ reminders: { at: '08:00' } }), heading)).not.toMatch(/review|without a day/i);
    expect(below(of(), heading)).toContain('Nothing: the file has no `reminders`');
  });
});

describe('what customers read', () => {
  const heading = '## What customers read';
  const withNotices = (more: object = {}) => of({ streams: { ...whole.streams, 'customer-notices': { ...notices, ...more } } });

  it('says who lets it go, how long it is held and who takes it back', () => {
    const markdown = withNotices({ holdMinutes: 30 });

    expect(below(markdown, heading)).toContain(
      'Approvers: <ruth@example.com>, <tom@example.com> and <jo@example.com>. It takes 2 of them, ',
    );
    expect(below(markdown, heading)).toContain('It leaves 30 minutes after the last approval.');
    expect(below(markdown, heading)).toContain(
      'after 4 hours, a day and 3 days; after 3 days <boss@example.com> is told as well. After 7 days',
    );
    expect(row(markdown, 'Let a text go')[1]).toBe(
      '<ruth@example.com>, <tom@example.com> and <jo@example.com>: 2 of them, and never who wrote it',
    );
    expect(row(markdown, 'Stop one in time')[1]).toBe('any one approver');
    expect(below(withNotices({ approvals: 3 }), heading)).toContain('It takes all of them, ');
    expect(below(withNotices({ approvals: 1, escalate: [] }), heading)).toContain('It takes one of them, ');
  });

  it('says first how something wrong is withdrawn, and that restricting does not do it', () => {
    expect(below(withNotices(), '## If something wrong went out')).toContain('any one approver withdraws it');
    expect(below(of(), '## If something wrong went out')).not.toContain('approver');
  });

  it('is nothing without approvers, and then support tells them', () => {
    expect(below(of(), heading)).toContain('Nothing: the file names no approvers.');
    expect(of()).toContain('**Nothing for customers**');
    expect(of()).toContain('Customers themselves get nothing from Afterword.');
    expect(withNotices()).not.toMatch(/Nothing for customers|get nothing from Afterword/);
  });
});
