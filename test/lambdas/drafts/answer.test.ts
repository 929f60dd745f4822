import { describe, expect, it } from 'vitest';
import type { PostmortemStore } from '../../../core/intake/ports.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { slackSignature } from '../../../core/slack-draft/is-signed-by-slack.ts';
import { answerSlack } from '../../../lambdas/drafts/answer.ts';
import { aDistribution } from '../../support/distribution.ts';
import { anHttpEvent } from '../../support/http-event.ts';

const secret = '0123456789abcdef0123456789abcdef';
const [workspace, channel] = ['T0123456789', 'C0123456789'];
const text = '*SEV-2: Checkout down*\nServices: checkout\n*Root cause*\nA bad deploy of R&amp;D.';
const ts = '1796025600.000100';

/** Slack, the function, and what is stored. */
function aWorld({ slack = { drafts: { workspace, channels: [channel] } } as unknown, signing = secret } = {}) {
  const current = new Map<string, StoredPostmortem>();
  const state = {
    now: new Date('2026-11-30T10:00:00Z'),
    told: [] as { address: string; message: unknown }[],
    logged: [] as string[],
    slackAnswers: 'answered' as 'answered' | 'refused',
    /** Ends the function before this write. */
    dies: undefined as 'putRevision' | 'putCurrent' | undefined,
    /** Somebody else stores first. */
    meanwhile: undefined as (() => void) | undefined,
  };
  const orDie = (write: 'putRevision' | 'putCurrent') => {
    if (state.dies === write) throw new Error('the process died');
  };
  const postmortems: Pick<PostmortemStore, 'readCurrent' | 'putRevision' | 'putCurrent'> = {
    readCurrent: async (id) => current.get(id),
    putRevision: async () => orDie('putRevision'),
    putCurrent: async (stored, before) => {
      orDie('putCurrent');
      state.meanwhile?.();
      state.meanwhile = undefined;
      if (current.get(stored.postmortem.id)?.revision !== before?.revision) return false;
      current.set(stored.postmortem.id, stored);
      return true;
    },
  };
  const note = (...line: unknown[]) => void state.logged.push(JSON.stringify(line));
  const deps = {
    postmortems: postmortems as PostmortemStore,
    distribution: async () => aDistribution(slack === false ? {} : { slack }),
    signingSecrets: async () => signing,
    answerAt: async (address: string, message: unknown) => {
      state.told.push({ address, message });
      return state.slackAnswers;
    },
    publicUrl: 'https://afterword.example.com',
    now: () => state.now,
    log: { info: note, warn: note, error: note },
  };
  const post = async (url: string, form: string, { by = secret, isBase64Encoded = true, headers = {} } = {}) => {
    const timestamp = String(state.now.getTime() / 1000);
    const signed = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': slackSignature(by, timestamp, Buffer.from(form)) };
    const body = isBase64Encoded ? Buffer.from(form).toString('base64') : form;
    const answer = await answerSlack(anHttpEvent('POST', { url, headers: { ...signed, ...headers }, body, isBase64Encoded }), deps);
    return { status: answer.statusCode, body: answer.body ?? '' };
  };
  const command = (written: string, change: Record<string, string> = {}, how = {}) => {
    const form = {
      team_id: workspace,
      channel_id: channel,
      user_id: 'U0123456789',
      text: written,
      response_url: 'https://hooks.slack.com/commands/1',
    };
    return post('/slack/commands', new URLSearchParams({ ...form, ...change }).toString(), how);
  };
  const shortcut = (change: Record<string, unknown> = {}, how = {}) => {
    const payload = {
      ...{ type: 'message_action', callback_id: 'draft_postmortem', response_url: 'https://hooks.slack.com/app/1' },
      ...{ team: { id: workspace }, channel: { id: channel }, user: { id: 'U0123456789', team_id: workspace }, message: { ts, text } },
    };
    return post('/slack/actions', new URLSearchParams({ payload: JSON.stringify({ ...payload, ...change }) }).toString(), how);
  };
  const lastTold = () => JSON.stringify(state.told.at(-1)?.message);
  return { state, current, command, shortcut, post, lastTold, drafts: () => [...current.values()].map(({ postmortem }) => postmortem) };
}

