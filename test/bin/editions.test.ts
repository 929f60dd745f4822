import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const edition = {
  edition: 'engineering-digest_2026-W47',
  stream: 'engineering-digest',
  scheduledFor: '2026-11-23T08:00:00Z',
  composedAt: '2026-11-23T08:00:03Z',
  subject: 'Five incidents, one of them Sev-1',
  postmortems: 5,
  state: 'complete',
  counts: { accepted: 38, 'skipped: snoozed': 2 },
};
const mail = {
  edition: edition.edition,
  subject: edition.subject,
  html: '<p>Hello</p>',
  text: 'Hello\nworld\n',
  headers: { From: 'incident-lessons@example.com', To: 'ada@example.com' },
  size: 2048,
};

/** An API that shows the edition with these counts. */
const showing = (counts: Record<string, number>) =>
  fakeApi(({ path }) => ({
    status: 200,
    body: path.endsWith('/reach')
      ? { mails: 3, states: {}, opens: { 'likely human': 0, machine: 0, unknown: 0 }, teams: [] }
      : { ...edition, counts, carries: [], inDoubt: [] },
  }));

it('prints subject and text of a preview', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: mail }));

  const ran = await afterword(['preview', 'engineering-digest', '--as', 'ada@example.com', '--at', '2026-11-23', '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stdout: `Subject: ${edition.subject}\n\nHello\nworld\n` });
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({
    stream: 'engineering-digest',
    as: 'ada@example.com',
    at: '2026-11-23',
  });
});

it('writes the parts of a preview into a folder that it makes', async () => {
  await using folder = await aFolder({});
  await using api = await fakeApi(() => ({ status: 200, body: mail }));

  const ran = await afterword(['preview', 'engineering-digest', '--out', 'a/b', '--api', api.url], { cwd: folder.path });

  const written = (name: string) => readFile(`${folder.path}/a/b/${name}`, 'utf8');
  expect(ran.code).toBe(0);
  expect(await written('mail.html')).toBe(mail.html);
  expect(await written('mail.txt')).toBe(mail.text);
  expect(await written('headers.txt')).toBe(`Subject: ${edition.subject}\nFrom: incident-lessons@example.com\nTo: ada@example.com\n`);
});

it('says from whom a preview comes, to whom it goes and where replies go', async () => {
  const { headers: _, ...shown } = mail;
  const meant = { ...shown, from: 'Lessons <lessons@example.com>', replyTo: 'lessons@example.com', headers: { 'List-Id': '<digest>' } };
  await using folder = await aFolder({ 'brand.yaml': distributionYaml, 'broken.yaml': distributionYaml.replace('zone:', 'zoen:') });
  await using api = await fakeApi(() => ({ status: 200, body: meant }));
  const preview = (...options: string[]) =>
    afterword(['preview', 'engineering-digest', '--api', api.url, ...options], { cwd: folder.path });

  expect((await preview('--distribution', 'brand.yaml', '--out', '.')).code).toBe(0);
  expect(await readFile(`${folder.path}/headers.txt`, 'utf8')).toBe(
    `From: Lessons <lessons@example.com>\nTo: (each reader)\nReply-To: lessons@example.com (the sender: brand.replyTo names nobody else)\nSubject: ${edition.subject}\nList-Id: <digest>\n`,
  );
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ stream: 'engineering-digest', distribution: distributionYaml });
  expect(await preview('--distribution', 'broken.yaml')).toMatchObject({ code: 1, stdout: expect.stringContaining('Did you mean zone?') });
  expect(await preview('--distribution', 'brand.yaml', '--to', 'ada@example.com')).toMatchObject({ code: 2, stdout: '' });
  expect(api.received).toHaveLength(1);
});

it('mails a preview to one person, as a test', async () => {
  const sent = { edition: 'service_test_1', shows: edition.edition, subject: `Test: ${edition.subject}` };
  await using api = await fakeApi((_, count) => ({ status: 202, body: { ...sent, existed: count > 1 } }));
  const args = ['preview', 'engineering-digest', '--to', 'ada@example.com', '--at', '2026-11-23', '--api', api.url];

  expect((await afterword(args)).stdout).toBe(
    `A test of ${edition.edition} is being composed and will be sent: Test: ${edition.subject}\nSee what became of it: afterword edition service_test_1\n`,
  );
  expect(await afterword(args)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/^This person got a test of this stream less than a minute ago\. No mail was sent/),
  });
  expect(api.received.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /operator/test', 'POST /operator/test']);
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ stream: 'engineering-digest', to: 'ada@example.com', at: '2026-11-23' });
  expect(await afterword([...args, '--as', 'ada@example.com'])).toMatchObject({ code: 2, stdout: '' });
  expect(api.received).toHaveLength(2);
});

