import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem, type Received, type Reply } from '../support/fake-api.ts';

const post = {
  postmortem: 'checkout',
  channel: 'C0000000001',
  name: 'incident-pms',
  audience: 'engineering',
  hasLink: true,
  canRepost: false,
};
const since = '2026-11-23T08:00:00Z';

async function ran(args: readonly string[], reply: (asked: Received, count: number) => Reply) {
  await using api = await fakeApi(reply);
  const { code, stdout, stderr } = await afterword(['slack', ...args, '--api', api.url]);
  const asked = api.received.map(({ method, path, body }) => [method, path, ...(body ? [body] : [])].join(' '));
  return {
    code,
    stderr,
    asked,
    lines: stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ {2,}/g, ' | ')),
  };
}
const ok = (body: object) => () => ({ status: 200, body });

it('shows channels, and asks again until Slack answered', async () => {
  const channels = [
    {
      named: '#incident-pms',
      channel: 'C1',
      name: 'pms',
      standing: 'ready',
      audience: 'engineering',
      isListed: true,
      teams: ['Payments'],
      members: 240,
    },
    { named: '#gone', standing: 'missing', audience: 'leadership', isListed: true, severities: ['sev1', 'sev2'], teams: [] },
  ];
  const told = await ran(['channels', '--refresh'], ({ method }, count) => ({
    status: method === 'POST' ? 202 : 200,
    body: method === 'POST' ? {} : { channels, ...(count > 2 && { listedAt: since }), held: { until: since, why: 'invalid_auth' } },
  }));
  expect(told.asked).toEqual(['POST /operator/slack/channels/refresh', 'GET /operator/slack/channels', 'GET /operator/slack/channels']);
  expect([told.code, ...told.lines]).toEqual([
    0,
    'CHANNEL | STATE | AUDIENCE | GETS | MEMBERS | ID',
    '#pms | ready | engineering | all; Payments | 240 | C1',
    '#gone | missing | leadership | sev1, sev2 | -',
    '',
    'As of 2026-11-23 08:00 UTC.',
    'Nothing can be posted in Slack: the token of the app is not valid: put the new one into its secret (invalid_auth). It is tried again at 2026-11-23 08:00 UTC. Posts wait and are not lost.',
  ]);
});

it('shows the posts of a postmortem, and how to post again what is missing', async () => {
  const posts = [
    { ...post, state: 'posted', shown: { revision: 3, view: 'full' } },
    { ...post, name: undefined, state: 'lost', since, hasLink: false, canRepost: true },
    { ...post, state: 'sung' },
  ];
  const told = await ran(['posts', 'checkout'], ok({ posts, wanted: { revision: 3, standing: 'told' } }));
  expect(told.asked).toEqual(['GET /operator/slack/posts?postmortem=checkout']);
  expect(told.lines).toEqual([
    'CHANNEL | AUDIENCE | STATE | SINCE (UTC) | LINK',
    '#incident-pms | engineering | it shows revision 3 | - | yes',
    'C0000000001 | engineering | somebody deleted it in Slack | 2026-11-23 08:00 | no',
    '#incident-pms | engineering | sung | - | yes',
    '',
    'Slack should show revision 3.',
    'Post it again: afterword slack repost checkout C0000000001',
  ]);
});

it('shows what waits, and that nothing does', async () => {
  const refused = { ...post, state: 'refused', code: 'is_archived', since };
  expect((await ran(['posts'], ok({ posts: [refused] }))).lines).toEqual([
    'The post of checkout in #incident-pms, since 2026-11-23 08:00 UTC: Slack refused it: the channel is archived (is_archived). See: afterword slack posts checkout',
  ]);
  const kept = { ...post, state: 'posted', mustGo: true, code: 'token_revoked', since };
  expect((await ran(['posts'], ok({ posts: [kept] }))).lines[0]).toContain(
    'still shows its text, which has to go, and could not be emptied',
  );
  expect((await ran(['posts'], ok({ posts: [] }))).lines).toEqual(['No post waits for you.']);
  expect((await ran(['posts', 'pm-1'], ok({ posts: [], wanted: { revision: 1, standing: 'told' } }))).lines).toEqual([
    'pm-1 was posted in no channel.',
    'Slack should show revision 1.',
    'Post it: afterword slack repost pm-1 CHANNEL',
  ]);
  const toCome = [{ channel: post.channel, name: post.name, audience: 'engineering' }];
  const held = { until: '2026-11-23T08:10:00Z', why: 'token_revoked' };
  expect((await ran(['posts', 'pm-1'], ok({ posts: [], wanted: { revision: 1, standing: 'told' }, toCome, held }))).lines).toEqual([
    'pm-1 is not posted yet.',
    'Slack should show revision 1.',
    'On its way, by itself: #incident-pms.',
    expect.stringContaining('Posts wait and are not lost.'),
  ]);
});

it('revokes links after a yes, and says what became of it', async () => {
  const unasked = await ran(['links', 'revoke', 'checkout'], ok({}));
  expect([unasked.code, unasked.asked]).toEqual([2, []]);
  expect(unasked.stderr).toContain('Add --yes to confirm.');

  const revoke = (revoked: number, edits: boolean) =>
    ran(['links', 'revoke', 'checkout', '--yes'], ok({ postmortem: 'checkout', revoked, edits }));
  const done = await revoke(2, true);
  expect([done.code, done.asked, done.lines]).toEqual([
    0,
    ['DELETE /operator/slack/checkout/links'],
    ['2 links of checkout open nothing any more.'],
  ]);
  expect((await revoke(0, true)).lines).toEqual(['No link of checkout in Slack opens anything, and its posts to come get none.']);
  expect((await revoke(1, false)).lines[1]).toContain('still show their dead links');
});

it('posts on purpose', async () => {
  const told = await ran(['repost', 'checkout', 'incident-pms'], () => ({ status: 202, body: post }));
  expect([told.code, told.asked, told.lines]).toEqual([
    0,
    ['POST /operator/slack/checkout/repost {"channel":"incident-pms"}'],
    ['checkout is being posted in #incident-pms, as engineering sees it.', 'See how far it is: afterword slack posts checkout'],
  ]);
});

it.each([[['channels']], [['posts']], [['repost', 'pm-1', 'pms']], [['links', 'revoke', 'checkout', '--yes']]])(
  'of a stack without Slack says so: %j',
  async (args) => {
    const told = await ran(args, () => problem(409, 'This stack has no Slack.'));
    expect(told).toMatchObject({ code: 1, stderr: 'This stack has no Slack.\n' });
  },
);
