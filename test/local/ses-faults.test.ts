import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sesMailer } from '../../adapters/ses/ses-mailer.ts';
import type { SendOutcome } from '../../core/delivery/ports.ts';
import type { TruthLine } from '../../local/ses/mailbox.ts';
import { aMail } from '../support/mail-builder.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
let client: SESClient;
/** Gives up soon: what is held open must not take the test's time. */
let hasty: SESClient;
let queues: string;
beforeAll(async () => {
  stack = await startToyStack();
  const { body } = await stack.call<Record<string, string>>('GET', '/echo?mode=environment');
  queues = body.AWS_ENDPOINT_URL_SQS ?? '';
  const ses = (requestTimeout: number) =>
    new SESClient({
      endpoint: body.AWS_ENDPOINT_URL_SES ?? '',
      region: 'us-east-1',
      credentials: { accessKeyId: 'toy-echo', secretAccessKey: 'x' },
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ requestTimeout, throwOnRequestTimeout: true }),
    });
  [client, hasty] = [ses(10_000), ses(1000)];
});
afterAll(() => stack.stop());

const faults = (ses: object, seed = 1) => stack.call('PUT', '/_local/faults', { seed, ses: { maxSendRate: 1000, ...ses } });
const send = (subscriber: string, { configurationSet = 'tracked', by = client } = {}): Promise<SendOutcome> =>
  sesMailer(by, { address: 'lessons@example.com', configurationSets: { tracked: configurationSet, untracked: configurationSet } }).send({
    isTracked: true,
    to: `${subscriber}@example.com`,
    mime: [aMail({ to: `${subscriber}@example.com` }).toString('latin1')],
    tags: { edition: 'e', slot: 'default', subscriber, attempt: 1 },
  });
const accepted = async () =>
  (await stack.call<TruthLine[]>('GET', '/_local/truth')).body.map(({ subscriber }) => subscriber).filter((name) => name !== null);

/** Sends to sixteen readers and tells who was accepted, beside what the sender heard. */
async function sixteen(ses: object, prefix: string, by = client) {
  await faults(ses);
  const names = Array.from({ length: 16 }, (_, n) => `${prefix}${n}`);
  const outcomes = await Promise.all(names.map((name) => send(name, { by })));
  const log = await accepted();
  return { outcomes, accepted: names.filter((name) => log.includes(name)) };
}

describe('a lost answer', () => {
  it('after the mail was accepted: the sender is in doubt, the mail is there', async () => {
    // On a busy machine a sender can give up before its mail has left, so rounds go on until all sixteen left.
    let rounds = 0;
    const { outcomes } = await stack.until(
      'a round in which all sixteen mails were accepted',
      () => sixteen({ timeoutAfterAccept: 1 }, `after${++rounds}-`, hasty),
      ({ accepted }) => accepted.length === 16,
    );

    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(['in doubt']));
  });

  it('before it was: the sender is in doubt all the same', async () => {
    const run = await sixteen({ timeoutBeforeAccept: 1 }, 'before', hasty);

    expect(new Set(run.outcomes.map(({ kind }) => kind))).toEqual(new Set(['in doubt']));
    expect(run.accepted).toEqual([]);
  });

  it('by a cut connection, half of them after the mail was accepted', async () => {
    const run = await sixteen({ reset: 1 }, 'reset');

    expect(run.outcomes).toEqual(Array.from({ length: 16 }, () => ({ kind: 'in doubt', code: 'ECONNRESET' })));
    expect(run.accepted.length).toBeGreaterThan(3);
    expect(run.accepted.length).toBeLessThan(13);
  });

  it.each(['emptyAnswer', 'garbledAnswer'])('as %s: accepted, and not to be known', async (fault) => {
    const run = await sixteen({ [fault]: 1 }, fault);

    expect(new Set(run.outcomes.map(({ kind }) => kind))).toEqual(new Set(['in doubt']));
    expect(run.accepted).toHaveLength(16);
  });

  it('by 500 or 503, half of each after the mail was accepted', async () => {
    const run = await sixteen({ error500: 1 }, 'error');

    expect(new Set(run.outcomes.map((outcome) => ('code' in outcome ? outcome.code : outcome.kind)))).toEqual(
      new Set(['InternalFailure', 'ServiceUnavailable']),
    );
    expect(new Set(run.outcomes.map(({ kind }) => kind))).toEqual(new Set(['in doubt']));
    expect(run.accepted.length).toBeGreaterThan(3);
    expect(run.accepted.length).toBeLessThan(13);
  });
});

