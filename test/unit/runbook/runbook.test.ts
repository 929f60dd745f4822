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
    expect(markdown).toContain('## Minute by minute: P0');
    expect(markdown.replaceAll(/`[^`]*`/g, '')).not.toMatch(/sev-?\d/i);
  });
});

describe('a team', () => {
  it('has its services, its people and what comes to its channel', () => {
    const slack = { channels: [{ channel: '#payments', audience: 'leadership' }] };
    const section = below(of({ slack, products: [{ name: 'Shop', services: ['Checkout'] }] }), '### Payments');

    expect(section).toContain('Services: checkout. Customers know them as Shop.');
    expect(section).toContain('Leads: <lea@example.com>. Deputies: <dan@example.com>. They get all Sev-1 alerts');
    expect(section).toMatch(/`#payments`. Every postmortem that this team owns .*, as Leadership sees it/);
  });

  it('says what it lacks', () => {
    const section = below(of({ slack: {} }), '### Search');

    expect(section).toContain('Services: none.');
    expect(section).toContain('Leads and deputies: none.');
    expect(section).toContain('Slack: no channel. Nothing is posted for this team.');
  });
});

describe('a stream', () => {
  it('says who joins, who approves, and who may not leave', () => {
    const markdown = of();

    expect(below(markdown, '### Leadership brief')).toMatch(/then <kat@example.com> is asked by mail and approves/);
    expect(below(markdown, '### Leadership brief')).toContain('on the 2nd of the month at 08:00 (`Asia/Tokyo`)');
    expect(below(markdown, '### Sev-1 alerts')).toContain('Join: nobody by themselves.');
    expect(below(markdown, '### Sev-1 alerts')).toContain('Leave: everybody may but leads and deputies (of Payments).');
    expect(below(markdown, '### Engineering digest')).toContain('Leave: everybody may.');
    expect(row(markdown, 'Let somebody join the leadership brief')[1]).toBe('<kat@example.com>');
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
  const distribution = aDistribution(whole);

  const shown = runbook(distribution).replaceAll(/<(?:lea|dan|kat|ops)@example.com>/g, '(address left out)');
  expect(runbook(withoutAddresses(distribution))).toBe(shown);
  expect(shown).not.toMatch(/(lea|dan|kat|ops)@/);
});

it('leads to pages that exist', () => {
  const coded = [...of().matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const pages = coded.filter((code) => /^\/[a-z]/.test(code)).map((page) => page.replace(/^(\/archive)\/.+/, '$1/{audience}'));
  const known: string[] = [...homePaths.map((path) => `${base}${path}`), ...pagePaths];

  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((page) => !known.includes(page))).toEqual([]);
});
