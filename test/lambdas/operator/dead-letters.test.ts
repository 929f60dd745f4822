import { describe, expect, it } from 'vitest';
import type { DeadLetterQueue, DeadLetterQueues } from '../../../core/operator/ports.ts';
import { oneEngine } from '../../support/one-engine.ts';
import { anOperator } from '../../support/operator.ts';

const freshTable = oneEngine();
const edition = 'engineering-digest_2026-W47';
const range = { body: JSON.stringify({ edition, slot: 'default', prefix: '1' }), sentAt: '2026-11-18T08:00:00Z' };
const done = { state: 'done', startedAt: '2026-11-17T08:00:00Z', moved: 4 } as const;
const underWay = { ...done, state: 'under way' } as const;

/** Queues as a test wants them; every other one is empty. */
function letterQueues(some: Readonly<Record<string, Partial<DeadLetterQueue>>>) {
  const started: string[] = [];
  const deadLetters: DeadLetterQueues = {
    movable: ['bulk', 'compose', 'events'],
    fixed: ['schedules'],
    look: async (name) => ({ name, count: 0, letters: [], ...some[name] }),
    redrive: async (name) => {
      if (some[name]?.move?.state === 'under way') return 'under way';
      started.push(name);
      return 'started';
    },
  };
  return { deadLetters, started };
}

describe('the list of dead letters', () => {
  it('has the queues in which some lie, with words for each, and those that are being emptied', async () => {
    const due = { body: '{"stream":"engineering-digest","scheduledFor":"2026-11-16T08:00:00Z"}', sentAt: '2026-11-17T08:00:00Z' };
    const { deadLetters } = letterQueues({
      bulk: { count: 12, letters: [range], move: done },
      events: { move: underWay },
      schedules: { count: 1, letters: [due] },
      compose: { move: done },
    });
    const { ask } = await anOperator(await freshTable(), { deadLetters });

    expect((await ask('GET', '/operator/dead-letters')).body.queues).toEqual([
      {
        queue: 'bulk',
        letters: 12,
        oldest: range.sentAt,
        first: [{ what: `readers of ${edition}: part 1, one of 2`, edition, sentAt: range.sentAt }],
        canRedrive: true,
        redrive: done,
      },
      { queue: 'events', letters: 0, first: [], canRedrive: true, redrive: underWay },
      {
        queue: 'schedules',
        letters: 1,
        oldest: due.sentAt,
        first: [{ what: expect.stringContaining('afterword send engineering-digest --at 2026-11-16T08:00:00Z'), sentAt: due.sentAt }],
        canRedrive: false,
      },
    ]);
  });
});

describe('a redrive', () => {
  const path = '/operator/dead-letters/redrive';

  it('starts once and leaves a line in the audit', async () => {
    const { deadLetters, started } = letterQueues({ bulk: { count: 3, letters: [range] } });
    const { ask, audit } = await anOperator(await freshTable(), { deadLetters });

    expect(await ask('POST', path, { queue: 'bulk' })).toEqual({ status: 202, body: { queue: 'bulk', state: 'started', letters: 3 } });
    expect(started).toEqual(['bulk']);
    expect(await audit()).toMatchObject([{ act: 'dead letters moved', facts: { queue: 'bulk', letters: 3, by: 'local' } }]);
  });

  it('starts nothing while one is under way, or where nothing lies, and leaves no line', async () => {
    const { deadLetters, started } = letterQueues({ bulk: { count: 0, move: underWay }, events: { count: 0, move: done } });
    const { ask, audit } = await anOperator(await freshTable(), { deadLetters });

    expect((await ask('POST', path, { queue: 'bulk' })).body).toMatchObject({ state: 'under way' });
    expect((await ask('POST', path, { queue: 'events' })).body).toMatchObject({ state: 'empty' });
    expect(started).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('is refused for letters that SQS does not move, for a queue that is none, and without the scope', async () => {
    const { deadLetters, started } = letterQueues({ bulk: { count: 3 }, schedules: { count: 1 } });
    const { ask, keyWith } = await anOperator(await freshTable(), { deadLetters });
    await keyWith('read');

    expect(await ask('POST', path, { queue: 'schedules' })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('cannot move') },
    });
    expect(await ask('POST', path, { queue: 'bulkk' })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('Did you mean bulk?') },
    });
    expect((await ask('POST', path, {})).status).toBe(422);
    expect((await ask('POST', path, { queue: 'bulk' }, 'read')).status).toBe(403);
    expect((await ask('GET', '/operator/dead-letters', undefined, 'read')).status).toBe(200);
    expect(started).toEqual([]);
  });
});
