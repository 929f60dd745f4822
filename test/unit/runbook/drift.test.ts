import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { type DriftFacts, driftOf, type NamedUnheard } from '../../../core/runbook/drift.ts';
import { type Finding, grouped, mostFindings, StoredDrift, storable } from '../../../core/runbook/finding.ts';
import type { SlackChannel, SlackPostRow } from '../../../core/slack/slack-post.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aChannel, aPostRow, quietFacts, wellKept } from '../../support/drift.ts';

type Parts = Partial<Record<keyof Distribution, unknown>>;
const drift = (facts: Partial<DriftFacts> = {}, parts: Parts = {}) => driftOf(aDistribution({ ...wellKept, ...parts }), quietFacts(facts));
const told = ({ kind, urgency, what }: Finding) => [kind, urgency, what];

const slack = (change: Partial<NonNullable<DriftFacts['slack']>> = {}) => ({
  slack: { list: quietFacts().slack?.list, unsettled: [], isWhole: true, ...change },
});
const channels = (...list: SlackChannel[]) => slack({ list: { at: '2026-11-30T07:59:00Z', channels: list } });
const posts = (...unsettled: SlackPostRow[]) => slack({ unsettled });
const unheard = (change: Partial<NamedUnheard> = {}): NamedUnheard => ({
  named: 'lead',
  post: 'a lead of Payments',
  state: 'suspended',
  address: 'ada@example.com',
  subscriber: 'a'.repeat(32),
  ...change,
});
const readers = (...streams: string[]) => ({ readers: { streams: new Set(streams), isWhole: true, people: 200 } });
const payments = aChannel('payments');
const incidents = aChannel('incident-pms');
const longAgo = '2026-11-01T08:00:00Z';

it('finds nothing where nothing differs', () => {
  expect(drift()).toEqual({ at: '2026-11-30T08:00:00Z', findings: [], more: 0, notLookedAt: [] });
});

