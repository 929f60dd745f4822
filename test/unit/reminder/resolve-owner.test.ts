import { describe, expect, it } from 'vitest';
import { readActionRow } from '../../../core/action/action.ts';
import { type Colleague, directoryOf } from '../../../core/reminder/directory.ts';
import {
  isHopeless,
  nobodyToAsk,
  type OwnedAction,
  ownedBy,
  type ResolvedOwner,
  resolveOwner,
} from '../../../core/reminder/resolve-owner.ts';
import { readerHash } from '../../../core/subscriber/subscriber-id.ts';
import { aSid } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const distribution = aDistribution({
  teams: [
    { name: 'Payments', services: ['checkout'], leads: ['grace@example.com'], deputies: ['rosa.lind@example.com'] },
    { name: 'Platform', leads: ['tova@example.com', 'nobody.yet@example.com'] },
    { name: 'Data Platform', leads: ['gone.lead@example.com'], deputies: ['bram@example.com'] },
    { name: 'Équipe Réseau', leads: ['maelys.giraudon@example.com'] },
    { name: 'SRE', leads: ['tova@example.com'] },
    { name: 'Search', leads: [] },
    { name: 'Sol', leads: ['grace@example.com'] },
    { name: 'Trust & Safety', leads: ['rosa.lind@example.com'] },
  ],
});

interface Known extends Partial<Omit<Colleague, 'sid' | 'address'>> {
  readonly id?: string;
}
const known: Readonly<Record<string, Known>> = {
  'grace@example.com': { name: 'Grace Adeyemi', team: 'Payments' },
  'rosa.lind@example.com': { name: 'Rosa Lind', team: 'Payments', handles: ['rosa'] },
  'tova@example.com': { name: 'Tova Eriksen', team: 'Platform' },
  'bram@example.com': { name: 'Bram Oduya', team: 'Data Platform' },
  'gone.lead@example.com': { name: 'Kaya Demir', team: 'Data Platform', isSuspended: true },
  'maelys.giraudon@example.com': { name: 'Maëlys Giraudon', team: 'Réseau' },
  'priya.rao@example.com': { name: 'Priya Rao', team: 'Platform', handles: ['priya'] },
  'priya.menon@example.com': { name: 'Priya Menon', team: 'Payments' },
  'kpatel@example.com': { name: 'Kiran Patel', team: 'Platform' },
  'jsmith@example.com': { name: 'Jane Smith', team: 'Platform' },
  'john.smith@example.com': { name: 'John Smith', team: 'Payments' },
  'jo@example.com': { name: 'Jo Ahn', team: 'Platform', handles: ['jo'] },
  'ann@example.com': { name: 'Ann Iyer', team: 'Platform', handles: ['ann'] },
  'yui.1@example.com': { name: 'Yui Tanabe', team: 'Payments' },
  'yui.2@example.com': { name: 'Yui Tanabe', team: 'Platform' },
  'rafe.old@example.com': { name: 'Rafe Osei', team: 'Platform', isSuspended: true },
  'rafe.new@example.com': { name: 'Rafe Osei', team: 'platform' },
  'lea.left@example.com': { name: 'Léa Marin', team: 'Payments', isSuspended: true },
  'lea.came@example.com': { name: 'Léa Marin', team: 'Platform' },
  'wren@example.com': { name: 'Wren Falk', team: 'Search', isSuspended: true },
  'dana@example.com': { name: 'Dana Whitlock', team: 'Search', isSuppressed: true },
  'ono@example.com': { name: '大野 悠', team: 'Platform', handles: ['大野'] },
  'doc@example.com': { name: 'Emmett Brown', team: 'Platform', handles: ['DocBrown', 'ebrown-gh'] },
  'sun@example.com': { name: 'Sun', team: 'Platform' },
  'sun.hee@example.com': { name: 'Sun Hee Park', team: 'Platform' },
  'sol@example.com': { name: 'Sol', team: 'Platform' },
  'elif@example.com': { name: 'Elif Yıldız', team: 'Platform' },
};
const staff = Object.entries(known).map(
  ([address, rest], n): Colleague => ({ sid: aSid(n), address, handles: [], isSuspended: false, isSuppressed: false, ...rest }),
);
const directory = directoryOf(staff);

