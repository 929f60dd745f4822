import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoDriftStore } from '../../../adapters/dynamodb/drift-store.ts';
import { dynamoExternals } from '../../../adapters/dynamodb/external-store.ts';
import { dynamoPeopleStore } from '../../../adapters/dynamodb/profile-store.ts';
import { dynamoPublicNotices } from '../../../adapters/dynamodb/public-notices.ts';
import { dynamoSearchIndex } from '../../../adapters/dynamodb/search-index.ts';
import { dynamoSlackPosts } from '../../../adapters/dynamodb/slack-post-store.ts';
import { dynamoChannelList } from '../../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import type { External } from '../../../core/notice/external.ts';
import type { Finding } from '../../../core/runbook/finding.ts';
import type { Flaw } from '../../../core/shared/errors.ts';
import type { StreamName } from '../../../core/stream/stream.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { parseAddress, subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import { aService } from '../../support/catalog.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';
import { aChannel, aPostRow } from '../../support/drift.ts';
import { aHash, anExternal } from '../../support/notice.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator, slackDeps } from '../../support/operator.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});

const sidOf = (address: string) => subscriberId('staff', parseAddress(address) ?? expect.unreachable(), 'identity');
const person = async (address: string, change: Partial<Profile> = {}) =>
  dynamoPeopleStore(table).writeProfile(aProfile({ sid: sidOf(address), address, ...change }), 0);
const on = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };
const told = (id: string, change: object = {}) =>
  dynamoSearchIndex(table).put(
    'engineering',
    {
      id,
      revision: 1,
      title: 'T',
      severity: 'sev1',
      status: 'published',
      services: ['checkout'],
      tags: [],
      publishedAt: '2026-11-10T00:00:00Z',
      gist: '',
      ...change,
    },
    '2026-11-10T00:00:00Z',
  );
const deployed = { hash: deployedHash(aDistribution()) };
const file = (more = '') => `${distributionYaml}${more}slack: { channels: [{ channel: "#incident-pms" }] }\n`;

/** A world without drift: the file, its people, its channels. */
async function wellKept(yaml = file('operators: { roles: [SRE] }\n')) {
  const operator = await anOperator(table, { deployed });
  await operator.ask('PUT', '/operator/configuration', yaml);
  await person('olga@example.com', { role: 'sre', streams: { 'engineering-digest': on, 'sev1-alerts': on } });
  await dynamoChannelList(table).put({ at: '2026-11-19T14:59:00Z', channels: [aChannel('incident-pms'), aChannel('payments')] });
  await told('pm-1');
  const kinds = async () => {
    const { body } = await operator.ask('GET', '/operator/drift');
    return body.findings.map(({ kind }: Finding) => kind);
  };
  return { ...operator, kinds };
}

it('needs a file in force', async () => {
  const { ask } = await anOperator(table);

  expect(await ask('GET', '/operator/drift')).toMatchObject({ status: 404 });
});

it('finds nothing in a world without drift, and keeps that', async () => {
  const { ask } = await wellKept();

  expect(await ask('GET', '/operator/drift')).toEqual({
    status: 200,
    body: { at: '2026-11-19T15:00:00Z', findings: [], more: 0, notLookedAt: [] },
  });
  expect(await dynamoDriftStore(table).read()).toEqual({ at: '2026-11-19T15:00:00Z', findings: [], more: 0, notLookedAt: [] });
});