describe('the shortcut of a message', () => {
  it('makes a draft and tells the person alone what was found, what is missing and how to publish', async () => {
    const world = aWorld();

    expect(await world.shortcut()).toEqual({ status: 200, body: '' });

    expect(world.drafts()).toMatchObject([
      {
        id: 'slack-c0123456789-1796025600-000100',
        status: 'draft',
        severity: 'sev2',
        services: ['checkout'],
        rootCauses: ['A bad deploy of R&D.'],
      },
    ]);
    expect(world.state.told).toMatchObject([{ address: 'https://hooks.slack.com/app/1', message: { response_type: 'ephemeral' } }]);
    const told = world.lastTold();
    for (const part of ['Draft stored: SEV-2: Checkout down', 'Severity: Sev-2. Services: checkout. Sections: cause', 'Missing: start'])
      expect(told).toContain(part);
    expect(told).toContain('https://afterword.example.com/home/write?from=slack-c0123456789-1796025600-000100');
  });

  it('makes one draft however often it is pressed, also after a retry of Slack', async () => {
    const world = aWorld();
    await world.shortcut();
    const before = structuredClone([...world.current]);
    world.state.now = new Date('2026-12-24T10:00:00Z');
    await world.shortcut({}, { headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' } });

    expect([...world.current]).toEqual(before);
    expect(world.lastTold()).toContain('This draft stands already');
  });

  it('changes nothing that was made of it, also what somebody published', async () => {
    const world = aWorld();
    await world.shortcut();
    const [[id, stored] = []] = world.current;
    if (!id || !stored) throw new Error('no draft');
    const published = { ...stored, revision: 2, hash: 'another', postmortem: { ...stored.postmortem, status: 'published' as const } };
    world.current.set(id, published);
    await world.shortcut();

    expect(world.current.get(id)).toBe(published);
    expect(world.lastTold()).toContain('Nothing was stored');
  });

  it('makes one draft where two are pressed at once', async () => {
    const world = aWorld();
    world.state.meanwhile = () => void world.shortcut();
    await world.shortcut();

    expect(world.drafts()).toHaveLength(1);
    expect([...world.current.values()][0]?.revision).toBe(1);
  });

  it.each(['putRevision', 'putCurrent'] as const)('stores it at the second press where the first died at %s', async (write) => {
    const world = aWorld();
    world.state.dies = write;
    expect((await world.shortcut()).status).toBe(500);
    expect(world.drafts()).toEqual([]);
    world.state.dies = undefined;
    await world.shortcut();

    expect(world.drafts()).toHaveLength(1);
    expect(world.lastTold()).toContain('Draft stored');
  });

  it('shows as failed where Slack takes no answer, and says at the next press that the draft stands', async () => {
    const world = aWorld();
    world.state.slackAnswers = 'refused';
    expect((await world.shortcut()).status).toBe(424);
    world.state.slackAnswers = 'answered';
    expect((await world.shortcut()).status).toBe(200);

    expect(world.lastTold()).toContain('This draft stands already');
  });

  it('says that files are not read', async () => {
    const world = aWorld();
    await world.shortcut({ message: { ts, text: '', files: [{ url_private: 'https://files.slack.com/a.md' }] } });

    expect(world.lastTold()).toMatch(/no text\. Files are not read/);
    expect(world.drafts()).toEqual([]);
  });

  it('counts as of the message’s own time, so that a later press reads the same', async () => {
    const world = aWorld();
    world.state.now = new Date('2027-02-01T10:00:00Z');
    await world.shortcut({ message: { ts, text: 'Checkout down\n\nStart: 2026-12-25 13:05 UTC' } });

    expect(world.lastTold()).toContain('is in the future');
    expect(world.drafts()[0]).not.toHaveProperty('startedAt');
  });
});

describe('the command', () => {
  it('makes a draft and answers in the same breath', async () => {
    const world = aWorld();
    const { status, body } = await world.command('SEV-3: search slow', {}, { isBase64Encoded: false });

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ response_type: 'ephemeral' });
    expect(body).toContain('Draft stored: SEV-3: search slow');
    expect(world.drafts()).toMatchObject([{ status: 'draft', severity: 'sev3' }]);
    expect(world.state.told).toEqual([]);
  });

  it('takes a short first line for the title', async () => {
    const world = aWorld();
    await world.command('Search was slow\nSeverity: SEV-3\nServices: search\n\nThe index was rebuilt at noon.');

    expect(world.drafts()).toMatchObject([
      { title: 'Search was slow', severity: 'sev3', services: ['search'], summary: 'The index was rebuilt at noon.' },
    ]);
  });

  it('makes one draft of one text of a person on a day, and others of others', async () => {
    const world = aWorld();
    await world.command('Checkout down');
    world.state.now = new Date('2026-11-30T10:04:00Z');
    await world.command('Checkout down ', { trigger_id: 'another' });
    expect(world.drafts()).toHaveLength(1);
    await world.command('Checkout down', { user_id: 'U0000000002' });
    await world.command('Search down');

    expect(world.drafts()).toHaveLength(3);
  });

  it.each(['', '  ', 'help', 'HELP'])('helps where the text is %j', async (written) => {
    const world = aWorld();

    expect((await world.command(written)).body).toContain('Afterword makes a draft of it');
    expect(world.drafts()).toEqual([]);
  });

  it('never publishes, whatever the text says', async () => {
    const world = aWorld();
    await world.command('---\nstatus: published\nseverity: sev1\nmergedInto: other\n---\n# Checkout down');

    expect(world.drafts()).toMatchObject([{ status: 'draft', severity: 'sev1' }]);
    expect(world.drafts()[0]).not.toHaveProperty('mergedInto');
  });

  it('takes no id from the text, and says why', async () => {
    const world = aWorld();

    expect((await world.command('---\nid: of-others\n---\n# Checkout down')).body).toContain(
      'Nothing was stored: some of it cannot be taken',
    );
    expect(world.drafts()).toEqual([]);
  });

  it('refuses a text that Slack would not let anybody write', async () => {
    expect((await aWorld().command('a'.repeat(40_001))).body).toContain('more than 40000 characters');
    expect((await aWorld().post('/slack/commands', 'a'.repeat(2 * 1024 * 1024 + 1))).status).toBe(413);
  });

  it('shows words of strangers where Slack reads no markup, and calls nothing that a text names', async () => {
    const world = aWorld();
    const { body } = await world.command('<!channel> <https://169.254.169.254/latest|*Checkout* down>');
    const { text: shown, blocks } = JSON.parse(body);

    expect(shown).toBe('Afterword answers you.');
    expect(blocks.every((block: { text: { type: string } }) => block.text.type === 'plain_text')).toBe(true);
    expect(world.state.told).toEqual([]);
  });
});

