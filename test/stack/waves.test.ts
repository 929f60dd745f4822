import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { profileOf } from '../../adapters/dynamodb/profile-store.ts';
import { profileKey, slotsPartition, subscriptionKey } from '../../adapters/dynamodb/table-shape.ts';
import type { Profile, StreamSettings } from '../../core/subscriber/subscriber.ts';
import { aRunningStack, type TestStack } from '../support/running-stack.ts';

const streams = { streams: 'engineering-digest' };
const people = ['default', 'tuesday', 'monthly', 'published', 'plain', 'choosy'].map((name) => ({
  address: `${name}@example.com`,
  ...streams,
}));

let stack: TestStack;
/** The whole hour that comes in a day and an hour, as a slot. */
let later: Date;
beforeAll(async () => {
  stack = await aRunningStack();
  await stack.call('PUT', '/operator/configuration', await readFile('samples/distribution.yaml', 'utf8'), { 'content-type': 'text/yaml' });
  await stack.importPeople(people);
  later = new Date(Math.ceil((await now()).getTime() / 3600_000 + 24) * 3600_000);
  const hour = String(later.getUTCHours()).padStart(2, '0');
  await choose('tuesday', { slot: `w${later.getUTCDay() || 7}-${hour}00-UTC` });
  await choose('monthly', { slot: 'monthly' });
  await choose('published', { slot: 'published' });
  await choose('plain', {}, { format: 'text' });
  await choose('choosy', { settings: { leaveOut: ['service:sessions'] } });
});
afterAll(() => stack.stop());

const now = async () => new Date((await stack.call('GET', '/_local/clock')).body.now);
const advance = (by: string) => stack.call('POST', '/_local/clock', { advance: by });
const inbox = async (to: string) => (await stack.call('GET', `/_local/inbox?to=${to}@example.com`)).body;
const listed = async (edition: string, query = '') =>
  (await stack.call('GET', `/operator/editions${query}`)).body.editions.find((one: { edition: string }) => one.edition.startsWith(edition));

/** What a page would write, in its order: the slot's row, the index row, the profile. */
async function choose(
  name: string,
  { slot, settings = {} }: { slot?: string; settings?: Partial<StreamSettings> },
  change: Partial<Profile> = {},
): Promise<void> {
  const found = (await stack.call('GET', '/operator/people?limit=1000')).body.people;
  const { sid } = found.find(({ address }: { address: string }) => address === `${name}@example.com`);
  const item = await stack.table.read(profileKey('staff', sid));
  const profile = profileOf(item ?? {});
  const digest = profile.streams['engineering-digest'];
  if (!item || !digest) throw new Error(`${name} is not on the digest`);
  const at = (await now()).toISOString();
  if (slot) {
    await stack.table.put({ pk: slotsPartition('engineering-digest'), sk: slot, since: at });
    await stack.table.put({ ...subscriptionKey('engineering-digest', slot, sid), since: at });
  }
  const slots = slot ? [...digest.slots, { slot, at }] : digest.slots;
  const after = { ...profile.streams, 'engineering-digest': { ...digest, ...settings, slots } };
  await stack.table.put({ ...profileKey('staff', sid), ...item, ...change, streams: after, revision: profile.revision + 1 });
}

const failover = (title: string, publishedAt: string, services: string[]) => ({
  title,
  severity: 'sev2',
  services,
  publishedAt,
  summary: `${title}.`,
});

describe('readers who chose when and how', () => {
  let edition: string;

  it('get a postmortem as it is published, where they chose that, and nobody else does', async () => {
    const publishedAt = (await now()).toISOString();
    await stack.call('PUT', '/postmortems/redis', failover('A Redis failover', publishedAt, ['sessions']));
    await stack.drain();
    expect((await stack.truth()).map(({ edition: id, to }) => [id, to])).toEqual([
      ['engineering-digest_redis_r1', 'published@example.com'],
    ]);
    expect((await inbox('published'))[0].subject).toBe('A Redis failover');
  });

  it('get the digest on the day and at the hour that they chose, and the others theirs at once', async () => {
    const before = (await now()).getTime() - 7 * 24 * 3600_000;
    await stack.call('PUT', '/postmortems/lag', failover('Replication lag', new Date(before).toISOString(), ['sessions']));
    await stack.call('PUT', '/postmortems/search', failover('Stale search', new Date(before).toISOString(), ['search']));
    await stack.runDigest((await now()).toISOString().replace(/\.\d+Z/, 'Z'));
    expect(await stack.drain()).toMatchObject({ drained: true, waves: 1, dueWaves: 0 });
    edition = (await stack.truth()).find(({ to }) => to === 'default@example.com')?.edition ?? '';
    expect(edition).toMatch(/^engineering-digest_\d{4}-W\d\d$/);
    const got = (await stack.truth()).filter((line) => line.edition === edition).map(({ to }) => to.split('@')[0]);
    expect(got.toSorted()).toEqual(['choosy', 'default', 'plain']);
    expect(await listed(edition)).toMatchObject({ state: 'waiting', ahead: { waves: 1, next: later.toISOString().replace('.000', '') } });
    expect((await stack.call('GET', '/_local?view=editions', undefined, { accept: 'text/html' })).body).toContain('1 wave to come');
    await advance('PT25H');
    expect(await stack.drain()).toMatchObject({ drained: true, waves: 0 });
    const [line, ...others] = (await stack.truth()).filter(({ to }) => to === 'tuesday@example.com');
    expect([line?.edition, line?.slot, others]).toEqual([edition, expect.stringMatching(/^w\d-\d\d00-UTC$/), []]);
    expect(await listed(edition)).toMatchObject({ state: 'complete', counts: { accepted: 4, 'skipped: not due': 3 } });
  });

  it('get their mail as text alone, or without what they left out', async () => {
    const [plain] = await inbox('plain');
    expect(plain.html ?? '').toBe('');
    expect(plain.text).toContain('Replication lag');
    const [choosy] = await inbox('choosy');
    expect(choosy.subject).toBe('Stale search');
    expect(choosy.text).not.toContain('Replication lag');
    expect(choosy.html).toContain('what you chose to leave out');
  });

  it('get the digest of a month on the first of the next, and none of its weeks’', async () => {
    expect(await inbox('monthly')).toEqual([]);
    await advance('P32D');
    await stack.drain();
    const mails = await inbox('monthly');
    expect(mails).toHaveLength(1);
    expect(mails[0].tags).toMatchObject({ edition: expect.stringMatching(/^engineering-digest_\d{4}-\d\d$/), slot: 'monthly' });
    expect(mails[0].text).toContain('You get this every month');
  });

  it('are told of by an answer that is no news', async () => {
    await stack.call('POST', '/new-link', 'address=default%40example.com', {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: '',
    });
    await stack.drain();
    const [mail] = await inbox('default');
    expect(mail.tags.edition).toMatch(/^service_new-link_/);
    expect(Object.keys(mail.headers).join().toLowerCase()).not.toContain('list-unsubscribe');
    expect(mail.text).toContain(`${stack.url}/p/v1.`);
    expect(await listed('service_')).toBeUndefined();
    expect(await listed('service_', '?service=true')).toMatchObject({ state: 'complete', counts: { accepted: 1 } });
  });
});