describe('one thing that differs is one finding', () => {
  it.each<[string, Partial<DriftFacts>, Parts, string, string]>([
    [
      'channel-gone',
      channels(incidents),
      {},
      'now',
      '#payments (team Payments) is not in Slack, or is a private channel that Afterword has not joined',
    ],
    [
      'channel-gone',
      {},
      { slack: { channels: [{ channel: 'C0999999999' }] } },
      'now',
      'C0999999999 (slack.channels) is not in Slack, or is a private channel that Afterword has not joined',
    ],
    ['channel-archived', channels(incidents, { ...payments, isArchived: true }), {}, 'now', '#payments (team Payments) is archived'],
    [
      'channel-not-joined',
      channels({ ...incidents, isMember: false }, payments),
      {},
      'now',
      '#incident-pms (slack.channels) is a channel that Afterword has not joined',
    ],
    [
      'channel-shared',
      channels(incidents, { ...payments, isShared: true }),
      {},
      'now',
      '#payments (team Payments) is shared with another company',
    ],
    [
      'channel-empty',
      channels(incidents, { ...payments, members: 1 }),
      {},
      'soon',
      '#payments (team Payments) is empty: Slack counts 1 member, Afterword included',
    ],
    [
      'channel-empty',
      channels(incidents, { ...payments, members: 0 }),
      {},
      'soon',
      '#payments (team Payments) is empty: Slack counts no member, Afterword included',
    ],
    [
      'posts-refused',
      posts(aPostRow({ state: 'refused', code: 'is_archived', hash: 'h', since: longAgo })),
      {},
      'now',
      '1 post in #payments was refused by Slack (is_archived)',
    ],
    [
      'posts-unconfirmed',
      posts(aPostRow({ state: 'unconfirmed', since: longAgo }), aPostRow({ state: 'unconfirmed', since: longAgo }, { postmortem: 'pm-2' })),
      {},
      'now',
      '2 posts in #payments could not be confirmed',
    ],
    [
      'posts-not-edited',
      posts(
        aPostRow({
          state: 'posted',
          ts: '1',
          shown: { revision: 1, view: 'full', hash: 'h' },
          refused: { code: 'edit_window_closed', hash: 'g', since: longAgo },
        }),
      ),
      {},
      'now',
      '1 post in #payments could not be edited (edit_window_closed)',
    ],
    ['posts-lost', posts(aPostRow({ state: 'lost', since: longAgo })), {}, 'later', '1 post in #payments was deleted by somebody'],
    [
      'posts-in-doubt',
      posts(
        aPostRow({ state: 'doubtful', since: '2026-11-30T06:59:59Z', attempt: 1, looks: 2, lookAt: longAgo }, { channel: 'C0UNKNOWN00' }),
      ),
      {},
      'now',
      '1 post in C0UNKNOWN00 has been in doubt for more than an hour',
    ],
    ['stream-without-readers', readers('sev1-alerts'), {}, 'soon', 'Nobody gets the engineering digest'],
    ['named-suspended', { unheard: [unheard()] }, {}, 'now', 'A lead of Payments is suspended'],
    [
      'named-suppressed',
      { unheard: [unheard({ named: 'deputy', post: 'a deputy for Payments', state: 'suppressed' })] },
      {},
      'soon',
      'A deputy for Payments is suppressed after a bounce or a complaint',
    ],
    [
      'named-unknown',
      { unheard: [unheard({ named: 'approver', post: 'the owner of the digest', state: 'unknown', subscriber: undefined })] },
      {},
      'now',
      'The owner of the digest is not on the list of people',
    ],
    [
      'named-unknown',
      { unheard: [unheard({ named: 'owner', post: 'the owner of the digest', state: 'unknown', subscriber: undefined })] },
      {},
      'later',
      'The owner of the digest is not on the list of people',
    ],
    [
      'named-unconfirmed',
      { unheard: [unheard({ named: 'operator', post: 'an operator', state: 'unconfirmed' })] },
      {},
      'soon',
      'An operator has not confirmed their address',
    ],
    ['team-without-services', {}, { teams: [...wellKept.teams, { name: 'Data' }] }, 'later', 'Team Data has no services'],
    [
      'catalogue-team-without-people',
      { catalog: { running: new Set(['data', 'gone']), dissolved: ['gone'], isWhole: true } },
      {},
      'soon',
      'Nobody on the list of people is in gone, who run services by the service catalogue',
    ],
    [
      'service-without-team',
      { told: { postmortems: [{ services: ['legder'] }], isWhole: true } },
      {},
      'soon',
      'The service legder is in no team, and 1 postmortem of the last 90 days names it',
    ],
    [
      'team-unknown',
      {
        told: {
          postmortems: [
            { services: [], team: 'Billing' },
            { services: [], team: ' billing ' },
          ],
          isWhole: true,
        },
      },
      {},
      'soon',
      'The team Billing is not in the file, and 2 postmortems of the last 90 days name it as the owner',
    ],
    [
      'not-deployed',
      { needsDeploy: ['organisation.zone', 'senders.internal.address'] },
      {},
      'now',
      'The file in force is not deployed (organisation.zone and senders.internal.address)',
    ],
    ['slack-not-deployed', { slack: undefined }, {}, 'now', 'The file has slack:, and this stack has no Slack'],
    ['no-operators', { operators: 0 }, { operators: undefined }, 'now', 'The file names no operator'],
    ['operators-unreachable', { operators: 0 }, {}, 'now', 'No operator whom the file names can sign in and gets mail'],
  ])('%s', (kind, facts, parts, urgency, what) => {
    expect(drift(facts, parts).findings.map(told)).toEqual([[kind, urgency, what]]);
  });
});

describe('no finding is', () => {
  it.each<[string, Partial<DriftFacts>, Parts]>([
    [
      'the channel of a team while slack.teams is off',
      channels(incidents),
      { slack: { channels: [{ channel: '#incident-pms' }], teams: false } },
    ],
    ['any channel while nothing is posted', channels(), { slack: undefined }],
    ['a channel beyond those that Slack lists', channels(...Array.from({ length: 1000 }, (_, n) => aChannel(`c${n}`))), {}],
    ['a channel of which Slack does not tell how many are in it', channels(incidents, { ...payments, members: undefined }), {}],
    [
      'a channel of which an archived one has the name',
      channels(aChannel('payments', { id: 'C0OLD', isArchived: true }), incidents, payments),
      {},
    ],
    ['a channel by its id', {}, { slack: { channels: [{ channel: incidents.id }] } }],
    [
      'a post that is being looked for',
      posts(aPostRow({ state: 'doubtful', since: '2026-11-30T07:00:00Z', attempt: 1, looks: 0, lookAt: longAgo })),
      {},
    ],
    ['a post that was given up more than thirty days ago', posts(aPostRow({ state: 'lost', since: '2026-10-30T08:00:00Z' })), {}],
    ['a post that has come meanwhile', posts(aPostRow({ state: 'posted', ts: '1', shown: { revision: 1, view: 'full', hash: '' } })), {}],
    ['a stream whose readers were not all read', { readers: { streams: new Set(), isWhole: false, people: 20_000 } }, {}],
    [
      'a service or a team while the file lists none',
      { told: { postmortems: [{ services: ['x'], team: 'y' }], isWhole: true } },
      { teams: [], slack: { channels: [{ channel: '#incident-pms' }] } },
    ],
  ])('%s', (_what, facts, parts) => {
    expect(drift(facts, parts).findings).toEqual([]);
  });
});

