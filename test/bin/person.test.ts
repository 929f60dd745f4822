import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';

const sid = 'a'.repeat(32);
const lift = (url: string, ...more: string[]) => afterword(['people', 'lift', 'ada@example.com', ...more, '--api', url]);

it('lifts a suppression with a reason, and says that SES has a list of its own', async () => {
  const people = [{ sid, realm: 'staff', was: { reason: 'complaint', at: '2026-11-18T08:00:00Z' } }];
  await using api = await fakeApi(() => ({ status: 200, body: { people } }));

  const ran = await lift(api.url, '--reason', 'she asked to be back');

  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain(`ada@example.com (staff) gets mail again. Suppressed since 2026-11-18 08:00 UTC: complaint.`);
  expect(ran.stdout).toContain('delete-suppressed-destination');
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ person: 'ada@example.com', reason: 'she asked to be back' });
});

it('says where nothing was suppressed', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { people: [{ sid, realm: 'customers' }] } }));
  expect((await lift(api.url, '--reason', 'x')).stdout).toBe(`ada@example.com (customers) was not suppressed.\n`);
});

it('asks nothing of the API without a reason, and tells who is nobody', async () => {
  await using api = await fakeApi(() => problem(404, 'Not Found'));
  expect((await lift(api.url)).code).toBeGreaterThan(0);
  expect(api.received).toEqual([]);
  expect((await lift(api.url, '--reason', 'x')).code).toBeGreaterThan(0);
});

it('lists who is suppressed, why and since when', async () => {
  const ada = { sid, address: 'ada@example.com', streams: ['engineering-digest'], realm: 'staff', isSuspended: false, revision: 2 };
  const suppressed = { reason: 'permanent bounce', at: '2026-11-18T08:00:00Z' };
  await using api = await fakeApi(() => ({ status: 200, body: { people: [{ ...ada, suppressed }] } }));
  const ran = await afterword(['people', 'list', '--api', api.url]);
  expect(ran.stdout).toContain('suppressed since 2026-11-18 (permanent bounce): engineering-digest');
});

it('switches the estimate of opens off for somebody', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { people: [{ sid, realm: 'staff', changed: true }] } }));
  const ran = await afterword(['people', 'tracking', 'ada@example.com', 'off', '--api', api.url]);
  expect(ran.stdout).toBe(`ada@example.com (staff): estimate of opens off: their mails have no pixel from the next one on.\n`);
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ person: 'ada@example.com', opens: false });
});

it('prints everything about somebody as JSON that can be handed over', async () => {
  const people = [{ exportedAt: '2026-11-19T15:00:00Z', profile: { sid, name: 'Ada' }, mails: [], acts: [] }];
  await using api = await fakeApi(() => ({ status: 200, body: { people } }));
  const ran = await afterword(['people', 'export', 'ada@example.com', '--api', api.url]);
  expect(JSON.parse(ran.stdout)).toEqual({ people });
  expect(api.received[0]).toMatchObject({ path: '/operator/people/export', body: '{"person":"ada@example.com"}' });
});

it('erases nobody without a yes', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { people: [{ sid, realm: 'staff' }] } }));
  const asked = await afterword(['people', 'erase', 'ada@example.com', '--api', api.url]);
  expect(asked.code).toBeGreaterThan(0);
  expect(asked.stderr).toContain('--yes');
  expect(api.received).toEqual([]);
  const ran = await afterword(['people', 'erase', 'ada@example.com', '--yes', '--api', api.url]);
  expect(ran.stdout).toContain(`${sid} (staff) is erased.`);
});

it('moves somebody to another address, and tells why not', async () => {
  const to = 'b'.repeat(32);
  await using api = await fakeApi((_, count) =>
    count === 1 ? { status: 200, body: { people: [{ sid, realm: 'staff', to }] } } : problem(409, 'Conflict'),
  );
  const move = () => afterword(['people', 'move', 'ada@example.com', 'ada.king@example.com', '--api', api.url]);
  expect((await move()).stdout).toBe(`${sid} (staff) is now ${to}, with the address ada.king@example.com.\n`);
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({ person: 'ada@example.com', address: 'ada.king@example.com' });
  expect((await move()).code).toBeGreaterThan(0);
});

