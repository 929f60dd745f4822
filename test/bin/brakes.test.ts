import { describe, expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const id = 'engineering-digest_2026-W47';
const sid = 'a'.repeat(32);
const ok = (body: unknown) => () => ({ status: 200, body });

describe('pause and resume', () => {
  it('of an edition say what holds now', async () => {
    await using api = await fakeApi(ok({ edition: id, changed: true }));
    const ran = await afterword(['pause', id, '--api', api.url]);
    expect(ran).toMatchObject({ code: 0, stdout: `${id} is paused. Continue with: afterword resume ${id}\n` });
    expect(api.received).toMatchObject([{ method: 'POST', path: `/operator/editions/${id}/pause` }]);
    expect((await afterword(['resume', id, '--api', api.url])).stdout).toBe(`${id} continues within a minute.\n`);
  });

  it('of a lane go to the lane, and with --all to all of them', async () => {
    await using api = await fakeApi(({ path }) => ({ status: 200, body: { lane: path.split('/')[3], changed: false } }));
    expect((await afterword(['resume', 'bulk', '--api', api.url])).stdout).toBe('The lane bulk was not paused.\n');
    expect((await afterword(['pause', '--all', '--api', api.url])).stdout).toContain(
      'This pauses alerts, confirmations and new links too.',
    );
    expect(api.received.map(({ path }) => path)).toEqual([
      '/operator/lanes/bulk/resume',
      '/operator/lanes/bulk/pause',
      '/operator/lanes/prompt/pause',
      '/operator/lanes/urgent/pause',
      '/operator/lanes/customers/pause',
    ]);
  });

  it('hold nothing where nobody says what, because alerts would be held too', async () => {
    await using api = await fakeApi(ok({ lane: 'bulk', changed: true }));
    expect(await afterword(['pause', '--api', api.url])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/an edition or a lane \(bulk, prompt, urgent, customers\), or add --all\. This pauses alerts,/),
    });
    expect((await afterword(['pause', 'bulk', '--all', '--api', api.url])).code).toBe(2);
    expect(api.received).toEqual([]);
  });

  it('tell a lane that was mistyped from an edition that is not there', async () => {
    await using api = await fakeApi(() => problem(404, 'There is no edition with this id.'));
    expect(await afterword(['pause', 'bulkk', '--api', api.url])).toMatchObject({
      code: 1,
      stderr: 'There is no lane (bulk, prompt, urgent, customers) and no edition with this name: bulkk. Did you mean bulk?\n',
    });
  });

  it('say why an edition takes no brake', async () => {
    await using api = await fakeApi(() => ({
      status: 409,
      body: { type: 'about:blank', title: 'Conflict', status: 409, detail: 'It is complete.' },
    }));
    expect(await afterword(['pause', id, '--api', api.url])).toMatchObject({ code: 1, stderr: 'It is complete.\n' });
  });
});

