import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoActionLedger } from '../../../adapters/dynamodb/action-ledger.ts';
import { dynamoPostLinks } from '../../../adapters/dynamodb/post-links.ts';
import { dynamoSlackPace } from '../../../adapters/dynamodb/slack-workspace.ts';
import type { Table } from '../../../adapters/dynamodb/table.ts';
import { linkHash } from '../../../core/slack/capability-link.ts';
import type { SlackPostRow } from '../../../core/slack/slack-post.ts';
import { aHomeWorld, homeYaml, sids } from '../../support/home.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { slackDeps } from '../../support/operator.ts';
import { publish } from '../../support/published.ts';
import { aLink, aPostRow, inSlack, payments, slackYaml, support } from '../../support/slack.ts';

const freshTable = oneEngine();
let table: Table;
beforeEach(async () => {
  table = await freshTable();
});
const now = () => new Date('2026-11-23T10:00:00Z');
const since = '2026-11-19T14:00:00Z';
const refused: SlackPostRow['post'] = { state: 'refused', code: 'is_archived', hash: 'h', since };
const path = '/home/postmortems/checkout';
const plain = (body = '') =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');

async function aWorld(rows: readonly SlackPostRow[], isDeployed = true) {
  const asked: unknown[] = [];
  const slack = slackDeps(table, now, {
    isDeployed,
    ask: async (message) => void asked.push(message),
    queue: { send: async (messages) => void asked.push(...messages) },
  });
  const home = await aHomeWorld(table, { distribution: `${homeYaml}${slackYaml}`, operator: { slack } });
  await publish(table, { id: 'checkout', title: 'Checkout was slow', services: ['checkout'], authors: ['ada@example.com'] });
  await inSlack(table, rows);
  return { ...home, asked, opens: () => dynamoPostLinks(table, now).read(linkHash(aLink)) };
}
const locationOf = ({ headers = {} }: { headers?: Record<string, unknown> | undefined }) => headers.location;

describe('for operators', () => {
  it('a postmortem shows its posts, and no link of any', async () => {
    const { open } = await aWorld([aPostRow(), aPostRow({ channel: payments.id, link: undefined, post: refused })]);
    const { body = '' } = await open(path);
    const said = plain(body);
    expect(said).toContain('#incident-pms Engineering Posted It shows revision 2. Yes');
    expect(said).toContain('#payments Engineering Refused Slack refused it: the channel is archived (is_archived). Since');
    expect(body).toContain(`href="${path}/repost?channel=${payments.id}"`);
    expect(body).not.toMatch(new RegExp(`${aLink}|key-of-the-post`));
  });

  it('one without Slack shows nothing of it, and says so where its pages are asked for', async () => {
    const { open } = await aWorld([], false);
    expect((await open(path)).body).not.toContain('In Slack');
    expect(await open(`${path}/repost`)).toMatchObject({ statusCode: 409, body: expect.stringContaining('docs/slack.md') });
  });

  it('what waits is named where they begin', async () => {
    const { open } = await aWorld([aPostRow({ post: refused })]);
    await dynamoSlackPace(table, now).holdUntil('2026-11-23T10:20:00Z', 'token_revoked');
    const { body = '' } = await open('/home');
    expect(body).not.toContain('Nothing waits for you');
    expect(plain(body)).toContain('Slack says: the token of the app was revoked: put the new one into its secret (token_revoked).');
    expect(plain(body)).toContain('The post of checkout in #incident-pms.');
    expect(body).toContain(`href="${path}#slack"`);
  });

  it('links are taken back after a question, at once and once', async () => {
    const { open, press, audit, asked, opens } = await aWorld([aPostRow()]);
    expect(plain((await open(`${path}/links`)).body)).toContain('1 link in #incident-pms will open nothing any more');
    expect(await opens()).toBeDefined();

    expect(locationOf(await press(`${path}/links`, {}))).toBe(`${path}?done=links`);
    expect(locationOf(await press(`${path}/links`, {}))).toBe(`${path}?done=same`);
    expect(await opens()).toBeUndefined();
    expect(asked).toEqual(Array(2).fill({ postmortem: 'checkout' }));
    expect(await audit()).toMatchObject([{ who: sids.operator, act: 'links revoked', facts: { by: 'person' } }]);
  });

  it('one is posted on purpose in a channel that is chosen', async () => {
    const { open, press, asked, audit } = await aWorld([aPostRow(), aPostRow({ channel: support.id, link: undefined, post: refused })]);
    const { body = '' } = await open(`${path}/repost?channel=${payments.id}`);
    expect(body).toContain(`<option value="${payments.id}" selected`);
    expect(body).toContain('(not joined)');
    expect(body).toContain(`<option value="${support.id}"`);
    expect(body).not.toContain('#incident-pms');

    expect(locationOf(await press(`${path}/repost`, { channel: payments.id }))).toBe(`${path}?done=repost`);
    expect(asked).toEqual([{ postmortem: 'checkout', channel: payments.id }]);
    // One that stands is looked at again.
    expect(await press(`${path}/repost`, { channel: 'C0000000001' })).toMatchObject({ statusCode: 303 });
    expect(await press(`${path}/repost`, { channel: 'nothing' })).toMatchObject({ statusCode: 422 });
    expect((await audit()).map(({ act }) => act)).toEqual(['post repeated', 'post repeated']);
  });
});

