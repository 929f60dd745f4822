/**
 * Rows of the fault matrix that need no running stack. The others are in matrix.long.test.ts, F10
 * in crash.long.test.ts, and F32 in safeguards.long.test.ts.
 */
import { SESClient } from '@aws-sdk/client-ses';
import type { Context, SQSEvent } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dynamoRangeLedger } from '../../adapters/dynamodb/range-ledger.ts';
import { sesMailer } from '../../adapters/ses/ses-mailer.ts';
import { claimLeaf } from '../../core/delivery/leaf.ts';
import { halvesOf, rootOf } from '../../core/delivery/range.ts';
import { occurrenceDueAt } from '../../core/edition/occurrence.ts';
import { parseAddress, subscriberId } from '../../core/subscriber/subscriber-id.ts';
import { sqsHandler } from '../../lambdas/shared/sqs-handler.ts';
import { aLeaf, aSid } from '../support/delivery.ts';
import { aWorld } from '../support/delivery-fixture.ts';
import { aDistribution } from '../support/distribution.ts';
import { nobodyListens } from '../support/nobody-listens.ts';
import { onEachEngine } from '../support/on-each-engine.ts';

describe('F5: nobody answers at all', () => {
  it.each([
    ['connection refused', async () => nobodyListens],
    ['a name that is nobody’s', async () => 'http://nobody.invalid'],
  ])('%s: certainly not accepted', async (_what, endpoint) => {
    const client = new SESClient({
      endpoint: await endpoint(),
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    const sent = await sesMailer(client, {
      address: 'lessons@example.com',
      configurationSets: { tracked: 'internal', untracked: 'internal' },
    }).send({
      to: 'ada@example.com',
      mime: ['To: ada@example.com\r\n\r\nHello'],
      isTracked: false,
      tags: { edition: 'e', slot: 'default', subscriber: aSid(1), attempt: 1 },
    });

    expect(sent).toMatchObject({ kind: 'try later', why: 'unreachable' });
  });

  it('and once somebody does, everyone gets one mail', async () => {
    const world = aWorld(3);
    let calls = 0;
    world.answer = () => {
      calls += 1;
      return calls <= 3 ? { kind: 'try later', why: 'unreachable', code: 'ECONNREFUSED' } : undefined;
    };

    await world.deliver();
    await world.drain();

    expect(world.accepted.toSorted()).toEqual([...world.people.keys()].toSorted());
  });
});

it('F11: a worker whose time has run out starts no call, and the next one makes it', async () => {
  const world = aWorld(2, { remainingMs: 1000 });

  await world.deliver();
  expect(world.calls).toEqual([]);

  world.remainingMs = 60_000;
  await world.drain();
  expect(world.accepted).toHaveLength(2);
});

it('F13: of ten messages three are poison; seven are done and only the three come again', async () => {
  const done: number[] = [];
  const handler = sqsHandler(z.strictObject({ n: z.int() }), { info: () => {}, warn: () => {}, error: () => {} }, async ({ n }) => {
    done.push(n);
    return 'done';
  });
  const bodies = [
    '{"n":0}',
    '{"n":1}',
    'no JSON',
    '{"n":3}',
    '{"n":"unknown"}',
    '{"n":5}',
    `"${'x'.repeat(250_000)}"`,
    '{"n":7}',
    '{"n":8}',
    '{"n":9}',
  ];
  const event = {
    Records: bodies.map((body, n) => ({ messageId: `m${n}`, body, attributes: { ApproximateReceiveCount: '1' } })),
  } as unknown as SQSEvent;

  const answer = await handler(event, {} as Context);

  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m2', 'm4', 'm6']);
  expect(done).toEqual([0, 1, 3, 5, 7, 8, 9]);
});

it('F14: every message that there ever was comes again, twice, and nobody gets another mail', async () => {
  const world = aWorld(120);
  await world.deliver();
  await world.drain();
  expect(world.accepted).toHaveLength(120);
  const ranges = [rootOf(world.edition.id)];
  for (const range of ranges) if (world.rows.get(`default ${range.prefix || '-'}`)?.shape === 'split') ranges.push(...halvesOf(range));

  for (const range of [...ranges, ...ranges]) await world.deliver(range);
  await world.drain();

  expect(world.calls).toHaveLength(120);
  expect(world.rootTally?.counts).toEqual({ accepted: 120 });
});

onEachEngine('on %s', (freshTable) => {
  it('F16: fifty workers claim one range, and one gets it', async () => {
    const ledger = dynamoRangeLedger(await freshTable(), () => new Date(1000));
    const range = rootOf('engineering-digest_2026-W47');
    const seen = aLeaf();
    await ledger.create(range, seen);

    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, n) => claimLeaf(ledger, range, seen, { owner: `worker-${n}`, now: 1000, leaseEndsAt: 8000 })),
    );

    expect(claims.filter(({ answer }) => answer === 'ours')).toHaveLength(1);
    expect(claims.filter(({ answer }) => answer === 'held')).toHaveLength(49);
  });
});

describe('F17: the schedule fires at the wrong time', () => {
  const idAt = (at: string) => occurrenceDueAt('engineering-digest', new Date(at), aDistribution()).id;

  it('twice, or 23 hours late: it is the same edition', () => {
    expect(new Set(['2026-11-23T08:00:00Z', '2026-11-23T08:00:01Z', '2026-11-24T07:00:00Z'].map(idAt))).toEqual(
      new Set(['engineering-digest_2026-W47']),
    );
  });

  it('over a week 53, a leap day and both changes of the clocks: one edition each, and none twice', () => {
    const mondays = Array.from({ length: 60 }, (_, n) => new Date(Date.UTC(2020, 11, 7 + 7 * n, 8)).toISOString());
    const leap = Array.from({ length: 20 }, (_, n) => new Date(Date.UTC(2028, 0, 3 + 7 * n, 8)).toISOString());

    expect(new Set([...mondays, ...leap].map(idAt)).size).toBe(80);
    expect(idAt('2021-01-04T08:00:00Z')).toBe('engineering-digest_2020-W53');
  });
});

it('F28: one person for every way to write an address, and another for another tag', () => {
  const idOf = (text: string) => {
    const address = parseAddress(text);
    return address && subscriberId('staff', address, 'a secret of a test');
  };

  expect(new Set(['ada@example.com', 'Ada@Example.COM', '  ada@example.com '].map(idOf)).size).toBe(1);
  expect(idOf('jürgen@example.com')).toBeUndefined();
  expect(idOf('ada@bücher.example')).toBe(idOf('ada@xn--bcher-kva.example'));
  expect(idOf('ada+mail@example.com')).not.toBe(idOf('ada@example.com'));
});