describe('each finding that is planted is found', () => {
  const channels = (...list: ReturnType<typeof aChannel>[]) => dynamoChannelList(table).put({ at: '2026-11-19T14:59:00Z', channels: list });
  const post = (row: Parameters<typeof aPostRow>[0]) => dynamoSlackPosts(table).create(aPostRow(row));
  const since = '2026-11-19T13:00:00Z';
  const leave = async (address: string, stream: StreamName) => {
    const people = dynamoPeopleStore(table);
    const [profile] = await people.readProfiles([{ realm: 'staff', sid: sidOf(address) }]);
    await people.writeProfile(aProfile({ ...profile, streams: { ...profile?.streams, [stream]: { ...on, on: false } }, revision: 2 }), 1);
  };
  const applied =
    (change: (yaml: string) => string) =>
    async ({ ask }: Awaited<ReturnType<typeof wellKept>>) => {
      expect(await ask('PUT', '/operator/configuration', change(file('operators: { roles: [SRE] }\n')))).toMatchObject({ status: 200 });
    };

  it.each<[string, (world: Awaited<ReturnType<typeof wellKept>>) => Promise<unknown>]>([
    [
      'catalogue-team-without-people',
      ({ ask }) => ask('PUT', '/operator/catalog?readHash=none', { services: [aService('lake', { team: 'gone' })], teams: [] }),
    ],
    ['channel-gone', () => channels(aChannel('payments'))],
    ['channel-archived', () => channels(aChannel('incident-pms', { isArchived: true }), aChannel('payments'))],
    ['channel-not-joined', () => channels(aChannel('incident-pms'), aChannel('payments', { isMember: false }))],
    ['channel-shared', () => channels(aChannel('incident-pms'), aChannel('payments', { isShared: true }))],
    ['channel-empty', () => channels(aChannel('incident-pms', { members: 1 }), aChannel('payments'))],
    ['posts-refused', () => post({ state: 'refused', code: 'is_archived', hash: 'h', since })],
    ['posts-unconfirmed', () => post({ state: 'unconfirmed', since })],
    ['posts-lost', () => post({ state: 'lost', since })],
    ['posts-in-doubt', () => post({ state: 'doubtful', since, attempt: 2, looks: 2, lookAt: since })],
    ['stream-without-readers', () => leave('olga@example.com', 'sev1-alerts')],
    [
      'named-unknown',
      applied((yaml) => yaml.replace('channels: { slack: "#payments"', 'leads: [gone@example.com]\n    channels: { slack: "#payments"')),
    ],
    [
      'named-suspended',
      async (world) => {
        await person('lea@example.com', { suspended: { at: since } });
        await applied((yaml) =>
          yaml.replace('channels: { slack: "#payments"', 'deputies: [lea@example.com]\n    channels: { slack: "#payments"'),
        )(world);
      },
    ],
    [
      'named-suppressed',
      async (world) => {
        await person('own@example.com', { suppressed: { reason: 'complaint', at: since } });
        await applied((yaml) => yaml.replace('severities: [sev1]', 'severities: [sev1]\n    signUp: approval\n    owner: own@example.com'))(
          world,
        );
      },
    ],
    ['team-without-services', applied((yaml) => yaml.replace('teams:\n', 'teams:\n  - name: Data\n'))],
    ['service-without-team', () => told('pm-2', { services: ['nobodys'] })],
    ['team-unknown', () => told('pm-2', { team: 'Nobodys' })],
    ['not-deployed', applied((yaml) => yaml.replace('Europe/Berlin', 'Europe/Paris'))],
    ['no-operators', applied((yaml) => yaml.replace('operators: { roles: [SRE] }\n', ''))],
    ['operators-unreachable', applied((yaml) => yaml.replace('[SRE]', '[nobodys]'))],
  ])('%s', async (kind, plant) => {
    const world = await wellKept();
    expect(await world.kinds()).toEqual([]);

    await plant(world);

    expect(await world.kinds()).toEqual([kind]);
  });
});

it('is counted in the status by the last check, until a later one finds nothing', async () => {
  const { ask, kinds } = await wellKept();
  const status = async () => (await ask('GET', '/operator/status')).body.drift;
  const channels = [aChannel('incident-pms'), aChannel('payments')];
  expect(await status()).toBeUndefined();

  await dynamoChannelList(table).put({ at: '2026-11-19T14:59:00Z', channels: [] });
  expect(await status()).toBeUndefined();
  await kinds();
  expect(await status()).toEqual({ at: '2026-11-19T15:00:00Z', findings: 2 });

  await dynamoChannelList(table).put({ at: '2026-11-19T14:59:00Z', channels });
  await kinds();
  expect(await status()).toBeUndefined();
});

