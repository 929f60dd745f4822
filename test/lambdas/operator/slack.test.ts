import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoPostLinks } from '../../../adapters/dynamodb/post-links.ts';
import { dynamoSlackPosts } from '../../../adapters/dynamodb/slack-post-store.ts';
import { dynamoSlackPace } from '../../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { postWords } from '../../../core/operator/slack-words.ts';
import { linkHash, newCapabilityLink } from '../../../core/slack/capability-link.ts';
import type { SlackDeps } from '../../../lambdas/operator/deps.ts';
import { distributionYaml } from '../../support/distribution.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator, slackDeps } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';
import { aLink, aPostRow, incidents, inSlack, payments, slackYaml, support } from '../../support/slack.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-19T15:00:00Z');
const since = '2026-11-19T14:00:00Z';

async function aStage(change: Partial<SlackDeps> = {}, yaml = slackYaml) {
  const asked: unknown[] = [];
  const slack = slackDeps(table, now, {
    ask: async (message) => void asked.push(message),
    queue: { send: async (messages) => void asked.push(...messages) },
    ...change,
  });
  const operator = await anOperator(table, { slack });
  await operator.ask('PUT', '/operator/configuration', `${distributionYaml}${yaml}`);
  const lines = async () => (await operator.audit()).filter(({ act }) => act !== 'configuration applied');
  const opens = () => dynamoPostLinks(table, now).read(linkHash(aLink));
  return { ...operator, asked, lines, opens };
}

describe('channels', () => {
  it('are those of the file, each once, with what keeps one from getting posts', async () => {
    await inSlack(table, []);
    const { ask } = await aStage({}, `${slackYaml}    - { channel: "#gone" }\n    - { channel: C0000000002, audience: leadership }\n`);
    const { status, body } = await ask('GET', '/operator/slack/channels');
    expect([status, body.listedAt]).toEqual([200, since]);
    expect(body.channels).toEqual([
      {
        ...{ named: '#incident-pms', channel: incidents.id, name: 'incident-pms', isPrivate: false, members: 240 },
        ...{ standing: 'ready', audience: 'engineering', isListed: true, teams: [] },
      },
      {
        ...{ named: '#support-news', channel: support.id, name: 'support-news', isPrivate: false, members: 80 },
        ...{ standing: 'ready', audience: 'cross-functional', isListed: true, severities: ['sev1', 'sev2'], teams: [] },
      },
      { named: '#gone', standing: 'missing', audience: 'engineering', isListed: true, teams: [] },
      {
        ...{ named: payments.id, channel: payments.id, name: 'payments', isPrivate: false, members: 12 },
        ...{ standing: 'not joined', audience: 'leadership', isListed: true, teams: ['Payments'] },
      },
    ]);
  });

  it('are not known before Slack was asked, which a refresh does', async () => {
    const { ask, asked, keyWith } = await aStage();
    await keyWith('read');
    const { body } = await ask('GET', '/operator/slack/channels', undefined, 'read');
    expect(body.channels.map(({ named, standing }: Record<string, string>) => [named, standing])).toEqual([
      ['#incident-pms', 'not known'],
      ['#support-news', 'not known'],
      ['#payments', 'not known'],
    ]);
    expect((await ask('POST', '/operator/slack/channels/refresh', undefined, 'read')).status).toBe(403);
    expect(await ask('POST', '/operator/slack/channels/refresh')).toEqual({ status: 202, body: {} });
    expect(asked).toEqual([{ refresh: 'channels' }]);
  });
});

