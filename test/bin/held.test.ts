import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const id = 'rootly/7a3a6aa6';

it('lists what waits for an operator, and why', async () => {
  const held = [{ id, since: '2026-11-24T10:00:00Z', why: 'unmapped severity', severity: 'Odd', title: 'Down \u001b[31m' }];
  await using api = await fakeApi(() => ({ status: 200, body: { held } }));
  expect((await afterword(['held', 'list', '--api', api.url])).stdout.split('\n')).toEqual([
    'INCIDENT         SINCE       WHY                SEVERITY THERE  WHAT IS KNOWN',
    'rootly/7a3a6aa6  2026-11-24  unmapped severity  Odd             Down [31m',
    '',
    '1 incident.',
    'What was mapped, ignored or released is in: afterword audit. What a tool declared is in: afterword postmortems list --status draft',
    '',
  ]);
});

it('counts events that could not be read apart from incidents', async () => {
  const unread = { id: 'rootly/unreadable-2026-11-24', since: '2026-11-24T10:00:00Z', why: 'unreadable' };
  const held = [unread];
  await using api = await fakeApi(() => ({ status: 200, body: { held } }));
  const list = async () => (await afterword(['held', 'list', '--api', api.url])).stdout;
  expect(await list()).toContain('\nNo incident is held. 1 row of events that could not be read.\n');
  held.push({ ...unread, id, why: 'no text' });
  expect(await list()).toContain('\n1 incident. 1 row of events that could not be read.\n');
});

it('says what an operator says, to the route of that incident', async () => {
  const answer: { id: string; state: string; does?: string; asked?: true } = {
    id,
    state: 'held',
    does: 'it stays held: nobody mapped its severity',
  };
  await using api = await fakeApi(() => ({ status: 200, body: answer }));
  const held = (...args: string[]) => afterword(['held', ...args, '--api', api.url]);
  expect((await held('release', id, '--severity', 'sev2', '--public')).stdout).toBe(
    `${id} is held now. From the next poll on, within the hour, it stays held: nobody mapped its severity.\n`,
  );
  answer.asked = true;
  expect((await held('release', id, '--public')).stdout).toBe(
    `${id} is held now. Its tool is asked at once, and then it stays held: nobody mapped its severity.\n`,
  );
  api.received.pop();
  delete answer.does;
  expect((await held('ignore', id, '--reason', 'a drill')).stdout).toBe(`${id} is held now.\n`);
  await held('map', 'rootly-7a3a6aa6', '--postmortem', 'pm-1', '--yes');
  expect(api.received.map(({ path, body }) => [path, JSON.parse(String(body))])).toEqual([
    [`/operator/held/${id}/release`, { severity: 'sev2', public: true }],
    [`/operator/held/${id}/ignore`, { reason: 'a drill' }],
    [`/operator/held/${id}/map`, { postmortem: 'pm-1' }],
  ]);
  expect((await held('release', id, '--severity', 'huge')).code).toBeGreaterThan(0);
  expect((await held('release', id)).stderr).toContain('Say what the tool leaves open: --severity sev1|');
});

it('takes back what was said, and says what it was', async () => {
  const answer = { id, state: 'waiting', undone: ['map', 'ignore'], does: 'it is declared' };
  await using api = await fakeApi(() => ({ status: 200, body: answer }));
  const undo = async () => (await afterword(['held', 'undo', id, '--api', api.url])).stdout.split('\n');
  const now = `${id} is waiting now. From the next poll on, within the hour, it is declared.`;
  const again =
    'If another postmortem links to the page of this incident, that joins them again. To keep them apart, take the link out there.';
  expect(await undo()).toEqual(['Taken back: map, ignore.', now, again, '']);
  answer.undone = [];
  expect(await undo()).toEqual(['Nothing to take back: no operator said anything of it.', now, '']);
  expect(api.received[0]).toMatchObject({ method: 'POST', path: `/operator/held/${id}/undo` });
});

it('says what an event is that was not read, and when nothing was changed', async () => {
  const unread = 'rootly/unreadable-2026-11-24';
  const shown = { id: unread, state: 'held', postmortem: 'rootly-unreadable-2026-11-24', facts: [], missing: [], acts: [] };
  await using api = await fakeApi(({ method }) => ({
    status: 200,
    body: method === 'GET' ? shown : { id: unread, state: 'ignored', unchanged: true },
  }));
  const { stdout } = await afterword(['held', 'show', unread, '--api', api.url]);
  expect(stdout).toContain('It is no incident: an event that could not be read.');
  expect(stdout).not.toContain('Its postmortem is');
  expect((await afterword(['held', 'ignore', unread, '--reason', 'a test event', '--api', api.url])).stdout.split('\n')).toEqual([
    'Nothing was changed: an operator said so before.',
    `${unread} is ignored now.`,
    '',
  ]);
});

it('asks before it maps one whose postmortem people know', async () => {
  const shown = { id, state: 'published', postmortem: 'rootly-7a3a6aa6', facts: [], missing: [], acts: [] };
  let told = true;
  await using api = await fakeApi(({ method }) => ({
    status: 200,
    body: method === 'GET' ? { ...shown, told } : { id, state: 'published' },
  }));
  const map = () => afterword(['held', 'map', id, '--postmortem', 'pm-1', '--api', api.url]);
  const { code, stderr } = await map();
  expect([code, stderr]).toEqual([2, expect.stringMatching(/People know rootly-7a3a6aa6\. It is taken back.*--yes/s)]);
  told = false;
  expect((await map()).code).toBe(0);
  expect(api.received.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST']);
});

it('shows all that is known of one, and what each command would do', async () => {
  const at = '2026-11-24T10:00:00Z';
  const shown = {
    id,
    state: 'held',
    postmortem: 'rootly-7a3a6aa6',
    since: at,
    why: 'nobody mapped its severity “Odd”',
    facts: [
      { name: 'title', at, seen: 'api' },
      { name: 'severity', value: 'Odd \u001b[31m', at, seen: 'event' },
    ],
    missing: ['what the severity “Odd” counts as'],
    follows: ['No alert goes out.'],
    acts: [{ command: `afterword held ignore ${id} --reason TEXT`, does: 'nobody is told of it' }],
  };
  await using api = await fakeApi(() => ({ status: 200, body: shown }));
  expect((await afterword(['held', 'show', id, '--api', api.url])).stdout.split('\n')).toEqual([
    `${id} is held since 2026-11-24 10:00 UTC: nobody mapped its severity “Odd”.`,
    'Its postmortem is rootly-7a3a6aa6.',
    '',
    'FACT      VALUE                                        AT                    SAID BY',
    'title     (kept back: nobody knows that it is public)  2026-11-24 10:00 UTC  the API',
    'severity  Odd [31m                                     2026-11-24 10:00 UTC  an event',
    '',
    'Missing before everybody is told:',
    '  what the severity “Odd” counts as',
    '',
    'What follows by itself:',
    '  No alert goes out.',
    '',
    'What you can do, and what comes of it:',
    `  afterword held ignore ${id} --reason TEXT`,
    '    nobody is told of it',
    '',
  ]);
  expect(api.received[0]?.path).toBe(`/operator/held/${id}`);
});

it('says how an id is written, and asks nothing, for one that is none', async () => {
  await using api = await fakeApi(() => ({ status: 500, body: {} }));
  const { code, stderr } = await afterword(['held', 'ignore', '7a3a6aa6', '--reason', 'a drill', '--api', api.url]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('List them with: afterword held list')]);
  expect(api.received).toEqual([]);
});