/** Addresses without their domain, or why there are none. */
function answer(owned: OwnedAction): string {
  const found = resolveOwner(owned, distribution, directory);
  if (found.kind === 'unresolved') return `? ${found.why}`;
  const people = found.people.map((sid) => directory.staff.get(sid)?.address.split('@')[0]).toSorted();
  return `${found.as === 'lead' ? `leads of ${found.team}: ` : ''}${people.join(' ')}`;
}

/** How owners are written in postmortems, and who is meant. `?`: nobody can know. */
const written: readonly (readonly [string, string])[] = [
  // Whole names.
  ['Grace Adeyemi', 'grace'],
  ['  grace   ADEYEMI ', 'grace'],
  ['Maëlys Giraudon', 'maelys.giraudon'],
  ['Mae\u0308lys Giraudon', 'maelys.giraudon'],
  ['Grace Adeyemi (Payments)', 'grace'],
  ['@Grace Adeyemi', 'grace'],
  ['大野 悠', 'ono'],
  ['Maelys Giraudon', '? nobody'],
  ['Yui Tanabe', '? several'],
  ['Grace Adeyemi-Lund', '? nobody'],
  ['Adeyemi, Grace', '? nobody'],
  ['Olu Bankole', '? nobody'],
  // Parts of names.
  ['Grace', '? nobody'],
  ['Priya', '? nobody'],
  ['Adeyemi', '? nobody'],
  ['K. Patel', '? nobody'],
  ['G. Ostrowe', '? nobody'],
  ['Hr. Tran', '? nobody'],
  ['GA', '? nobody'],
  ['Sun', '? several'],
  ['田中', '? nobody'],
  // Addresses.
  ['rosa.lind@example.com', 'rosa.lind'],
  ['Rosa <Rosa.Lind@Example.com>', 'rosa.lind'],
  ['[Rosa](mailto:rosa.lind@example.com)', 'rosa.lind'],
  ['rosa.lind@example.com, grace@example.com', 'grace rosa.lind'],
  ['rosa.lind@example.com (primary), t.osei@example.com', '? nobody'],
  ['rosa.lind@elsewhere.com', '? nobody'],
  ['payments@example.com', '? nobody'],
  // Handles.
  ['@rosa', 'rosa.lind'],
  ['rosa', 'rosa.lind'],
  ['@priya', 'priya.rao'],
  ['priya', '? several'],
  ['kpatel', 'kpatel'],
  ['priya.menon', 'priya.menon'],
  ['jsmith', '? several'],
  ['@jsmith', '? several'],
  ['docbrown', 'doc'],
  ['DocBrown', 'doc'],
  ['@ebrown-gh', 'doc'],
  ['大野', 'ono'],
  ['oskar', '? nobody'],
  ['agoogler-no-more', '? nobody'],
  ['ord-oncall', '? nobody'],
  // Teams.
  ['Payments', 'leads of Payments: grace'],
  ['payments', 'leads of Payments: grace'],
  ['@payments', 'leads of Payments: grace'],
  ['Payments team', 'leads of Payments: grace'],
  ['the Payments team', 'leads of Payments: grace'],
  ['Team Platform', 'leads of Platform: tova'],
  ['platform-team', 'leads of Platform: tova'],
  ['data-platform', 'leads of Data Platform: bram'],
  ['Réseau', 'leads of Équipe Réseau: maelys.giraudon'],
  ['SRE team', 'leads of SRE: tova'],
  ['Trust & Safety', 'leads of Trust & Safety: rosa.lind'],
  ['Search', '? no lead'],
  ['Sol', '? several'],
  ['the platform folks', '? nobody'],
  ['Platform Security', '? nobody'],
  ['Plattform', '? nobody'],
  ['Payments/Platform', '? nobody'],
  ['Payments and SRE', '? nobody'],
  ['IT-Leitung', '? nobody'],
  ['on-call engineer', '? nobody'],
  ['checkout', '? nobody'],
  // Several people.
  ['Jo and Ann', '? nobody'],
  ['Jo, Ann', '? nobody'],
  ['Jo & Ann', '? nobody'],
  ['jo, ann', 'ann jo'],
  ['@jo @ann', '? nobody'],
  ['Jo Ahn and Ann Iyer', 'ann jo'],
  ['Jo Ahn, somebody else', '? nobody'],
  ['Jo Ahn, Yui Tanabe', '? several'],
  ['Grace Adeyemi, Payments', '? nobody'],
  // People who left, or whose mailbox takes no mail.
  ['Wren Falk', '? no lead'],
  ['wren@example.com', '? no lead'],
  ['Dana Whitlock', '? no lead'],
  ['Rafe Osei', 'rafe.new'],
  ['Léa Marin', '? several'],
  ['Kaya Demir', 'leads of Data Platform: bram'],
  ['Wren Falk, Grace Adeyemi', 'grace'],
  // Nobody.
  ['', '? no owner'],
  ['TBD', '? no owner'],
  ['n/a', '? no owner'],
  ['—', '? no owner'],
  ['Unassigned', '? no owner'],
  ['[Owner]', '? no owner'],
  ['<name>', '? no owner'],
  ['everyone', '? nobody'],
  ['me', '? nobody'],
];