describe('posts', () => {
  const refused = { state: 'refused', code: 'is_archived', hash: 'h', since } as const;

  it('of a postmortem are shown without their links', async () => {
    await inSlack(table, [aPostRow(), aPostRow({ channel: payments.id, link: undefined, post: refused })]);
    const { ask } = await aStage();
    const { body } = await ask('GET', '/operator/slack/posts?postmortem=checkout');
    expect(body).toEqual({
      posts: [
        {
          ...{ postmortem: 'checkout', channel: incidents.id, name: 'incident-pms', audience: 'engineering', state: 'posted' },
          ...{ shown: { revision: 2, view: 'full' }, hasLink: true, canRepost: false },
        },
        {
          ...{ postmortem: 'checkout', channel: payments.id, name: 'payments', audience: 'engineering', state: 'refused' },
          ...{ code: 'is_archived', since, hasLink: false, canRepost: true },
        },
      ],
      wanted: { revision: 2, standing: 'told' },
    });
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${aLink}|key-of-the-post`));
    expect(await ask('GET', '/operator/slack/posts?postmortem=other')).toEqual({ status: 200, body: { posts: [] } });
    expect((await ask('GET', '/operator/slack/posts?postmortem=No%20Id')).status).toBe(400);
  });

  it('that are still to come are named, with what they wait for', async () => {
    await inSlack(table, []);
    await publish(table, { id: 'checkout', services: ['checkout'] });
    await dynamoSlackPace(table, now).holdUntil('2026-11-19T15:10:00Z', 'token_revoked');
    const { ask } = await aStage();
    const { posts, toCome, held } = (await ask('GET', '/operator/slack/posts?postmortem=checkout')).body;
    expect([posts, held.why]).toEqual([[], 'token_revoked']);
    expect(toCome).toContainEqual({ channel: incidents.id, name: 'incident-pms', audience: 'engineering' });
    expect(toCome).not.toContainEqual(expect.objectContaining({ audience: 'cross-functional' }));
  });

  it('have no link that opens anything while the file asks to sign in', async () => {
    await inSlack(table, [aPostRow()]);
    const { ask } = await aStage({}, `${slackYaml}  links: sign-in\n`);
    expect((await ask('GET', '/operator/slack/posts?postmortem=checkout')).body.posts[0].hasLink).toBe(false);
  });

  it('that wait for somebody are those refused where the file wants one, and unconfirmed, of two weeks', async () => {
    const row = (n: number, post: object, channel = incidents.id) => aPostRow({ postmortem: `pm-${n}`, channel, post } as never);
    const looked = { state: 'doubtful', attempt: 1, looks: 1, lookAt: since } as const;
    await inSlack(table, [
      row(1, refused),
      row(2, refused, 'C9999999999'),
      row(3, { state: 'unconfirmed', since }),
      row(4, { state: 'lost', since }),
      row(5, { ...looked, since: '2026-11-19T14:40:00Z' }),
      row(6, { ...looked, since: '2026-11-19T14:20:00Z' }),
      row(7, { ...refused, since: '2026-11-05T14:59:59Z' }),
      row(8, aPostRow().post),
    ]);
    const { ask } = await aStage();
    const waiting = ['pm-1', 'pm-3', 'pm-6'];
    const ids = ({ posts }: { posts: { postmortem: string }[] }) => posts.map(({ postmortem }) => postmortem);
    expect(ids((await ask('GET', '/operator/slack/posts')).body)).toEqual(waiting);
    const { slack } = (await ask('GET', '/operator/status')).body;
    expect([ids(slack), slack.held]).toEqual([waiting, undefined]);
  });

  it('that still show what has to go come first, however old, and nothing says that it is gone', async () => {
    const row = (n: number, post: object) => aPostRow({ postmortem: `pm-${n}`, post } as never);
    const edited = { shown: { revision: 3, view: 'emptied', hash: '' } } as const;
    await inSlack(table, [
      row(1, refused),
      row(2, { ...aPostRow().post, ...edited, hidesSince: '2026-09-01T08:00:00Z' }),
      row(3, { ...aPostRow().post, hidesSince: since, refused: { code: 'cant_delete_message', hash: '', since } }),
    ]);
    const { ask } = await aStage();
    const { posts } = (await ask('GET', '/operator/slack/posts')).body;
    expect(posts).toMatchObject([{ postmortem: 'pm-2', mustGo: true }, { postmortem: 'pm-3', mustGo: true }, { postmortem: 'pm-1' }]);
    expect(posts[0]).not.toHaveProperty('shown');
    expect(posts.map(postWords)).toEqual([
      'it still shows its text, which has to go: it is being emptied',
      'it still shows its text, which has to go, and could not be emptied: the app may not delete this message (cant_delete_message). Delete the message in Slack by hand',
      'Slack refused it: the channel is archived (is_archived)',
    ]);
    await dynamoSlackPace(table, now).holdUntil('2026-11-19T15:10:00Z', 'token_revoked');
    expect((await ask('GET', '/operator/status')).body.slack.posts[0]).toMatchObject({ postmortem: 'pm-2', code: 'token_revoked' });
  });

  it.each([
    ['hidden', 'full', true],
    ['hidden', 'struck', true],
    ['hidden', 'emptied', false],
    ['retracted', 'full', true],
    ['retracted', 'struck', false],
    ['told', 'full', false],
  ] as const)('of what is %s, one that shows %s has to go: %s, before a worker has seen it', async (standing, view, mustGo) => {
    await inSlack(table, [aPostRow({ post: { state: 'posted', ts: '1.2', shown: { revision: 1, view, hash: 'h' } } })], standing);
    const { ask } = await aStage();
    const { posts } = (await ask('GET', '/operator/slack/posts?postmortem=checkout')).body;
    expect(posts[0].mustGo ?? false).toBe(mustGo);
  });

  it('wait where Slack is left alone, as the status says', async () => {
    await dynamoSlackPace(table, now).holdUntil('2026-11-19T15:10:00Z', 'invalid_auth');
    const { ask } = await aStage();
    expect((await ask('GET', '/operator/status')).body.slack).toEqual({
      held: { until: '2026-11-19T15:10:00Z', why: 'invalid_auth' },
      posts: [],
    });
  });
});

describe('posting on purpose', () => {
  const path = '/operator/slack/checkout/repost';
  const row = () => dynamoSlackPosts(table).read(aPostRow().postmortem, incidents.id);
  const published = (change: object = {}) => publish(table, { id: 'checkout', services: ['checkout'], ...change });

  it.each([
    ['lost', { state: 'lost', since }, { since: '2026-11-19T15:00:00Z', doubts: 0 }],
    ['refused', { state: 'refused', code: 'is_archived', hash: 'h', since }, { since: '2026-11-19T15:00:00Z', doubts: 0 }],
    ['unconfirmed', { state: 'unconfirmed', since }, { since, doubts: 1 }],
  ] as const)('does it again where it is %s, once, with the same key and link', async (_, post, absent) => {
    await inSlack(table, [aPostRow({ post })]);
    await published();
    const { ask, asked, lines } = await aStage();

    const answer = { status: 202, body: { postmortem: 'checkout', channel: incidents.id, name: 'incident-pms', audience: 'engineering' } };
    expect(await ask('POST', path, { channel: 'incident-pms' })).toEqual(answer);
    expect(await row()).toEqual(aPostRow({ asked: true, post: { state: 'absent', ...absent }, version: 2 }));
    expect(await ask('POST', path, { channel: `#incident-pms` })).toEqual(answer);
    expect(await lines()).toMatchObject([{ act: 'post repeated', facts: { postmortem: 'checkout', channel: incidents.id, by: 'local' } }]);
    expect(asked).toEqual(Array(2).fill({ postmortem: 'checkout', channel: incidents.id }));
  });

  it('begins where there is none yet, also of one that is older than Slack here', async () => {
    await published({ publishedAt: '2026-01-02T10:00:00Z' });
    const { ask } = await aStage();
    expect((await ask('POST', path, { channel: incidents.id })).status).toBe(202);
    expect(await row()).toMatchObject({ key: 'key', link: aLink, asked: true, audience: 'engineering', post: { state: 'absent' } });
  });

  it('has one that stands looked at again, and what Slack refused tried again', async () => {
    const { post } = aPostRow();
    const no = { code: 'edit_window_closed', hash: 'h', since };
    await inSlack(table, [aPostRow({ post: { ...post, refused: no } as never })]);
    await published();
    const { ask, asked } = await aStage();

    expect((await ask('POST', path, { channel: incidents.id })).status).toBe(202);
    expect(await row()).toEqual(aPostRow({ post: { ...post, refused: { ...no, hash: '' } } as never, version: 2 }));
    expect(asked).toEqual([{ postmortem: 'checkout', channel: incidents.id }]);
  });

  it('is refused where it is under way, may not be told, or its readers have nothing to see of it', async () => {
    const lookedFor = { state: 'doubtful', since, attempt: 1, looks: 0, lookAt: since } as const;
    await inSlack(table, [aPostRow({ post: lookedFor })]);
    await published();
    const { ask, asked, keyWith } = await aStage();
    await keyWith('read');
    const answer = async (channel: string, key = 'local') => {
      const { status, body } = await ask('POST', path, { channel }, key);
      return [status, body.detail, ...(body.errors ?? []).map(({ remedy }: { remedy: string }) => remedy)].join(' ');
    };
    expect(await answer(incidents.id)).toMatch(/^409 It is under way already/);
    expect(await answer('support-news')).toMatch(/^409 The readers of this channel/);
    expect(await answer('incident-pm')).toMatch(/^422 .*Did you mean incident-pms\?$/);
    expect(await answer('payments', 'read')).toMatch(/^403/);
    await published({ restricted: true });
    expect(await answer('payments')).toMatch(/^409 It may not be told/);
    expect((await ask('POST', '/operator/slack/other/repost', { channel: 'payments' })).status).toBe(404);
    expect(asked).toEqual([]);
  });
});