it('tells a channel once, with all whose it is', () => {
  const teams = [...wellKept.teams, { name: 'Ledger', services: ['books'], channels: { slack: '#payments' } }];

  expect(drift(channels(incidents), { teams }).findings.map(({ what }) => what)).toEqual([
    '#payments (team Payments and team Ledger) is not in Slack, or is a private channel that Afterword has not joined',
  ]);
});

it('tells a person once, by the worst of what they are named for', () => {
  const posts = [
    unheard({ named: 'author', post: 'an author' }),
    unheard({ address: 'Ada@example.com' }),
    unheard({ named: 'operator', post: 'an operator' }),
  ];

  expect(drift({ unheard: posts }).findings.map(told)).toEqual([
    ['named-suspended', 'now', 'A lead of Payments, who is also an author and an operator, is suspended'],
  ]);
});

it('tells refusals of one channel for one reason once, and names the first postmortems', () => {
  const refused = (n: number, code = 'is_archived') =>
    aPostRow({ state: 'refused', code, hash: 'h', since: longAgo }, { postmortem: `pm-${n}` });

  const { findings } = drift(posts(...Array.from({ length: 7 }, (_, n) => refused(n)), refused(8, 'restricted_action')));

  expect(findings.map(({ what, postmortems }) => [what, postmortems])).toEqual([
    ['7 posts in #payments were refused by Slack (is_archived)', ['pm-0', 'pm-1', 'pm-2', 'pm-3', 'pm-4']],
    ['1 post in #payments was refused by Slack (restricted_action)', ['pm-8']],
  ]);
});

it('offers the name that was meant', () => {
  const [finding] = drift({ told: { postmortems: [{ services: ['ledgr'] }], isWhole: true } }).findings;

  expect(finding?.remedy).toBe('Put it into the team that runs it and apply the file. Is it ledger?');
});

it('counts a postmortem once for each service, and tells the most frequent first', () => {
  const postmortems = [{ services: ['b', 'B '] }, { services: ['a', 'c'] }, { services: ['c'] }];

  expect(drift({ told: { postmortems, isWhole: true } }).findings.map(({ what }) => /service (\w).*and (\d)/.exec(what)?.slice(1))).toEqual(
    [
      ['c', '2'],
      ['a', '1'],
      ['b', '1'],
    ],
  );
});

it('ends with the command to deploy, so that it can be copied', () => {
  expect(drift({ needsDeploy: ['organisation.zone'] }).findings.map(({ remedy }) => remedy)).toEqual([
    'See what differs at /home/in-force. Deploy it: npm run deploy -- afterword-production',
  ]);
});

it('tells of several posts in words that fit one and many', () => {
  const states: SlackPostRow['post'][] = [
    { state: 'lost', since: longAgo },
    { state: 'unconfirmed', since: longAgo },
    { state: 'refused', code: 'x', hash: 'h', since: longAgo },
    { state: 'doubtful', since: longAgo, attempt: 1, looks: 2, lookAt: longAgo },
    { state: 'posted', ts: '1', shown: { revision: 1, view: 'full', hash: 'h' }, refused: { code: 'x', hash: 'g', since: longAgo } },
  ];
  const { findings } = drift(posts(...states.map((state) => aPostRow(state))));

  expect(findings).toHaveLength(5);
  expect(
    findings.flatMap(
      ({ what, why, remedy }) => `${what}: ${why}. ${remedy}`.match(/: it (is|shows)|whether it\b|If it (is|should)/g) ?? [],
    ),
  ).toEqual([]);
});

it('puts the worst first, and the group with the worst', () => {
  const { findings } = drift({ unheard: [unheard()], ...readers() }, { teams: [...wellKept.teams, { name: 'Data' }] });

  expect(findings.map(({ urgency }) => urgency)).toEqual(['now', 'soon', 'soon', 'later']);
  expect(grouped(findings).map(({ heading, findings: of }) => [heading, of.length])).toEqual([
    ['People whom the file names', 1],
    ['Streams', 2],
    ['Teams and services', 1],
  ]);
});

it('says what it did not look at', () => {
  const old = quietFacts().slack?.list?.channels ?? [];
  const facts: Partial<DriftFacts> = {
    slack: { list: { at: '2026-11-28T08:00:00Z', channels: old }, unsettled: [], isWhole: false },
    readers: { streams: new Set(), isWhole: false, people: 20_000 },
    told: { postmortems: [], isWhole: false },
  };

  expect(drift(facts).notLookedAt.map((said) => said.slice(0, said.indexOf(':')))).toEqual([
    'Channels as they are now',
    'Posts',
    'Streams without readers',
    'Services and teams',
  ]);
  expect(drift({ slack: { unsettled: [], isWhole: true } }).notLookedAt).toEqual([
    'Channels: Slack has not told us its channels yet. Ask for them: afterword slack channels --refresh',
  ]);
});