it.each(written)('%s: %s', (owner, expected) => {
  expect(answer({ owner })).toBe(expected);
});

/** What else is known of an action, when its owner does not tell enough. */
const beside: readonly (readonly [string, OwnedAction, string])[] = [
  ['an address that a program sent wins', { owner: 'Grace', assigneeHash: hashOf('rosa.lind'), team: 'Platform' }, 'rosa.lind'],
  ['an address of nobody does not', { owner: 'Grace Adeyemi', assigneeHash: hashOf('nobody') }, 'grace'],
  ['the team of the action stands in for a first name', { owner: 'Jo', team: 'Platform' }, 'leads of Platform: tova'],
  ['and for two people of one name', { owner: 'Yui Tanabe', team: 'payments' }, 'leads of Payments: grace'],
  ['and where nobody is named', { team: 'Platform', owningTeam: 'Payments' }, 'leads of Platform: tova'],
  ['the owning team does where nobody is named at all', { owner: 'TBD', owningTeam: 'Payments' }, 'leads of Payments: grace'],
  ['but not for a name that nobody has', { owner: 'the platform folks', owningTeam: 'Payments' }, '? nobody'],
  ['nor for a team that the file does not list', { team: 'Facilities', owningTeam: 'Payments' }, '? no owner'],
  ['nor for a team without leads', { owner: 'Search', team: 'Platform', owningTeam: 'Payments' }, '? no lead'],
  ['leads of their own team stand in for somebody who left', { owner: 'Kaya Demir', team: 'Payments' }, 'leads of Data Platform: bram'],
  ['then leads of the action', { owner: 'Wren Falk', team: 'Payments' }, 'leads of Payments: grace'],
];
it.each(beside)('%s', (_, owned, expected) => {
  expect(answer(owned)).toBe(expected);
});

function hashOf(name: string): string | undefined {
  return readerHash(`${name}@example.com`);
}

it('tells what was written, for those who have to find out', () => {
  expect(resolveOwner({ owner: ' the  platform folks ' }, distribution, directory)).toMatchObject({ owner: 'the platform folks' });
  expect(resolveOwner({ owner: '?', owningTeam: 'Search' }, distribution, directory)).toMatchObject({ owner: 'Search', why: 'no lead' });
});