describe('revoking the links of a postmortem', () => {
  const path = '/operator/slack/checkout/links';

  it('ends them at once, has the posts edited, and leaves one line', async () => {
    const other = newCapabilityLink(new Uint8Array(20).fill(9));
    await inSlack(table, [aPostRow(), aPostRow({ channel: support.id, link: other }), aPostRow({ channel: payments.id, link: undefined })]);
    const { ask, asked, lines, opens } = await aStage();
    expect(await opens()).toBeDefined();

    expect(await ask('DELETE', path)).toEqual({ status: 200, body: { postmortem: 'checkout', revoked: 2, edits: true } });
    expect([await opens(), await dynamoPostLinks(table, now).read(linkHash(other))]).toEqual([undefined, undefined]);
    const rows = await dynamoSlackPosts(table).list(aPostRow().postmortem);
    expect(rows.map(({ link, post }) => [link, post])).toEqual(Array(3).fill([undefined, aPostRow().post]));
    expect(asked).toEqual([{ postmortem: 'checkout' }]);

    expect((await ask('DELETE', path)).body).toEqual({ postmortem: 'checkout', revoked: 0, edits: true });
    expect(await lines()).toMatchObject([{ act: 'links revoked', facts: { postmortem: 'checkout', links: 2, by: 'local' } }]);
  });

  it('loses to no worker that changes a post meanwhile, even one that gives it another link', async () => {
    const other = newCapabilityLink(new Uint8Array(20).fill(9));
    await inSlack(table, [aPostRow()]);
    const store = dynamoSlackPosts(table);
    let isFirst = true;
    const posts: SlackDeps['posts'] = {
      ...store,
      async replace(row) {
        if (isFirst) {
          isFirst = false;
          await dynamoPostLinks(table, now).put(linkHash(other), { ...row, expiresAt: '2027-12-24T14:00:00Z' });
          await store.replace({ ...row, link: other });
        }
        return store.replace(row);
      },
    };
    const { ask, opens } = await aStage({ posts });
    expect((await ask('DELETE', path)).status).toBe(200);
    expect([await opens(), await dynamoPostLinks(table, now).read(linkHash(other))]).toEqual([undefined, undefined]);
    expect((await store.read(aPostRow().postmortem, incidents.id))?.link).toBeUndefined();
  });

  it('ends all of them before it dies at the first row', async () => {
    await inSlack(table, [aPostRow({ link: newCapabilityLink(new Uint8Array(20).fill(9)) }), aPostRow({ channel: payments.id })]);
    const dying = { ...dynamoSlackPosts(table), replace: () => Promise.reject(new Error('throttled')) };
    const { ask, opens } = await aStage({ posts: dying });
    expect((await ask('DELETE', path)).status).toBe(500);
    expect(await opens()).toBeUndefined();
  });

  it('works in a stack that has no Slack any more, and says that the posts stay as they are', async () => {
    await inSlack(table, [aPostRow()]);
    const { ask, asked, opens } = await aStage({ isDeployed: false });
    expect((await ask('DELETE', path)).body).toEqual({ postmortem: 'checkout', revoked: 1, edits: false });
    expect([await opens(), asked]).toEqual([undefined, []]);
  });

  it('counts for posts that come later, until one is posted on purpose', async () => {
    await publish(table, { id: 'checkout', services: ['checkout'] });
    const { ask, lines, opens } = await aStage();
    const links = dynamoPostLinks(table, now);
    expect(await ask('DELETE', path)).toEqual({ status: 200, body: { postmortem: 'checkout', revoked: 0, edits: true } });
    const { postmortem, audience, channel } = aPostRow();
    const about = { postmortem, audience, channel, expiresAt: '2027-12-24T14:00:00Z' };
    await links.put(linkHash(aLink), about);
    expect(await opens()).toBeUndefined();
    expect(await lines()).toMatchObject([{ act: 'links revoked' }]);

    await ask('POST', '/operator/slack/checkout/repost', { channel: incidents.id });
    const row = await dynamoSlackPosts(table).read(postmortem, incidents.id);
    expect(row?.linkAfter).toBe(await links.revokedAt(postmortem));
    await links.put('another', { ...about, after: row?.linkAfter });
    expect(await links.read('another')).toBeDefined();
    await links.revokeAll(postmortem, '2026-11-20T15:00:00Z');
    expect(await links.read('another')).toBeUndefined();
  });

  it('needs the scope, and a postmortem', async () => {
    await inSlack(table, [aPostRow()]);
    const { ask, keyWith, opens } = await aStage();
    await keyWith('publish', 'read');
    expect((await ask('DELETE', path, undefined, 'publish+read')).status).toBe(403);
    expect((await ask('DELETE', '/operator/slack/other/links')).status).toBe(404);
    expect(await opens()).toBeDefined();
  });
});

it('a stack without Slack says how to get it', async () => {
  const { ask, asked } = await aStage({ isDeployed: false });
  for (const [method, path] of [
    ['GET', '/operator/slack/channels'],
    ['POST', '/operator/slack/channels/refresh'],
    ['GET', '/operator/slack/posts'],
    ['POST', '/operator/slack/checkout/repost'],
    ['DELETE', '/operator/slack/checkout/links'],
  ] as const)
    expect(await ask(method, path), path).toMatchObject({ status: 409, body: { detail: expect.stringContaining('docs/slack.md') } });
  expect([(await ask('GET', '/operator/status')).body.slack, asked]).toEqual([undefined, []]);
});
