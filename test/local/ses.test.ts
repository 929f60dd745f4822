import { createHash } from 'node:crypto';
import { GetSendQuotaCommand, SESClient, SendEmailCommand, SendRawEmailCommand, type SendRawEmailCommandInput } from '@aws-sdk/client-ses';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InboxMail } from '../../local/ses/inbox.ts';
import type { TruthLine } from '../../local/ses/mailbox.ts';
import { aMail } from '../support/mail-builder.ts';
import { startToyStack, type ToyStack } from '../support/toy-stack.ts';

let stack: ToyStack;
let ses: SESClient;
beforeAll(async () => {
  stack = await startToyStack();
  const { body } = await stack.call<Record<string, string>>('GET', '/echo?mode=environment');
  ses = new SESClient({
    endpoint: body.AWS_ENDPOINT_URL_SES ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'toy-echo', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterAll(() => stack.stop());
beforeEach(async () => {
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 1000 } });
});

const send = (to: string, changes: Partial<SendRawEmailCommandInput> = {}) =>
  ses.send(
    new SendRawEmailCommand({
      Source: 'lessons@example.com',
      Destinations: [to],
      ConfigurationSetName: 'tracked',
      Tags: ['edition', 'slot', 'subscriber', 'attempt'].map((Name) => ({ Name, Value: Name === 'attempt' ? '1' : `a-${Name}` })),
      RawMessage: { Data: aMail({ to }) },
      ...changes,
    }),
  );
const inbox = async (query: string) => (await stack.call<InboxMail[]>('GET', `/_local/inbox?${query}`)).body;
const truth = async () => (await stack.call<TruthLine[]>('GET', '/_local/truth')).body;

interface Event {
  eventType: string;
  mail: { messageId: string; destination: string[]; tags: Record<string, string[]> };
  [part: string]: unknown;
}
/** What reached the events queue about one mail, once there are that many. */
const events = async (messageId: string | undefined, count: number) => {
  const { body } = await stack.call<Record<string, string>>('GET', '/echo?mode=environment');
  const found: Event[] = [];
  return stack.until(
    'the events of the mails',
    async () => {
      const response = await fetch(body.AWS_ENDPOINT_URL_SQS ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
        body: JSON.stringify({ QueueUrl: 'http://local/toy-events', MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
      });
      const { Messages = [] } = (await response.json()) as { Messages?: { Body: string }[] };
      found.push(...Messages.map(({ Body }) => JSON.parse(Body) as Event));
      return found.filter(({ mail }) => mail?.messageId === messageId);
    },
    (own) => own.length >= count,
  );
};

describe('accepting', () => {
  it('keeps envelope, tags, configuration set and the mail as it is read', async () => {
    const { MessageId } = await send('reader@example.com');

    const [mail] = await inbox('to=reader@example.com');
    expect(mail).toMatchObject({
      id: MessageId,
      to: 'reader@example.com',
      from: '"Lessons" <lessons@example.com>',
      subject: 'Grüße für die Woche',
      configurationSet: 'tracked',
      tags: { edition: 'a-edition', slot: 'a-slot', subscriber: 'a-subscriber', attempt: '1' },
    });
    expect(mail?.text).toContain('Plain text, with ümlauts');
    expect(mail?.html).toContain('<p>Hello</p>');
  });

  it('sets Message-ID and Date itself', async () => {
    const { MessageId } = await send('stamped@example.com');

    const [mail] = await inbox('to=stamped@example.com');
    expect(mail?.headers['Message-ID']).toBe(`<${MessageId}@email.amazonses.com>`);
    expect(mail?.headers.Date).not.toContain('1999');
  });

  it('logs the hash of the data as received', async () => {
    const Data = aMail({ to: 'hashed@example.com' });
    await send('hashed@example.com', { RawMessage: { Data } });

    expect((await truth()).at(-1)).toEqual({
      edition: 'a-edition',
      slot: 'a-slot',
      subscriber: 'a-subscriber',
      attempt: 1,
      to: 'hashed@example.com',
      acceptedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      sha256: createHash('sha256').update(Data).digest('hex'),
    });
  });

  it('finds mails by a part of the subject, since an instant, and up to a limit', async () => {
    // What was accepted before lies in another millisecond.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const since = stack.now().toISOString();
    await send('one@example.com');
    await send('two@example.com');

    expect((await inbox(`since=${since}&subject=WOCHE`)).map(({ to }) => to)).toEqual(['two@example.com', 'one@example.com']);
    expect(await inbox(`since=${since}&limit=1`)).toHaveLength(1);
    expect(await inbox('subject=nothing-like-it')).toEqual([]);
  });

  it('counts its calls by function', async () => {
    await stack.call('DELETE', '/_local/usage');
    await send('counted@example.com');

    expect((await stack.call('GET', '/_local/usage')).body).toContainEqual(
      expect.objectContaining({ service: 'ses', operation: 'SendRawEmail', function: 'echo', calls: 1 }),
    );
  });
});

describe('refusing', () => {
  it.each([
    ['a sender that is not ours', { Source: 'someone@elsewhere.example' }, 'MessageRejected'],
    ['a configuration set that is not there', { ConfigurationSetName: 'none' }, 'ConfigurationSetDoesNotExistException'],
    ['an address outside ASCII', { Destinations: ['jürgen@example.com'] }, 'InvalidParameterValue'],
    ['a tag with a blank', { Tags: [{ Name: 'edition', Value: 'a b' }] }, 'InvalidParameterValue'],
    ['an empty mail', { RawMessage: { Data: new Uint8Array() } }, 'InvalidParameterValue'],
  ])('%s', async (_, changes, name) => {
    const before = (await truth()).length;

    await expect(send('reader@example.com', changes)).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } });
    expect(await truth()).toHaveLength(before);
  });

  it('throttles beyond the rate, in the words of SES', async () => {
    await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 0.01 } });
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => send('fast@example.com')));

    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(1);
    expect(refused[0]).toMatchObject({ name: 'Throttling', message: 'Maximum sending rate exceeded.', $metadata: { httpStatusCode: 400 } });
  });

  it('throttles a share of the calls on demand', async () => {
    await stack.call('PUT', '/_local/faults', { ses: { throttle: 1, maxSendRate: 1000 } });

    const { throttled } = (await stack.call<{ throttled: number }>('GET', '/_local/faults')).body;

    await expect(send('reader@example.com')).rejects.toMatchObject({ name: 'Throttling' });
    expect((await stack.call('GET', '/_local/faults')).body.throttled).toBe(throttled + 1);
  });

  it('sends nothing while the account is paused', async () => {
    await stack.call('PUT', '/_local/faults', { ses: { paused: true } });

    await expect(send('reader@example.com')).rejects.toMatchObject({ name: 'AccountSendingPausedException' });
  });

  it('refuses the addresses it is told to, until it is told otherwise', async () => {
    await stack.call('PUT', '/_local/faults', { ses: { reject: ['Reader@example.com'] } });
    await expect(send('reader@example.com')).rejects.toMatchObject({ name: 'MessageRejected' });

    await stack.call('PUT', '/_local/faults', {});
    const accepted = () =>
      send('reader@example.com').then(
        () => true,
        () => false,
      );
    expect(await stack.until('the accepted mail', accepted, Boolean)).toBe(true);
  });

  it('names the actions that it knows', async () => {
    const command = new SendEmailCommand({ Source: 'a@example.com', Destination: {}, Message: { Subject: { Data: '' }, Body: {} } });

    await expect(ses.send(command)).rejects.toThrow('knows SendRawEmail and GetSendQuota');
  });
});