it('hits the share that was asked for, and the same readers again with the same seed', async () => {
  const lost = ({ outcomes }: { outcomes: SendOutcome[] }) => outcomes.map(({ kind }) => kind);
  const first = lost(await sixteen({ reset: 0.4 }, 'share'));
  const again = lost(await sixteen({ reset: 0.4 }, 'share'));

  expect(again).toEqual(first);
  expect(new Set(first)).toEqual(new Set(['accepted', 'in doubt']));
});

describe('an account that may not send', () => {
  const stopped = (code: string) => ({ kind: 'try later', why: 'stopped', code });

  it.each([
    ['paused', 'AccountSendingPausedException'],
    ['configurationSetPaused', 'ConfigurationSetSendingPausedException'],
    ['configurationSetMissing', 'ConfigurationSetDoesNotExistException'],
    ['pausedByAws', 'SendingPaused'],
    ['notVerified', 'NotVerified'],
    ['mailFromNotVerified', 'MailFromDomainNotVerifiedException'],
  ])('%s', async (fault, code) => {
    await faults({ [fault]: true });

    expect(await send(fault)).toEqual(stopped(code));
    expect(await accepted()).not.toContain(fault);
  });

  it.each([
    ['accessDenied', 'AccessDenied'],
    ['unknownRejection', 'MessageRejected'],
  ])('%s, or may not to one reader, which is said in the same words', async (fault, code) => {
    const unclear = { kind: 'try later', why: 'unclear', code };
    await faults({ [fault]: true });
    expect(await send(`${fault}-a`)).toEqual(unclear);

    await faults({ [fault]: [`${fault}-B@example.com`] });
    expect(await send(`${fault}-b`)).toEqual(unclear);
    expect(await send(`${fault}-c`)).toMatchObject({ kind: 'accepted' });
  });

  it('to somebody whom the sandbox does not know', async () => {
    await faults({ notVerified: ['stranger@example.com'] });

    expect(await send('stranger')).toEqual({ kind: 'refused', code: 'RecipientNotVerified' });
    expect(await send('known')).toMatchObject({ kind: 'accepted' });
  });

  it('with one configuration set and may with another', async () => {
    await faults({ configurationSetPaused: ['tracked'] });

    expect(await send('set-a')).toEqual(stopped('ConfigurationSetSendingPausedException'));
    expect(await send('set-b', { configurationSet: 'untracked' })).toMatchObject({ kind: 'accepted' });
  });

  it('more than its quota a day, until mails are a day old', async () => {
    const { SentLast24Hours = 0 } = await client.send(new GetSendQuotaCommand({}));
    await faults({ dailyQuota: SentLast24Hours + 1 });

    expect(await send('quota-1')).toMatchObject({ kind: 'accepted' });
    expect(await send('quota-2')).toEqual(stopped('DailyQuota'));
    expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: SentLast24Hours + 1,
      SentLast24Hours: SentLast24Hours + 1,
    });
    await stack.call('POST', '/_local/clock', { advance: 'P1D' });
    expect(await send('quota-2')).toMatchObject({ kind: 'accepted' });
  });
});

describe('events', () => {
  /** Types of the events about one mail, once those of `<subscriber>-last`, sent after it, have come. */
  const eventsOf = async (subscriber: string): Promise<string[]> => {
    // Among them what a schedule has put into the queue.
    const found: { eventType?: string; mail?: { tags: Record<string, string[]> } }[] = [];
    const of = (name: string) => found.flatMap(({ mail, eventType = 'none' }) => (mail?.tags.subscriber?.[0] === name ? [eventType] : []));
    return stack.until(
      'the events of the mails',
      async () => {
        const response = await fetch(queues, {
          method: 'POST',
          headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
          body: JSON.stringify({ QueueUrl: 'http://local/toy-events', MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
        });
        const { Messages = [] } = (await response.json()) as { Messages?: { Body: string }[] };
        found.push(...Messages.map(({ Body }) => JSON.parse(Body)));
        return of(subscriber);
      },
      () => of(`${subscriber}-last`).includes('Delivery'),
    );
  };

  it('are dropped', async () => {
    await faults({ dropEvents: 1 });
    await send('dropped');
    await faults({});
    await send('dropped-last');

    expect(await eventsOf('dropped')).toEqual([]);
  });

  it('come twice, the copies after the last', async () => {
    await faults({ duplicateEvents: 1 });
    await send('doubled');
    await faults({});
    await send('doubled-last');

    expect(await eventsOf('doubled')).toEqual(['Send', 'Delivery', 'Send', 'Delivery']);
  });
});