it('has the edition of an instant sent, whatever zone it is written in', async () => {
  await using api = await fakeApi(() => ({ status: 202, body: { edition: edition.edition, existed: false } }));

  const ran = await afterword(['send', 'engineering-digest', '--at', '2026-11-23T09:00+01:00', '--api', api.url]);

  expect(ran.stdout).toContain('engineering-digest_2026-W47 is being composed and will be sent.');
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ stream: 'engineering-digest', at: '2026-11-23T08:00:00Z' });
});

it('does not send again by itself what may have been done', async () => {
  await using api = await fakeApi(() => undefined);

  const ran = await afterword(['send', 'engineering-digest', '--at', '2026-11-23', '--api', api.url]);

  expect(ran.code).toBe(3);
  expect(api.received).toHaveLength(1);
});

it('lists editions with their deliveries', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { editions: [edition] } }));

  const { stdout } = await afterword(['editions', '--api', api.url]);

  expect(stdout.split('\n')[1]).toBe(
    'engineering-digest_2026-W47  2026-11-23 08:00  complete  38 accepted, 2 skipped: snoozed  Five incidents, one of them Sev-1',
  );
});

it('shows what an edition carries and which deliveries are in doubt', async () => {
  const carries = [{ id: 'checkout-down', revision: 2, title: 'Checkout down', severity: 'sev1' }];
  const corrects = [{ id: 'redis-failover', from: 1, to: 3 }];
  const reach = {
    mails: 38,
    states: { delivered: 36, bounced: 2 },
    opens: { 'likely human': 20, machine: 9, unknown: 1 },
    teams: [{ team: 'Payments', mails: 12, opens: { 'likely human': 7, machine: 3, unknown: 0 } }],
  };
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.endsWith('/reach')
      ? reach
      : { ...edition, carries, corrects, takesBack: ['mail-lost'], corrected: ['checkout-down'], inDoubt: ['f'.repeat(32)] },
  }));

  const { stdout } = await afterword(['edition', edition.edition, '--api', api.url]);

  expect(api.received[0]?.path).toBe('/operator/editions/engineering-digest_2026-W47');
  expect(stdout).toContain('checkout-down  2         sev1      Checkout down');
  expect(stdout).toContain('It takes back what earlier editions told, without a title:\n  mail-lost\n');
  expect(stdout).toContain('It corrects what earlier editions told:\n  redis-failover, revision 1, by revision 3\n');
  expect(stdout).toContain('Corrected since it was composed; mails to come say so:\n  checkout-down\n');
  expect(stdout).toContain(`  ${'f'.repeat(12)}\n`);
  expect(stdout).toContain('reported by SES: 36 delivered, 2 bounced\nopened (estimate): 20 likely human, 9 machine, 1 unknown\n');
  expect(stdout).toMatch(/^Payments +12 +7 +3 +0$/m);
});

it.each([
  [1, 'One reader was left out: this stage may not mail their domain or address (see mayMail).'],
  [7, '7 readers were left out: this stage may not mail their domain or address (see mayMail).'],
])('says how many may not be mailed (%i)', async (many, sentence) => {
  await using api = await showing({ accepted: 3, 'skipped: not allowed': many });

  expect((await afterword(['edition', edition.edition, '--api', api.url])).stdout).toContain(`\n${sentence}\n`);
});

it('says nothing of people left out where nobody is', async () => {
  await using api = await showing({ accepted: 3 });

  const { stdout } = await afterword(['edition', edition.edition, '--api', api.url]);

  expect(stdout).toContain('deliveries: 3 accepted\n');
  expect(stdout).not.toContain('left out');
});

it('refuses an edition that is not there', async () => {
  await using api = await fakeApi(() => problem(404, 'There is no edition nothing_1'));

  expect(await afterword(['edition', 'nothing_1', '--api', api.url])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'There is no edition nothing_1\n',
  });
});

it('makes a key, prints it alone on stdout and lists it without', async () => {
  const listed = { id: 'k1', label: 'incident bot', scopes: ['publish'], createdAt: '2026-11-23T08:00:00Z' };
  await using api = await fakeApi(({ method }) =>
    method === 'POST' ? { status: 201, body: { ...listed, key: 'secret' } } : { status: 200, body: { keys: [listed] } },
  );

  const created = await afterword(['keys', 'create', 'incident bot', '--scope', 'publish', '--api', api.url]);
  const shown = await afterword(['keys', 'list', '--api', api.url]);

  expect(created.stdout).toBe('secret\n');
  expect(shown.stdout).toContain('k1  2026-11-23  publish  incident bot');
});

it('revokes a key, which answers nothing', async () => {
  await using api = await fakeApi(() => ({ status: 204 }));

  expect(await afterword(['keys', 'revoke', 'k1', '--api', api.url])).toMatchObject({ code: 0, stdout: 'Key k1 is revoked.\n' });
  expect(api.received[0]).toMatchObject({ method: 'DELETE', path: '/operator/keys/k1' });
});

