import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { occurrencesOf } from '../../local/scheduler/occurrences.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

const schedule = (expression: string, zone = 'Europe/Berlin') => ({
  name: 'a',
  arn: 'a',
  expression,
  zone,
  enabled: true,
  targetArn: 'a',
  roleArn: 'a',
  input: '{}',
});
const start = new Date('2026-03-20T10:00:00Z');

describe('occurrences', () => {
  it.each([
    ['before the clocks go forward', '2026-03-22T00:00:00Z', '2026-03-23T08:00:00Z'],
    ['after it', '2026-03-29T12:00:00Z', '2026-03-30T07:00:00Z'],
  ])('fall on the hour of their zone %s', (_, after, expected) => {
    const next = occurrencesOf(schedule('cron(0 9 ? * MON *)'), start).after(new Date(after));

    expect(next?.toISOString()).toBe(new Date(expected).toISOString());
  });

  it('take weekdays by AWS’s numbers, which begin with Sunday', () => {
    const next = occurrencesOf(schedule('cron(0 9 ? * 2 *)', 'UTC'), start).after(start);

    expect(next?.toISOString()).toBe('2026-03-23T09:00:00.000Z');
  });

  it('find the latest one in a span, the end included and the beginning not', () => {
    const monday = new Date('2026-03-23T08:00:00Z');
    const { latest } = occurrencesOf(schedule('cron(0 9 ? * MON *)'), start);

    expect(latest(start, monday)).toEqual(monday);
    expect(latest(monday, new Date('2026-03-24T00:00:00Z'))).toBeUndefined();
    expect(latest(start, new Date('2026-04-21T00:00:00Z'))?.toISOString()).toBe('2026-04-20T07:00:00.000Z');
  });

  it('count a rate from the start', () => {
    const { after, latest } = occurrencesOf(schedule('rate(5 minutes)'), start);

    expect(after(start)?.toISOString()).toBe('2026-03-20T10:05:00.000Z');
    expect(latest(start, new Date('2026-03-20T10:12:00Z'))?.toISOString()).toBe('2026-03-20T10:10:00.000Z');
  });

  it('refuse what is neither', () => {
    expect(() => occurrencesOf(schedule('at(2026-01-01T00:00:00)'), start)).toThrow('is not understood');
  });
});

describe('the scheduler', () => {
  let stack: ToyStack;
  beforeAll(async () => {
    stack = await startToyStack({ verbose: true });
  });
  afterAll(() => stack.stop());

  const messages = async () => {
    const { body } = await stack.call<{ name: string; visible: number }[]>('GET', '/_local/queues');
    return body.find(({ name }) => name === 'events')?.visible;
  };

  it('runs a rate once at the start', () => {
    expect(stack.printed.filter((line) => line.startsWith('ticker: ticked for'))).toHaveLength(1);
  });

  it('runs a schedule by the beginning of its name, for the instant that is given', async () => {
    expect(await stack.call('POST', '/_local/schedules/weekly-digest/run', { at: '2026-11-23T08:00:00Z' })).toEqual({
      status: 200,
      body: { schedule: 'weekly-digest-toy', at: '2026-11-23T08:00:00.000Z' },
    });
    await stack.call('POST', '/_local/schedules/sweep/run', { at: '2026-11-23T08:01:00Z' });

    expect(await messages()).toBe(1);
    expect(stack.printed).toContain('ticker: ticked for 2026-11-23T08:01:00Z');
  });

  it('answers 404 to a name that is nobody’s, and lists the names', async () => {
    const { status, body } = await stack.call('POST', '/_local/schedules/monthly/run', {});

    expect([status, body.message]).toEqual([404, expect.stringContaining('weekly-digest-toy, sweep-toy')]);
  });

  it('runs once what fell due several times while the clock was moved', async () => {
    const before = (await messages()) ?? 0;
    await stack.call('POST', '/_local/clock', { advance: 'P15D' });

    expect(await messages()).toBe(before + 1);
    expect(stack.printed.filter((line) => line.startsWith('ticker: ticked for'))).toHaveLength(3);
  });

  it('runs nothing twice', async () => {
    const before = await messages();
    await stack.call('POST', '/_local/clock', { advance: 'PT1M' });

    expect(await messages()).toBe(before);
    expect(stack.printed.filter((line) => line.startsWith('ticker: ticked for'))).toHaveLength(3);
  });

  it('runs the sweep when the sending rate changes, so that it is known', async () => {
    await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 50 } });

    expect(stack.printed.filter((line) => line.startsWith('ticker: ticked for'))).toHaveLength(4);
  });
});