const shown = {
  ...{ sid, realm: 'staff', address: 'ada@example.com', name: 'Ada', team: 'Payments', shownZone: 'Europe/Berlin', revision: 4 },
  ...{ suspended: { at: '2026-11-18T08:00:00Z', by: 'operator' }, opens: 'off', format: 'text' },
  streams: [
    {
      ...{
        stream: 'engineering-digest',
        title: 'Engineering digest',
        on: true,
        frequency: 'weekly',
        when: 'weekly, on Monday at 09:00, Berlin time',
      },
      ...{ why: 'you are in Payments', grant: { way: 'import', at: '2026-11-01T00:00:00Z' }, follows: 2 },
    },
    { stream: 'sev1-alerts', title: 'Sev-1 alerts', on: false, frequency: 'off', when: 'as it happens', leftAt: '2026-11-02T00:00:00Z' },
  ],
};

it('shows somebody in words, with their last mails', async () => {
  const mails = [
    {
      edition: 'engineering-digest_2026-W47',
      stream: 'engineering-digest',
      subject: 'Two incidents',
      at: '2026-11-16T08:00:00Z',
      outcome: 'accepted',
      state: 'bounced',
    },
  ];
  await using api = await fakeApi(() => ({ status: 200, body: { people: [{ ...shown, mails }] } }));
  const ran = await afterword(['people', 'show', 'ada@example.com', '--api', api.url]);
  expect(ran.stdout).toContain('Ada <ada@example.com>\n');
  expect(ran.stdout).toContain('zone    Europe/Berlin, as the organisation\n');
  expect(ran.stdout).toContain(
    'mail    suspended since 2026-11-18 08:00 UTC by an operator; who and why: afterword audit --since 2026-11-18\n',
  );
  expect(ran.stdout).toMatch(
    /engineering-digest +on +weekly, on Monday at 09:00, Berlin time, follows 2 +you are in Payments; import 2026-11-01\n/,
  );
  expect(ran.stdout).toMatch(/sev1-alerts +off since 2026-11-02\n/);
  expect(ran.stdout).toMatch(/2026-11-16 08:00 +engineering-digest_2026-W47 +accepted, bounced +Two incidents\n/);
  expect(api.received[0]).toMatchObject({ path: '/operator/people/show', body: '{"person":"ada@example.com","mails":true}' });
});

it('sets what is named of somebody, and asks nothing for nothing or for no stream', async () => {
  const answer = {
    sid,
    realm: 'staff',
    added: false,
    changed: ['team'],
    unknownTeams: [{ name: 'Paymnets', meant: 'Payments' }],
    person: shown,
  };
  await using api = await fakeApi(() => ({ status: 200, body: answer }));
  const set = (...args: string[]) => afterword(['people', 'set', 'ada@example.com', ...args, '--api', api.url]);
  for (const wrong of [[], ['--stream', 'engineering-digets=on'], ['--stream', 'sev1-alerts=hourly'], ['--stream', 'sev1-alerts']])
    expect((await set(...wrong)).code).toBeGreaterThan(0);
  expect(api.received).toEqual([]);

  const ran = await set('--team', 'Paymnets', '--zone', '', '--stream', 'sev1-alerts=on', '--stream', 'engineering-digest=monthly');
  expect(ran.stdout).toContain('Changed: team.\nThe distribution file names no team "Paymnets". Did you mean Payments?\n');
  expect(JSON.parse(api.received[0]?.body ?? '')).toEqual({
    ...{ person: 'ada@example.com', team: 'Paymnets', zone: '' },
    streams: { 'sev1-alerts': 'on', 'engineering-digest': 'monthly' },
  });
});

it('suspends somebody with a reason, and ends it', async () => {
  await using api = await fakeApi((_, count) => ({ status: 200, body: { people: [{ sid, realm: 'staff', changed: count < 3 }] } }));
  const run = (act: string, ...args: string[]) => afterword(['people', act, 'ada@example.com', ...args, '--api', api.url]);
  expect((await run('suspend')).code).toBeGreaterThan(0);
  expect((await run('suspend', '--reason', 'on leave')).stdout).toBe(`ada@example.com (staff) is suspended: no mail, until you end it.\n`);
  expect((await run('unsuspend', '--reason', 'back')).stdout).toBe(`ada@example.com (staff) gets mail again.\n`);
  expect((await run('unsuspend', '--reason', 'back')).stdout).toBe(`ada@example.com (staff) was not suspended.\n`);
  expect(JSON.parse(api.received[1]?.body ?? '')).toEqual({ person: 'ada@example.com', suspended: false, reason: 'back' });
});