describe('for authors', () => {
  const text =
    '---\nid: pool\nseverity: sev2\nservices: [checkout]\nstart: 2026-11-23 10:00\n---\n# Pool ran <dry>\n\n## Summary\n\nNo orders.\n';
  const write = async (press: Awaited<ReturnType<typeof aHomeWorld>>['press'], form: object = {}) =>
    plain((await press('/home/write', { press: 'check', text, ...form }, { as: 'author' })).body);

  it('a draft shows which channels get it, and the post as each would show it', async () => {
    const { press } = await aWorld([]);
    const said = await write(press);
    expect(said).toContain('What Slack would show');
    expect(said).toContain('To come #incident-pms 240 members');
    expect(said).toContain('Not posted #payments Gets nothing: the app is not in it.');
    expect(said).toContain('Pool ran &lt;dry&gt;');
    expect(said).not.toContain('#support-news');
    expect(await write(press, { press: 'ask' })).toContain('Slack #incident-pms It gets the id pool');
  });

  it('is shown without, where the stack has no Slack, or its readers nothing to see', async () => {
    const { press } = await aWorld([], false);
    expect(await write(press)).not.toContain('Slack');
  });

  it('a revision says that posts are edited, and a published one where it stands', async () => {
    const { press, open } = await aWorld([aPostRow(), aPostRow({ channel: payments.id, post: { state: 'lost', since } })]);
    const mine = plain((await open('/home/mine/checkout', { as: 'operator' })).body);
    expect(mine).toContain('Posted #incident-pms It shows revision 2.');
    expect(mine).toContain('Deleted #payments Somebody deleted it in Slack.');
    const asked = plain((await press('/home/write', { press: 'check', text: text.replace('id: pool', 'id: checkout') })).body);
    expect(asked).toContain('Slack #incident-pms (edited in place)');
  });

  it('is told with its actions as people left them, and as the draft changes them', async () => {
    const { press, open } = await aWorld([aPostRow()]);
    const item = (title: string) => ({ title, status: 'open' as const });
    await publish(table, {
      id: 'checkout',
      title: 'Checkout was slow',
      services: ['checkout'],
      actionItems: [item('Pool'), item('Queue')],
    });
    const [row] = (await dynamoActionLedger(table).list('checkout')).filter(({ reported }) => reported.title === 'Pool');
    if (!row) throw new Error('publishing keeps its actions');
    const at = '2026-11-23T09:00:00Z';
    await dynamoActionLedger(table).put({ ...row, events: [...row.events, { kind: 'done', at, by: 's' }] }, at);
    expect(plain((await open('/home/mine/checkout', { as: 'operator' })).body)).toContain('What will change Queue. Pool (done).');
    const draft = `${text.replace('id: pool', 'id: checkout')}\n## Action items\n\n- [ ] Pool\n- [x] Queue\n`;
    const asked = plain((await press('/home/write', { press: 'check', text: draft })).body);
    expect(asked).toContain('What will change Pool (done). Queue (done).');
  });

  it('a restricted one shows nothing but where its posts stand', async () => {
    const { open } = await aWorld([aPostRow()]);
    await publish(table, { id: 'checkout', title: 'Checkout was slow', restricted: true });
    const said = plain((await open('/home/mine/checkout')).body);
    expect(said).toContain('Its posts show nothing of the postmortem.');
  });
});