it.each([
  ['without a date', [], {}],
  ['today', ['--at', 'today'], { at: 'now' }],
  ['of a day, which only the API can place', ['--at', '2026-11-23'], { at: '2026-11-23' }],
])('has the edition sent %s', async (_, options, sent) => {
  await using api = await fakeApi(() => ({
    status: 202,
    body: { edition: edition.edition, existed: false, tells: '16–22 November 2026' },
  }));

  const ran = await afterword(['send', 'engineering-digest', ...options, '--api', api.url]);

  expect(ran.stdout).toContain('is being composed and will be sent. It covers 16–22 November 2026.');
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ stream: 'engineering-digest', ...sent });
});

it('sends what is long past only if somebody says that this is meant', async () => {
  const old = { field: 'at', problem: 'engineering-digest_2019-W52 tells of 23–29 December 2019, which ended 360 weeks ago', remedy: 'r' };
  await using api = await fakeApi(({ body }) =>
    JSON.parse(body).evenIfOld ? { status: 202, body: { edition: 'e', existed: false } } : problem(409, 'Conflict', [old]),
  );

  const args = ['send', 'engineering-digest', '--at', '2020-01-01', '--api', api.url];
  expect(await afterword(args)).toMatchObject({ code: 2, stderr: expect.stringContaining('ended 360 weeks ago. No mail was sent.') });
  expect(api.received).toHaveLength(1);
  expect(await afterword([...args, '--yes'])).toMatchObject({ code: 0 });
  expect(JSON.parse(api.received[1]?.body ?? '')).toMatchObject({ evenIfOld: true });
});

it('names the edition by which another was superseded, in the list and with the edition', async () => {
  const ended = { ...edition, state: 'superseded', supersededBy: 'sev1-alerts_pm-1_r2' };
  await using api = await fakeApi(({ path }) => ({
    status: 200,
    body: path.endsWith('/reach')
      ? { mails: 0, states: {}, opens: { 'likely human': 0, machine: 0, unknown: 0 }, teams: [] }
      : path.endsWith('/editions') || path.includes('/editions?')
        ? { editions: [ended] }
        : { ...ended, carries: [], inDoubt: [] },
  }));

  expect((await afterword(['editions', '--api', api.url])).stdout).toContain('superseded by sev1-alerts_pm-1_r2');
  expect((await afterword(['edition', edition.edition, '--api', api.url])).stdout).toContain(
    `${edition.edition}, superseded by sev1-alerts_pm-1_r2`,
  );
});

it('shows a preview with a file that is not published', async () => {
  await using folder = await aFolder({ 'pool.md': '# Pool\n' });
  await using api = await fakeApi(() => ({ status: 200, body: mail }));
  const preview = (file: string) => afterword(['preview', 'engineering-digest', '--draft', file, '--api', api.url], { cwd: folder.path });

  expect((await preview('pool.md')).code).toBe(0);
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({
    stream: 'engineering-digest',
    draft: { id: 'pool', type: 'text/markdown', text: '# Pool\n' },
  });
  expect(await preview('gone.md')).toMatchObject({ code: 2, stderr: expect.stringContaining('gone.md') });
});

it('mails a test of what would be sent to one person, by send as by preview', async () => {
  const sent = { edition: 'service_test_x', shows: 'engineering-digest_2026-W48', subject: 'Test: A week', existed: false };
  await using api = await fakeApi(() => ({ status: 202, body: sent }));
  const send = (...options: string[]) => afterword(['send', 'engineering-digest', '--api', api.url, ...options]);

  expect(await send('--test-to', 'ada@example.com', '--frequency', 'monthly', '--at', '2026-11-23')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('A test of engineering-digest_2026-W48 is being composed'),
  });
  expect(await send('--frequency', 'monthly')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Add --test-to. No mail was sent.'),
  });
  expect(api.received.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
    ['/operator/test', { stream: 'engineering-digest', to: 'ada@example.com', at: '2026-11-23', frequency: 'monthly' }],
  ]);
});

it.each([
  ['the edition that is due now, as send would', [], { at: 'now' }],
  ['the one that was due then', ['--at', '2026-11-23'], { at: '2026-11-23' }],
  ['the mail about one postmortem, which has no date', ['--postmortem', 'pm-1'], { postmortem: 'pm-1' }],
])('tests by send %s', async (_, options, asked) => {
  const sent = { edition: 'service_test_x', shows: 'engineering-digest_2026-W47', subject: 'Test: A week', existed: false };
  await using api = await fakeApi(() => ({ status: 202, body: sent }));

  await afterword(['send', 'engineering-digest', '--test-to', 'ada@example.com', ...options, '--api', api.url]);

  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ stream: 'engineering-digest', to: 'ada@example.com', ...asked });
});