it('tells its quota', async () => {
  await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 50 } });

  expect(await ses.send(new GetSendQuotaCommand({}))).toMatchObject({ MaxSendRate: 50, Max24HourSend: 1_000_000 });
});

describe('events', () => {
  it('tell acceptance and delivery with the mail’s tags', async () => {
    const { MessageId } = await send('events@example.com');
    const [sent, delivered] = await events(MessageId, 2);

    expect(sent).toMatchObject({ eventType: 'Send', send: {}, mail: { destination: ['events@example.com'] } });
    expect(sent?.mail.tags).toMatchObject({ edition: ['a-edition'], attempt: ['1'], 'ses:configuration-set': ['tracked'] });
    expect(delivered).toMatchObject({ eventType: 'Delivery', delivery: { recipients: ['events@example.com'] } });
  });

  it.each([
    ['bounce+label', 'Bounce', { bounce: { bounceType: 'Permanent', bounceSubType: 'General' } }],
    ['suppressionlist', 'Bounce', { bounce: { bounceType: 'Permanent', bounceSubType: 'Suppressed' } }],
    ['complaint', 'Complaint', { complaint: { complaintFeedbackType: 'abuse' } }],
    ['bounce+transient-mailboxfull.ada', 'Bounce', { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } }],
    ['bounce+after-delivery', 'Bounce', { bounce: { bounceType: 'Permanent' } }],
    ['ooto', 'Bounce', { bounce: { bounceType: 'Transient', bouncedRecipients: [] } }],
    ['complaint+not-spam', 'Complaint', { complaint: { complaintFeedbackType: 'not-spam' } }],
    ['success+reject', 'Reject', { reject: { reason: 'Bad content' } }],
    ['success+rendering-failure', 'Rendering Failure', { failure: { templateName: 'none' } }],
    ['success+delay', 'DeliveryDelay', { deliveryDelay: { delayType: 'TransientCommunicationFailure' } }],
  ])('follow from the simulator’s mailbox %s', async (mailbox, eventType, part) => {
    const { MessageId } = await send(`${mailbox}@simulator.amazonses.com`);
    const arrives = /^complaint|after-delivery|^ooto|delay/.test(mailbox);
    const told = await events(MessageId, arrives ? 3 : 2);

    expect(told.find((event) => event.eventType === eventType)).toMatchObject(part);
    expect(told.some((event) => event.eventType === 'Delivery')).toBe(arrives);
  });

  it('tell an open when a mail client loads the pixel', async () => {
    const { MessageId } = await send('opener@example.com');
    const [mail] = await inbox('to=opener@example.com');
    const pixel = /src="([^"]+pixel[^"]+)"/.exec(mail?.html ?? '')?.[1] ?? '';
    const response = await fetch(pixel);
    await stack.call('POST', `/_local/inbox/${MessageId}/open`);

    expect(response.headers.get('content-type')).toBe('image/gif');
    expect((await events(MessageId, 4)).map(({ eventType }) => eventType)).toEqual(['Send', 'Delivery', 'Open', 'Open']);
  });

  it('go only where their type is subscribed to, and no pixel goes in where opens are not', async () => {
    const quiet = await send('quiet@example.com', { ConfigurationSetName: 'untracked' });
    const bounced = await send('bounce@simulator.amazonses.com', { ConfigurationSetName: 'untracked' });

    expect((await events(bounced.MessageId, 1)).map(({ eventType }) => eventType)).toEqual(['Bounce']);
    expect(await events(quiet.MessageId, 0)).toEqual([]);
    expect((await inbox('to=quiet@example.com'))[0]?.html).not.toContain('pixel');
  });
});