describe('recall', () => {
  it('does nothing unless somebody says yes, because it cannot be undone', async () => {
    await using api = await fakeApi(ok({ edition: id, changed: true }));
    expect(await afterword(['recall', id, '--api', api.url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('You cannot undo'),
    });
    expect(api.received).toEqual([]);
    expect((await afterword(['recall', id, '--yes', '--api', api.url])).stdout).toContain(`${id} is recalled`);
    expect(api.received).toMatchObject([{ path: `/operator/editions/${id}/recall` }]);
  });
});

describe('who is unconfirmed', () => {
  const edition = {
    ...{ edition: id, stream: 'engineering-digest', scheduledFor: '2026-11-23T08:00:00Z', composedAt: '2026-11-23T08:00:03Z' },
    ...{ subject: 'Five incidents', postmortems: 5, state: 'complete', counts: { accepted: 38, unconfirmed: 2 }, carries: [], inDoubt: [] },
    unconfirmed: [sid, 'b'.repeat(32)],
  };

  it('is listed by id alone', async () => {
    const reach = { mails: 0, states: {}, teams: [] };
    await using api = await fakeApi(({ path }) => ({ status: 200, body: path.endsWith('/reach') ? reach : edition }));
    expect((await afterword(['edition', id, '--unconfirmed', '--api', api.url])).stdout).toBe(`${sid.slice(0, 12)}\n${'b'.repeat(12)}\n`);
    const { stdout } = await afterword(['edition', id, '--unconfirmed', '--json', '--api', api.url]);
    expect(JSON.parse(stdout)).toEqual({ edition: id, unconfirmed: edition.unconfirmed });
    expect((await afterword(['edition', id, '--api', api.url])).stdout).toContain(`afterword edition ${id} --unconfirmed`);
  });

  it('is named where the key may see people', async () => {
    await using api = await fakeApi(ok({ ...edition, addresses: { [sid]: 'ada@example.com' } }));
    const { stdout } = await afterword(['edition', id, '--unconfirmed', '--addresses', '--api', api.url]);
    expect(stdout).toBe('aaaaaaaaaaaa  ada@example.com\nbbbbbbbbbbbb  (gone)\n');
    expect(api.received[0]?.path).toBe(`/operator/editions/${id}?addresses=true`);
  });

  it('is another than who was refused, listed with SES’s code', async () => {
    const refused = { [sid]: 'MessageRejected' };
    await using api = await fakeApi(ok({ ...edition, refused, addresses: { [sid]: 'ada@example.com' } }));
    const { stdout } = await afterword(['edition', id, '--refused', '--addresses', '--api', api.url]);
    expect(stdout).toBe('aaaaaaaaaaaa  ada@example.com  MessageRejected\n');
    const { stdout: json } = await afterword(['edition', id, '--refused', '--json', '--api', api.url]);
    expect(JSON.parse(json)).toMatchObject({ edition: id, refused });
    expect((await afterword(['edition', id, '--refused', '--unconfirmed', '--api', api.url])).code).toBe(2);
  });

  it('is found by the beginning of an id, if it is one person', async () => {
    const answer = (body: string) => ({ edition: id, asked: JSON.parse(body).subscribers, underWay: [], left: [] });
    await using api = await fakeApi(({ method, body }) => ({ status: 200, body: method === 'GET' ? edition : answer(body) }));
    const again = (subscriber: string) =>
      afterword(['resend', id, '--subscriber', subscriber, '--reason', 'by phone', '--yes', '--api', api.url]);
    expect((await again('a'.repeat(12))).code).toBe(0);
    expect(JSON.parse(api.received.at(-1)?.body ?? '')).toMatchObject({ subscribers: [sid] });
    expect(await again('c'.repeat(12))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('fits nobody whose mail is unconfirmed'),
    });
  });

  it('is sent to once more, in batches, when somebody says why and yes', async () => {
    const many = Array.from({ length: 150 }, (_, n) => String(n).padStart(32, '0'));
    await using api = await fakeApi(({ method, body }) =>
      method === 'GET'
        ? { status: 200, body: { ...edition, unconfirmed: many } }
        : { status: 200, body: { edition: id, asked: JSON.parse(body).subscribers, underWay: [], left: [] } },
    );
    const ran = await afterword(['resend', id, '--unconfirmed', '--reason', 'SES had an outage', '--yes', '--api', api.url]);
    expect(ran).toMatchObject({ code: 0, stdout: '150 deliveries will be settled or sent again within a minute.\n' });
    const asked = api.received.slice(1).map(({ body }) => JSON.parse(body));
    expect(asked.map(({ subscribers }) => subscribers.length)).toEqual([100, 50]);
    expect(asked[0].reason).toBe('SES had an outage');
  });

  it.each([
    [
      { state: 'superseded', supersededBy: 'sev1-alerts_pm-1_r2' },
      'It was superseded by sev1-alerts_pm-1_r2: nothing of it is sent any more.',
    ],
    [{ state: 'recalled' }, 'It was recalled: nothing of it is sent any more.'],
  ])('is of no matter once nothing of the edition is sent: %j', async (over, problem) => {
    await using api = await fakeApi(ok({ ...edition, ...over, unconfirmed: [] }));
    const ran = await afterword(['resend', id, '--unconfirmed', '--reason', 'by phone', '--yes', '--api', api.url]);
    expect(ran).toMatchObject({ code: 1, stderr: expect.stringContaining(problem) });
    expect(api.received).toHaveLength(1);
  });

  it('is told apart from whoever is left alone', async () => {
    await using api = await fakeApi(ok({ edition: id, asked: [], underWay: [sid], left: ['c'.repeat(32)] }));
    const ran = await afterword(['resend', id, '--subscriber', sid, 'c'.repeat(32), '--reason', 'by phone', '--yes', '--api', api.url]);
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('1 already under way.\n1 left alone');
  });

  it.each([
    ['without a reason', ['--unconfirmed', '--yes']],
    ['without a yes', ['--subscriber', sid, '--reason', 'by phone']],
    ['without saying to whom', ['--reason', 'by phone', '--yes']],
    ['in two ways at once', ['--subscriber', sid, '--unconfirmed', '--reason', 'by phone', '--yes']],
  ])('is not sent to %s', async (_what, options) => {
    await using api = await fakeApi(ok(edition));
    expect((await afterword(['resend', id, ...options, '--api', api.url])).code).toBe(2);
    expect(api.received.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

it('shows a lane that only a later release knows', async () => {
  const lanes = [{ lane: 'express', paused: { at: '2026-11-23T08:00:00Z', by: 'on call', since: 'a later member' } }];
  await using api = await fakeApi(ok({ editions: [], lanes }));

  expect((await afterword(['editions', '--api', api.url])).stdout).toContain('The lane express has been paused since 2026-11-23 08:00 UTC');
});

it('says above the list of editions which lanes are held, by what and until when', async () => {
  const stopped = { code: 'AccountSendingPausedException', since: '2026-11-23T08:00:03Z', probeAt: 1_795_421_400_000, interval: 40_000 };
  const lanes = [
    { lane: 'bulk', stopped },
    { lane: 'urgent', paused: { at: '2026-11-23T08:00:00Z', by: 'on call\u001b[31m' }, stopped: { ...stopped, code: 'InDoubt' } },
    { lane: 'customers', stopped: { ...stopped, code: 'DailyQuotaReserve' } },
  ];
  await using api = await fakeApi(ok({ editions: [], lanes }));
  const [bulk, urgent, silent, customers, empty] = (await afterword(['editions', '--api', api.url])).stdout.split('\n');
  expect(bulk).toBe(
    'The lane bulk has been stopped since 2026-11-23 08:00 UTC: SES accepts no mail (AccountSendingPausedException). Next try 2026-11-23 08:10 UTC, or now: afterword resume bulk',
  );
  expect(urgent).toBe('The lane urgent has been paused since 2026-11-23 08:00 UTC by "on call[31m". Continue: afterword resume urgent');
  expect(silent).toContain('The lane urgent has been stopped since 2026-11-23 08:00 UTC: SES does not say whether it accepts mail.');
  expect(customers).toContain('kept for urgent mail');
  expect(empty).toBe('');
});

it('names the edition that is not there', async () => {
  await using api = await fakeApi(() => problem(404, 'There is no edition nothing_1'));
  expect(await afterword(['recall', 'nothing_1', '--yes', '--api', api.url])).toMatchObject({
    code: 1,
    stderr: 'There is no edition nothing_1\n',
  });
});

describe('settle', () => {
  const told = { composing: [], owed: 0, recalled: ['sev1-alerts_pm_r1'], kept: ['engineering-digest_2026-W48'] };
  const settling = () => fakeApi(({ body }) => ({ status: 200, body: { ...told, isSettled: JSON.parse(body).how === 'act' } }));
  const since = ['--since', '2026-11-23T09:00+01:00'];

  it('looks first, and recalls nothing unless somebody says yes', async () => {
    await using api = await settling();
    const ran = await afterword(['settle', ...since, '--api', api.url]);
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('You cannot undo') });
    expect(ran.stdout).toContain('Recalled, because somebody may have got it before:\n  sev1-alerts_pm_r1\n');
    expect(ran.stdout).toContain('Will be sent:\n  engineering-digest_2026-W48\n');
    expect(api.received.map(({ body }) => JSON.parse(body))).toEqual([{ since: '2026-11-23T08:00:00Z', keep: [], how: 'look' }]);
  });

  it('settles with the same words as it looked', async () => {
    await using api = await settling();
    const until = ['--until', '2026-11-23T10:00:00Z', '--keep', id];
    const ran = await afterword(['settle', ...since, ...until, '--yes', '--api', api.url]);
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('Settled: 1 edition recalled.') });
    const wish = { since: '2026-11-23T08:00:00Z', until: '2026-11-23T10:00:00Z', keep: [id] };
    expect(api.received.map(({ body }) => JSON.parse(body))).toEqual([
      { ...wish, how: 'look' },
      { ...wish, how: 'act' },
    ]);
  });

  it('takes instants and no days', async () => {
    await using api = await settling();
    expect(await afterword(['settle', '--since', '2026-11-23', '--api', api.url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('instant'),
    });
    expect(api.received).toEqual([]);
  });
});
