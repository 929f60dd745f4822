import { expect, it } from 'vitest';
import { sendEdition } from '../../../core/operator/send-edition.ts';
import { whenMeant } from '../../../core/operator/when-meant.ts';
import { anEdition } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const streams = {
  'engineering-digest': { schedule: { every: 'week', on: 'monday', at: '09:00' } },
  'leadership-brief': { schedule: { every: 'month', on: 1, at: '08:00' } },
  'customer-impact': { schedule: { every: 'week', on: 'monday', at: '08:00' }, severities: ['sev1'], contact: '#desk' },
};

/** Sunday 29 November 2026, 16:46 in Berlin. `there`: the editions that were composed before. */
function aSender({
  there = [],
  now = '2026-11-29T15:46:00Z',
  held = [] as string[],
}: {
  there?: readonly string[];
  now?: string;
  held?: string[];
} = {}) {
  const asked: string[] = [];
  const send = (wanted: Parameters<typeof sendEdition>[0]) =>
    sendEdition(wanted, {
      distribution: async () => aDistribution({ streams }),
      editions: { read: async (id) => (there.includes(id) ? anEdition({ id }) : undefined) },
      registry: { slots: async () => held.map((slot) => ({ slot, since: '2026-01-01T00:00:00Z' })) },
      ask: async (stream, at) => void asked.push(`${stream} ${at}`),
      now: () => new Date(now),
    });
  return { asked, send };
}

it.each([
  ['nothing', undefined],
  ['now', 'now'],
  ['today, in the organisation’s zone', '2026-11-29'],
  ['an instant before now', '2026-11-29T15:00:00Z'],
] as const)('%s means the edition that is due now', async (_, at) => {
  const { asked, send } = aSender();
  expect(await send({ stream: 'engineering-digest', at })).toEqual({
    edition: 'engineering-digest_2026-W47',
    existed: false,
    tells: '16–22 November 2026',
  });
  expect(asked).toEqual([`engineering-digest ${at === '2026-11-29T15:00:00Z' ? at : '2026-11-29T15:46:00Z'}`]);
});

it('a day alone is that day’s edition in the organisation’s zone, to its last second', async () => {
  const { asked, send } = aSender();
  expect(await send({ stream: 'engineering-digest', at: '2026-11-22' })).toMatchObject({ edition: 'engineering-digest_2026-W46' });
  expect(await send({ stream: 'engineering-digest', at: '2026-11-23' })).toMatchObject({ edition: 'engineering-digest_2026-W47' });
  expect(asked).toEqual(['engineering-digest 2026-11-22T22:59:59Z', 'engineering-digest 2026-11-23T22:59:59Z']);
});

it('today begins and ends with the organisation’s midnight', () => {
  expect(whenMeant('2026-11-30', 'Europe/Berlin', new Date('2026-11-29T23:30:00Z')).toISOString()).toBe('2026-11-29T23:30:00.000Z');
  expect(whenMeant('2026-11-29', 'Europe/Berlin', new Date('2026-11-29T23:30:00Z')).toISOString()).toBe('2026-11-29T22:59:59.000Z');
});

it.each(['2026-11-30', '2026-11-29T15:46:01Z'])('refuses %s, which is still to come', async (at) => {
  const { asked, send } = aSender();
  await expect(send({ stream: 'engineering-digest', at })).rejects.toMatchObject({
    consequence: 'Refused. No mail was sent.',
    flaws: [{ field: 'at', remedy: expect.stringContaining('leave the date out') }],
  });
  expect(asked).toEqual([]);
});

it('mails nobody for a slip of the year, unless it is said to be meant', async () => {
  const { asked, send } = aSender();
  const slip = { stream: 'engineering-digest', at: '2020-01-01T00:00:00Z' } as const;
  await expect(send(slip)).rejects.toMatchObject({
    name: 'TooOld',
    flaw: { field: 'at', problem: 'engineering-digest_2019-W52 tells of 23–29 December 2019, which ended 360 weeks ago' },
  });
  expect(asked).toEqual([]);
  expect(await send({ ...slip, evenIfOld: true })).toMatchObject({ edition: 'engineering-digest_2019-W52', existed: false });
  expect(asked).toHaveLength(1);
});

it('asks nothing about an old edition that is there: nobody gets it twice', async () => {
  const { send } = aSender({ there: ['engineering-digest_2019-W52'] });
  expect(await send({ stream: 'engineering-digest', at: '2020-01-01' })).toMatchObject({ existed: true });
});

it('sends the last month’s brief on any day of the month after, and the one before only if that is meant', async () => {
  const { send } = aSender({ now: '2026-12-31T22:00:00Z' });
  expect(await send({ stream: 'leadership-brief' })).toMatchObject({ edition: 'leadership-brief_2026-11' });
  await expect(send({ stream: 'leadership-brief', at: '2026-11-15' })).rejects.toMatchObject({ name: 'TooOld' });
});

it('has nothing to send of a stream without a schedule', async () => {
  await expect(aSender().send({ stream: 'sev1-alerts' })).rejects.toMatchObject({ flaws: [{ field: 'stream' }] });
});

it('promises no summary that no reader has chosen', async () => {
  const nobody = aSender({ held: ['default'] });
  await expect(nobody.send({ stream: 'customer-impact' })).rejects.toMatchObject({ flaws: [{ field: 'stream' }] });
  expect(nobody.asked).toEqual([]);

  expect(await aSender({ held: ['default', 'weekly'] }).send({ stream: 'customer-impact' })).toMatchObject({
    edition: 'customer-impact_2026-W47',
  });
});