describe('an action that was handed over', () => {
  const at = '2026-11-20T08:00:00Z';
  const row = (change: object) =>
    readActionRow({
      ...{ postmortem: 'pm-1', postmortemTitle: 'Out of disk', aid: 'title#1', promisedAt: '2026-11-02T10:00:00Z' },
      ...{ reportedAt: '2026-11-02T10:00:00Z', owningTeam: 'Search' },
      ...{ reported: { title: 'Lower the limit', owner: 'Rosa Lind', team: 'Platform', status: 'open' }, ...change },
    });
  const handed = { at, by: aSid(1), kind: 'handed over', to: 'Payments' };
  const now = new Date('2026-11-21T08:00:00Z');
  const answered = (change: object) => answer(ownedBy(row(change), now));

  it('belongs to the team that it was handed to', () => {
    expect(answered({})).toBe('rosa.lind');
    expect(answered({ events: [handed] })).toBe('leads of Payments: grace');
  });

  it('has nothing to do with the team that the document names any more', () => {
    expect(answered({ events: [{ ...handed, to: 'the platform folks' }] })).toBe('? nobody');
  });

  it('belongs to whom a later revision names', () => {
    expect(answered({ events: [handed], ownerReportedAt: '2026-11-20T09:00:00Z' })).toBe('rosa.lind');
  });
});

it('gives the same answer in whatever order people come', () => {
  const turned = directoryOf(staff.toReversed());
  const all = (some: typeof directory): ResolvedOwner[] => written.map(([owner]) => resolveOwner({ owner }, distribution, some));
  expect(all(turned)).toEqual(all(directory));
});

describe('an owner who is hopeless', () => {
  const isHopelessFor = (owner: string, team?: string) => isHopeless({ owner, team }, distribution);

  it.each([
    'Jo',
    'K. Patel',
    'GA',
    'Hr. T',
    'the platform folks',
    'Jo and Ann',
    'Jo Ahn, Ann',
    'everyone',
    'on-call engineer',
    'Plattform',
  ])('is found by nobody, whoever the people are: %s', (owner) => {
    expect(isHopelessFor(owner)).toBe(true);
  });

  it.each([
    'Grace Adeyemi',
    'Jo Ahn and Ann Iyer',
    '@Grace',
    'kpatel',
    'DocBrown',
    'jo, ann',
    'Payments',
    'the SRE team',
    'ada@example.com',
    '大野',
    '',
    'TBD',
  ])('may be found: %s', (owner) => {
    expect(isHopelessFor(owner)).toBe(false);
  });

  it('is one at an address elsewhere, and is none where a team stands in', () => {
    expect(isHopelessFor('ada@elsewhere.com')).toBe(true);
    expect(isHopelessFor('Jo', 'Payments')).toBe(false);
    expect(isHopelessFor('Jo', 'Facilities')).toBe(true);
  });

  it('is unresolved, whoever is asked', () => {
    const hopeless = written.filter(([owner]) => isHopelessFor(owner));
    expect(hopeless.length).toBeGreaterThan(15);
    expect(hopeless.filter(([, expected]) => !expected.startsWith('?'))).toEqual([]);
  });
});

describe('nobody to ask', () => {
  const aTeam = (name: string, deputies?: string[]) => ({ name, services: [], channels: {}, ...(deputies && { deputies }) });
  const file = { ...distribution, reminders: { at: '08:00' }, teams: [aTeam('Payments', ['pia@example.com']), aTeam('Network')] };

  it.each([
    [{ owner: 'the Network team' }, { why: 'no lead', team: 'Network' }],
    [
      { owner: 'TBD', team: 'Network' },
      { why: 'no lead', team: 'Network' },
    ],
    [{ owningTeam: 'Network' }, { why: 'no lead', team: 'Network' }],
    [{ owner: 'TBD' }, { why: 'no owner' }],
    [{ owner: 'Jo' }, { why: 'nobody', owner: 'Jo' }],
    [{ owner: 'Payments' }, undefined],
    [{ owner: 'Jo', team: 'Payments' }, undefined],
    [{ owner: 'Network', assigneeHash: 'h' }, undefined],
    [{ owner: 'Grace Adeyemi', owningTeam: 'Network' }, undefined],
  ])('is known by the file alone: %j', (owned, expected) => {
    expect(nobodyToAsk(owned, file)).toEqual(expected);
  });

  it('is so for all where nobody is reminded', () => {
    expect(nobodyToAsk({ owner: 'Payments' }, { ...file, reminders: undefined })).toEqual({ why: 'no reminders' });
  });
});