it('names services of postmortems that may be told alone, of the last ninety days', async () => {
  const { kinds } = await wellKept();
  await told('pm-2', { services: ['restricted'] });
  await dynamoSearchIndex(table).hide('engineering', { id: 'pm-2', revision: 2, hidden: true }, '2026-11-10T00:00:00Z');
  await dynamoSearchIndex(table).put(
    'engineering',
    {
      id: 'pm-3',
      revision: 1,
      title: 'T',
      severity: 'sev1',
      status: 'published',
      services: ['old'],
      tags: [],
      publishedAt: '2026-08-01T00:00:00Z',
      gist: '',
    },
    '2026-08-01T00:00:00Z',
  );

  expect(await kinds()).toEqual([]);
});

it('tells addresses to those alone who may see people, and stores none', async () => {
  const { ask, keyWith } = await wellKept(file('operators: { people: [gone@example.com], roles: [SRE] }\n'));
  await keyWith('read');

  const seen = async (key: string) =>
    (await ask('GET', '/operator/drift', undefined, key)).body.findings.map(({ address }: Finding) => address);

  expect([await seen('local'), await seen('read')]).toEqual([['gone@example.com'], [undefined]]);
  expect(JSON.stringify(await dynamoDriftStore(table).read())).not.toContain('@example.com');
});

it('warns of channels as a file is tried and applied, with their place, and of `slack:` without Slack', async () => {
  const yaml = file().replace('"#incident-pms"', '"#incident-pm"');
  const operator = await wellKept();
  const without = await anOperator(table, { slack: slackDeps(table, () => new Date(), { isDeployed: false }) });
  const line = yaml.split('\n').findIndex((text) => text.includes('incident-pm')) + 1;
  const warnings = async (ask: typeof operator.ask, query: string) =>
    (await ask('PUT', `/operator/configuration?${query}`, yaml)).body.warnings.map((one: Flaw) => [
      one.field,
      one.line,
      one.remedy.slice(0, 27),
    ]);

  const ofChannel = [['slack.channels.0.channel', line, 'Did you mean #incident-pms?']];
  expect(await warnings(operator.ask, 'dryRun=true')).toEqual(ofChannel);
  expect(await warnings(operator.ask, 'dryRun=false')).toEqual(ofChannel);
  expect(await warnings(without.ask, 'dryRun=true')).toEqual([['slack', line, 'Give deploy.yaml the token,']]);
});

it('finds what customers still read of hidden postmortems, and products that the file lost', async () => {
  const { ask, kinds } = await wellKept(
    file('operators: { roles: [SRE] }\nproducts: [{ name: Shop, services: [checkout] }]\n').replace(
      'teams:',
      '  customer-notices: { contact: help@example.com }\nteams:',
    ),
  );
  expect(await kinds()).toEqual([]);
  const [notices, externals, at] = [
    dynamoPublicNotices(table),
    dynamoExternals(table, () => new Date('2026-11-18T10:00:00Z')),
    '2026-11-18T10:00:00Z',
  ];
  const publicId = 'bcdfghjkmn';
  const content = { publicId, title: 'Slow', body: 'Slow.', products: ['Store'], state: 'final' as const };
  await notices.putVersion(publicId, { version: 1, at, content });
  await notices.show({ publicId, version: 1, standing: 'public', publishedAt: at, at }, undefined);
  const shown = { n: 1, content: aHash('1'), artefact: aHash('2'), at };
  const released = { state: 'released', n: 1, content: aHash('1'), artefact: aHash('2'), approvals: [], at } satisfies External['request'];
  await externals.put(anExternal({ postmortem: 'vault', version: 0, request: released, shown, hiddenSince: at }), undefined);
  await externals.put(
    anExternal({ postmortem: 'draft', publicId: 'cccccccccc', version: 0, request: released, hiddenSince: at }),
    undefined,
  );

  expect((await kinds()).toSorted()).toEqual(['notice-of-hidden', 'product-unknown']);
  const { body } = await ask('GET', '/operator/drift');
  expect(body.findings.find(({ kind }: Finding) => kind === 'notice-of-hidden')).toMatchObject({ postmortems: ['vault'] });

  // Its row says that it was withdrawn, and customers read it.
  await externals.put(anExternal({ postmortem: 'vault', version: 1, request: released, withdrawn: { n: 2, at } }), undefined);
  expect((await kinds()).toSorted()).toEqual(['notice-astray', 'product-unknown']);
});
