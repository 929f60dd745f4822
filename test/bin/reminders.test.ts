import { expect, it } from 'vitest';
import { afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const answered = async (body: object, ...args: string[]) => {
  await using api = await fakeApi(() => ({ status: 200, body }));
  const { stdout, code } = await afterword(['reminders', ...args, '--api', api.url]);
  const asked = api.received.map(({ method, path, body }) => [method, path, ...(body ? [JSON.parse(body)] : [])]);
  return { lines: stdout.trimEnd().split('\n'), code, asked };
};

it('says how far people were told, who is told later, what is late and what a run would do', async () => {
  const would = { outcome: 'would tell', day: '2026-11-19', people: 2, entries: 1, staff: 40 };
  const body = { at: '08:00', since: '2026-11-02', lastDay: '2026-11-18', waiting: 1, late: '2026-11-19', now: would };
  const { lines, code, asked } = await answered(body);
  expect([code, asked]).toEqual([0, [['GET', '/operator/reminders']]]);
  expect(lines).toEqual([
    'Reminders leave at 08:00 on working days.',
    'They began after 2026-11-02. People were told up to 2026-11-18.',
    '1 person pauses and is told later.',
    'Late: nobody was told of 2026-11-19. See docs/operations.md, "reminders-late".',
    'Now: A run would mail 2 people about 1 thing.',
  ]);
  expect((await answered({ waiting: 0, now: { outcome: 'off' } }, 'status')).lines).toEqual([
    'The file in force has no reminders: nobody is reminded.',
    'Now: The file in force has no reminders, so nobody is mailed.',
  ]);
  expect((await answered({ at: '08:00', waiting: 0, now: would }, 'status')).lines).toEqual([
    'Reminders leave at 08:00 on working days.',
    'They have not begun: the first run takes the working day before it as told.',
    'Now: A run would mail 2 people about 1 thing.',
  ]);
});

it.each([
  [{ outcome: 'told', people: 1, entries: 3, staff: 40 }, 'Mailed 1 person about 3 things.'],
  [{ outcome: 'told already' }, '2026-11-19 is told already, so nobody is mailed.'],
  [{ outcome: 'no working day' }, '2026-11-19 is no working day, so nobody is mailed.'],
])('runs them, and says what came of it: $outcome', async (body, words) => {
  const { lines, code, asked } = await answered({ day: '2026-11-19', ...body }, 'run');
  expect([lines, code, asked]).toEqual([[words], 0, [['POST', '/operator/reminders/run', { yes: false }]]]);
});

it('fails if a run would mail most people, says how to say yes, and says it with --yes', async () => {
  const held = { outcome: 'too many', day: '2026-11-19', people: 300, entries: 900, staff: 1000 };
  const { lines, code } = await answered(held, 'run');
  expect(lines).toEqual([
    'Nobody was mailed: it would be 300 people about 900 things, of 1000. If that is right: afterword reminders run --yes',
  ]);
  expect(code).toBe(1);
  expect((await answered({ ...held, outcome: 'told' }, 'run', '--yes')).asked).toEqual([
    ['POST', '/operator/reminders/run', { yes: true }],
  ]);
});