describe('nothing is stored', () => {
  const drafts = { workspace, channels: [channel] };
  it.each([
    ['from another channel', { slack: { drafts } }, { channel_id: 'C0999999999' }],
    ['from another workspace', { slack: { drafts } }, { team_id: 'T0999999999' }],
    ['where the file names no place for drafts', { slack: {} }, {}],
    ['where the file has no Slack', { slack: false }, {}],
  ])('%s', async (_, world, change) => {
    const { command, drafts: stored, state } = aWorld(world as object);

    expect((await command('Checkout down', change)).body).toContain('no drafts are taken from this channel');
    expect(stored()).toEqual([]);
    expect(state.logged.join()).not.toContain('Checkout');
  });

  it('for somebody of another company in a shared channel', async () => {
    const world = aWorld();
    await world.shortcut({ user: { id: 'U0123456789', team_id: 'T0999999999' } });

    expect(world.drafts()).toEqual([]);
    expect(world.lastTold()).toContain('no drafts are taken from this channel');
  });

  it('of what Slack did not sign, and nothing of it is read', async () => {
    const world = aWorld();
    const answers = [
      await world.command('Checkout down', {}, { by: 'f'.repeat(32) }),
      await world.command('Checkout down', {}, { headers: { 'x-slack-signature': '' } }),
      await world.command('Checkout down', {}, { headers: { 'x-slack-request-timestamp': '1' } }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(world.drafts()).toEqual([]);
  });

  it.each(['', 'xoxb-a-token'])('while the signing secret is %j', async (signing) => {
    const world = aWorld({ signing });

    expect((await world.command('Checkout down')).status).toBe(503);
    expect((await world.command('Checkout down', {}, { by: '' })).status).toBe(503);
    expect(world.drafts()).toEqual([]);
  });

  it.each([
    ['another shortcut', { callback_id: 'other' }, 200],
    ['a press of a button', { type: 'block_actions' }, 200],
    ['a message without a time', { message: { text } }, 400],
    ['a time that is none', { message: { ts: '../PM', text } }, 400],
    ['a channel that is none', { channel: { id: 'PM#x' } }, 400],
    ['no address for an answer', { response_url: 'no' }, 400],
  ])('of %s', async (_, change, status) => {
    const world = aWorld();

    expect((await world.shortcut(change)).status).toBe(status);
    expect(world.drafts()).toEqual([]);
  });

  it('of JSON that is none, nor where Slack tests the certificate', async () => {
    const world = aWorld();

    expect((await world.post('/slack/actions', 'payload=%7B')).status).toBe(400);
    expect((await world.post('/slack/commands', 'ssl_check=1&token=a')).status).toBe(200);
    expect((await world.post('/slack/commands', 'a=b')).status).toBe(400);
  });
});

it('logs ids and outcomes, and no text', async () => {
  const world = aWorld();
  await world.shortcut();

  expect(world.state.logged.join()).toContain('slack-c0123456789-1796025600-000100');
  expect(world.state.logged.join()).not.toMatch(/Checkout|hooks\.slack/);
});