it('keeps a file with very many findings short', () => {
  const teams = Array.from({ length: 250 }, (_, n) => ({ name: `Team ${n}` }));
  const { findings, more } = drift({ unheard: [unheard()], told: { postmortems: [], isWhole: true } }, { teams });

  expect([findings.length, findings[0]?.kind, more]).toEqual([mostFindings, 'named-suspended', 51]);
});

describe('what is stored', () => {
  const hostile = 'ada@example.com\u202e\nSet-Cookie: x';
  const facts = {
    unheard: [unheard(), unheard({ address: 'bob@example.com', post: `a lead of ${hostile}` })],
    told: { postmortems: [{ services: [hostile], team: `${hostile}${'x'.repeat(500)}` }], isWhole: true },
    ...posts(aPostRow({ state: 'refused', code: hostile, hash: 'h', since: longAgo })),
  };
  const parts = { teams: [{ name: 'dan@example.com', services: ['checkout'], channels: { slack: '#gone' } }, { name: 'eve@example.com' }] };

  it('has no address and names no postmortem', () => {
    const stored = storable(drift(facts, parts));

    expect(stored.findings).toHaveLength(7);
    expect(JSON.stringify(stored)).not.toMatch(/@(?!Afterword)|pm-1/);
    expect(stored.findings.filter(({ what }) => /[\p{C}]/u.test(what) || what.length > 300)).toEqual([]);
  });

  it('is read again, with kinds and fields of a later release', () => {
    const stored = storable(drift(facts, parts));
    const later = {
      ...stored,
      seen: 3,
      findings: [...stored.findings, { kind: 'new', area: 'moon', urgency: 'never', what: 'w', why: 'y', remedy: 'r', x: 1 }],
    };

    const read = StoredDrift.parse(later);

    expect(read.findings.at(-1)).toEqual({ kind: 'new', area: 'moon', urgency: 'never', what: 'w', why: 'y', remedy: 'r' });
    expect(grouped(read.findings).at(-1)?.heading).toBe('Other');
  });
});

describe('of what customers read it finds', () => {
  const products = [{ name: 'Shop', services: ['checkout'] }];
  const found = (notices: Partial<DriftFacts['notices']>) =>
    drift({ notices: { hidden: [], products: [], astray: [], ...notices } }, { products }).findings;

  it('public notices whose postmortem is hidden now, without storing which', () => {
    expect(found({ hidden: ['pm-1'] }).map(told)).toEqual([
      ['notice-of-hidden', 'later', '1 public notice is about a postmortem that is restricted or a draft now'],
    ]);
    const many = Array.from({ length: 7 }, (_, n) => `pm-${n}`);
    expect(found({ hidden: many })).toMatchObject([
      { what: expect.stringMatching(/^7 public notices are about/), postmortems: many.slice(0, 5) },
    ]);
    expect(JSON.stringify(storable(drift({ notices: { hidden: many, products: [], astray: many } })))).not.toContain('pm-');
  });

  it('versions that their row does not know, at once', () => {
    expect(found({ astray: ['pm-1'] })).toMatchObject([{ kind: 'notice-astray', urgency: 'now', postmortems: ['pm-1'] }]);
  });

  it('products that the file does not name, once each', () => {
    expect(found({ products: [['Shop', 'Store'], ['Store'], ['Pay']] }).map(told)).toEqual([
      ['product-unknown', 'soon', 'The product Store is not in the file, and 2 public notices are about it'],
      ['product-unknown', 'soon', 'The product Pay is not in the file, and 1 public notice is about it'],
    ]);
    expect(found({ products: [['shop'], []] })).toEqual([]);
  });
});

describe('what the service catalogue adds', () => {
  const kinds = (catalog: DriftFacts['catalog'], teams: readonly object[]) =>
    driftOf(aDistribution({ ...wellKept, teams }), quietFacts({ catalog }));
  const more = [...wellKept.teams, { name: 'Data', partOf: 'Core' }, { name: 'Core' }];

  it('is services of teams to which the file gives none, and departments have those of their teams', () => {
    const running = { running: new Set(['data']), dissolved: [], isWhole: true };

    expect(kinds(undefined, more).findings.map(({ what }) => what)).toEqual(['Team Data has no services']);
    expect(kinds(running, more).findings).toEqual([]);
  });

  it('says nothing of teams without people where not everybody was read', () => {
    const drift = kinds({ running: new Set(), dissolved: ['gone'], isWhole: false }, wellKept.teams);

    expect([drift.findings, drift.notLookedAt]).toEqual([[], ['Teams without people: there are more people than were read.']]);
  });
});
