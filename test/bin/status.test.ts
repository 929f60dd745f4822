import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const empty = { unsent: [], missing: [], late: [], paused: [], unconfirmed: [], lanes: [], unheard: [], needsDeploy: [] };
const edition = (id: string, state: string, counts: Record<string, number>) => ({
  edition: id,
  stream: 'engineering-digest',
  scheduledFor: '2026-11-23T08:00:00Z',
  composedAt: '2026-11-23T08:00:03Z',
  subject: 'Five incidents',
  postmortems: 5,
  state,
  counts,
});
const printed = async (status: object, queues: readonly object[] = []) => {
  await using api = await fakeApi(({ path }) => ({ status: 200, body: path === '/operator/dead-letters' ? { queues } : status }));
  const { stdout, code } = await afterword(['status', '--api', api.url]);
  expect([code, api.received.map(({ path }) => path).toSorted()]).toEqual([0, ['/operator/dead-letters', '/operator/status']]);
  return stdout.trimEnd().split('\n');
};

it('says that nothing waits', async () => {
  expect(await printed(empty)).toEqual(['Nothing waits for you.']);
});

it('says in one line each what waits, and how to go on', async () => {
  const body = {
    unsent: [{ postmortem: 'pm-1', edition: 'sev1-alerts_pm-1_r1', since: '2026-11-23T08:00:00Z', why: 'nobody' }],
    missing: [{ edition: 'engineering-digest_2026-W47', due: '2026-11-23T08:00:00Z' }],
    late: [{ stream: 'sev1-alerts', postmortem: 'pm-2', dueAt: '2026-11-23T08:10:00Z' }],
    paused: [edition('engineering-digest_2026-W46', 'paused', { accepted: 4 })],
    unconfirmed: [edition('engineering-digest_2026-W45', 'complete', { accepted: 4, unconfirmed: 1 })],
    lanes: [],
    unheard: [
      { post: 'a lead of Payments', why: 'suspended', address: 'lea@example.com' },
      { post: 'an operator', why: 'not on the list of people' },
    ],
    braked: [{ at: '2026-11-23T08:00:00Z', what: 'The directory tried more.', remedy: 'Raise it: afterword apply' }],
    needsDeploy: ['organisation.zone'],
    drift: { at: '2026-11-23T06:30:00Z', findings: 3 },
    overdue: { reviews: 2, postmortems: 1, days: 6 },
    held: {
      more: true,
      first: [
        {
          id: 'rootly/a1',
          urgent: true,
          since: '2026-11-23T08:00:00Z',
          why: 'no text',
          words: { why: 'its document has no text', remedy: 'Write it: afterword held ignore rootly/a1 --reason TEXT' },
        },
        {
          id: 'rootly/b1',
          since: '2026-11-23T09:00:00Z',
          why: 'unmapped severity',
          words: { why: 'nobody mapped their severity “Odd”', remedy: 'Map it' },
          alike: { count: 60, name: '60 incidents, such as rootly/b1' },
        },
      ],
    },
  };

  expect(await printed(body)).toEqual([
    'An alert about pm-1 is unsent since 2026-11-23 08:00 UTC: nobody.',
    'engineering-digest_2026-W47 was due 2026-11-23 08:00 UTC and is not there.',
    'An update of sev1-alerts about pm-2 is late since 2026-11-23 08:10 UTC.',
    'engineering-digest_2026-W46 is paused, 4 accepted. Continue: afterword resume engineering-digest_2026-W46',
    '1 mail of engineering-digest_2026-W45 unconfirmed. See whose: afterword edition engineering-digest_2026-W45 --unconfirmed --addresses',
    'Urgent: rootly/a1 is held since 2026-11-23 08:00 UTC: its document has no text. Write it: afterword held ignore rootly/a1 --reason TEXT',
    '60 incidents, such as rootly/b1, are held since 2026-11-23 09:00 UTC: nobody mapped their severity “Odd”. Map it',
    'More is held of incident tools, for other reasons. All of it: afterword held list',
    'Overdue: 2 reviews and 1 postmortem not there yet, up to 6 working days. See which: afterword reviews --overdue',
    'The directory tried more. Since 2026-11-23 08:00 UTC. Raise it: afterword apply',
    'lea@example.com, a lead of Payments, gets no mail: suspended. The distribution file names them.',
    'An operator gets no mail: not on the list of people. The distribution file names them.',
    'The distribution file in force needs a deploy: organisation.zone.',
    '3 findings of drift from the distribution file, as of 2026-11-23 06:30 UTC. See what: afterword check --drift',
  ]);
});

it('says that reminders leave, which day nobody was told of, and that most people would be mailed', async () => {
  const reminders = { at: '08:00', lastDay: '2026-11-20' };
  const goOn = 'Reminders leave at 08:00 on working days. People were told up to 2026-11-20.';
  expect(await printed({ ...empty, reminders })).toEqual(['Nothing waits for you.', goOn]);
  expect(await printed({ ...empty, reminders: { at: '08:00' } })).toContain(
    'Reminders leave at 08:00 on working days. Nobody was reminded yet.',
  );
  const late = { ...reminders, late: '2026-11-23' };
  expect(await printed({ ...empty, reminders: late })).toEqual([
    'Nobody was reminded of 2026-11-23. What a run would do: afterword reminders',
    goOn,
  ]);
  expect(await printed({ ...empty, reminders: { ...late, held: { people: 300, staff: 1000 } } })).toEqual([
    'Nobody was reminded of 2026-11-23: it would be 300 mails for a staff of 1000. If that is right: afterword reminders run --yes',
    goOn,
  ]);
});

it('names each queue with dead letters', async () => {
  const queue = (name: string, letters: number, over: object = {}) => ({ queue: name, letters, first: [], canRedrive: true, ...over });
  const redrive = { state: 'under way', startedAt: '2026-11-23T08:00:00Z', moved: 3 };

  expect(await printed(empty, [queue('compose', 1), queue('bulk', 12), queue('events', 2, { redrive })])).toEqual([
    '1 dead letter of compose. See them: afterword dead-letters list',
    '12 dead letters of bulk. See them: afterword dead-letters list',
    'The dead letters of events are being moved back, about 2 left. How far: afterword dead-letters list',
  ]);
});
