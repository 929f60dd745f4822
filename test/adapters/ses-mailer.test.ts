import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSes, type SesConnection, sesMailer } from '../../adapters/ses/ses-mailer.ts';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';
import { aSid } from '../support/delivery.ts';
import { nobodyListens } from '../support/nobody-listens.ts';
import { sdkMailer } from '../support/sdk-mailer.ts';

const mail = {
  to: 'ada@example.com',
  mime: ['Subject: x\r\n\r\nx'],
  isTracked: true,
  tags: { edition: 'e_1', slot: 'default', subscriber: aSid(1), attempt: 1 },
};
const errorXml = (code: string, message = '') =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
const acceptedXml = '<SendRawEmailResponse><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>';

let server: Server;
let calls: URLSearchParams[];
let heads: { readonly method?: string | undefined; readonly url?: string | undefined; readonly headers: IncomingHttpHeaders }[];
let answer: RequestListener;
let ses: SesConnection;

const requestTimeoutMs = 5000;

beforeEach(async () => {
  // The time of a call passes when a test says so: a busy machine takes long for calls that are
  // answered at once.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  calls = [];
  heads = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      calls.push(new URLSearchParams(body));
      heads.push(request);
      answer(request, response);
    });
  });
  vi.stubEnv('AWS_ENDPOINT_URL_SES', `http://127.0.0.1:${await listenOnLoopback(server, 0)}`);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  ses = openSes(requestTimeoutMs);
});
afterEach(async () => {
  ses.client.destroy();
  await closeServer(server);
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

const configurationSets = { tracked: 'tracked', untracked: 'untracked' };
const sender = { address: 'lessons@example.com', configurationSets };
const send = () => sesMailer(ses.client, sender).send(mail);
/** Ours, and the SDK's: they may not differ in what they make of an answer. */
const ways = [
  ['our call', sesMailer],
  ["the SDK's call", sdkMailer],
] as const;
const answering =
  (status: number, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  };

it('sends to one recipient with sender, configuration set and the tags that every event echoes', async () => {
  answer = answering(200, acceptedXml);
  expect(await send()).toEqual({ kind: 'accepted', messageId: 'm-1' });
  expect(Object.fromEntries(calls[0] ?? [])).toMatchObject({
    Action: 'SendRawEmail',
    Source: 'lessons@example.com',
    'Destinations.member.1': 'ada@example.com',
    ConfigurationSetName: 'tracked',
    'Tags.member.1.Name': 'edition',
    'Tags.member.1.Value': 'e_1',
    'Tags.member.4.Name': 'attempt',
    'Tags.member.4.Value': '1',
  });
});

it('sends each of many mails whole, whatever became of those before and beside it', async () => {
  const mailer = sesMailer(ses.client, sender);
  const names = Array.from({ length: 60 }, (_, n) => `reader-${n}@example.com`);
  const bodyFor = (to: string) => `Subject: x\r\n\r\n${to.repeat(1000 + 50 * Number(/\d+/.exec(to)))}`;
  answer = (request, response) => {
    const n = Number(/\d+/.exec(calls.at(-1)?.get('Destinations.member.1') ?? ''));
    if (n % 5 === 3) return request.socket.resetAndDestroy();
    return answering(n % 5 === 4 ? 500 : 200, acceptedXml)(request, response);
  };
  for (const start of [0, 20, 40])
    await Promise.all(names.slice(start, start + 20).map((to) => mailer.send({ ...mail, to, mime: [bodyFor(to)] })));
  const got = calls.map((call) => [call.get('Destinations.member.1') ?? '', atob(call.get('RawMessage.Data') ?? '')] as const);
  expect(got.map(([to]) => to).toSorted()).toEqual(names.toSorted());
  for (const [to, body] of got) expect(body === bodyFor(to), to).toBe(true);
});

it('sends a mail whose opens nobody asks for with the other configuration set', async () => {
  answer = answering(200, acceptedXml);
  await sesMailer(ses.client, sender).send({ ...mail, isTracked: false });
  expect(calls[0]?.get('ConfigurationSetName')).toBe('untracked');
});

describe.each(ways)('by %s, an answer that may follow an acceptance is in doubt, and the call is made once', (_way, mailer) => {
  const cases: [string, RequestListener][] = [
    ['no answer in time', () => void vi.advanceTimersByTime(requestTimeoutMs)],
    ['a connection reset', (request) => void request.socket.resetAndDestroy()],
    [
      'an answer cut off',
      (request, response) => void response.writeHead(200, { 'content-length': '500' }).write('<Send', () => request.socket.destroy()),
    ],
    ['HTTP 500', answering(500, errorXml('InternalFailure'))],
    ['HTTP 503', answering(503, errorXml('ServiceUnavailable'))],
    ['200 without a message id', answering(200, '<SendRawEmailResponse><SendRawEmailResult/></SendRawEmailResponse>')],
    ['200 with garbage', answering(200, '%%%')],
  ];
  it.each(cases)('%s', async (_what, listener) => {
    answer = listener;
    expect(await mailer(ses.client, sender).send(mail)).toMatchObject({ kind: 'in doubt' });
    expect(calls).toHaveLength(1);
  });
});

describe.each(ways)('by %s, an answer that says no', (_way, mailer) => {
  const stopped = (code: string) => ({ kind: 'try later', why: 'stopped', code });
  const unclear = (code: string) => ({ kind: 'try later', why: 'unclear', code });
  const refused = (code: string) => ({ kind: 'refused', code });
  const failedCheck = (...identities: string[]) =>
    `Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ${identities.join(', ')}`;
  const paused = 'Sending paused for this account. For more information, please check the inbox of the email address associated with it.';
  const cases = [
    ['Throttling', 'Maximum sending rate exceeded.', { kind: 'try later', why: 'throttled', code: 'Throttling' }],
    ['Throttling', 'Daily message quota exceeded.', stopped('DailyQuota')],
    ['AccountSendingPausedException', '', stopped('AccountSendingPausedException')],
    ['ConfigurationSetSendingPausedException', '', stopped('ConfigurationSetSendingPausedException')],
    ['MailFromDomainNotVerifiedException', '', stopped('MailFromDomainNotVerifiedException')],
    ['MessageRejected', paused, stopped('SendingPaused')],
    ['MessageRejected', 'Sending suspended for this account.', stopped('SendingPaused')],
    ['MessageRejected', 'Account is paused', stopped('SendingPaused')],
    ['MessageRejected', 'Email address is not verified.', stopped('NotVerified')],
    ['MessageRejected', failedCheck('lessons@example.com'), stopped('NotVerified')],
    ['MessageRejected', failedCheck('lessons@example.com', 'ada@example.com'), stopped('NotVerified')],
    ['MessageRejected', failedCheck('ada@example.com', '...'), stopped('NotVerified')],
    ['MessageRejected', failedCheck('Ada@example.com'), refused('RecipientNotVerified')],
    ['AccessDenied', 'User is not authorized to perform `ses:SendRawEmail`', unclear('AccessDenied')],
    ['SomethingOfNextYear', '', unclear('SomethingOfNextYear')],
    ['MessageRejected', '', unclear('MessageRejected')],
    ['MessageRejected', 'A reason that nobody has heard of.', unclear('MessageRejected')],
    ['InvalidParameterValue', '', unclear('InvalidParameterValue')],
    ['MessageRejected', 'Address blacklisted.', refused('MessageRejected')],
    ['MessageRejected', 'Transaction failed: Illegal message.', refused('MessageRejected')],
    ['InvalidParameterValue', "Missing final '@domain'", refused('InvalidParameterValue')],
    ['InvalidParameterValue', 'Local address contains control or whitespace', refused('InvalidParameterValue')],
    ['InvalidParameterValue', 'Domain contains illegal character', refused('InvalidParameterValue')],
    ['InvalidParameterValue', "Duplicate header 'List-Unsubscribe'.", refused('InvalidParameterValue')],
    ['InvalidParameterValue', 'Header section too long.', refused('InvalidParameterValue')],
    ['InvalidParameterValue', 'Empty header names are illegal.', refused('InvalidParameterValue')],
    ['InvalidParameterValue', "Expected '=', got 'null'", refused('InvalidParameterValue')],
    [
      'InvalidParameterValue',
      'Invalid tag name or value &lt;ü&gt;, only alphanumeric ASCII characters are allowed.',
      refused('InvalidParameterValue'),
    ],
    ['InvalidParameterValue', "Message length is more than 10485760 bytes long: '10485761'.", refused('InvalidParameterValue')],
  ] as const;
  it.each(cases)('%s (%s)', async (code, message, outcome) => {
    answer = answering(400, errorXml(code, message));
    expect(await mailer(ses.client, sender).send(mail)).toEqual(outcome);
    expect(calls).toHaveLength(1);
  });
});

describe('whatever is answered, our call makes of it what the SDK makes of it', () => {
  const html = '<html><body>Too large</body></html>';
  const cut = acceptedXml.slice(0, -20);
  const answers: [string, RequestListener][] = [
    ...[200, 201, 302, 400, 403, 404, 413, 429, 500, 503].flatMap((status): [string, RequestListener][] => [
      [`${status}, nothing`, answering(status, '')],
      [`${status}, a page`, answering(status, html)],
      [`${status}, garbage`, answering(status, '<%%')],
      [`${status}, an acceptance`, answering(status, acceptedXml)],
      [`${status}, half an acceptance`, answering(status, cut)],
      [`${status}, an error`, answering(status, errorXml('Throttling', 'Maximum sending rate exceeded.'))],
      [`${status}, an error without a name`, answering(status, '<ErrorResponse><Error/></ErrorResponse>')],
    ]),
    ['a reset', (request) => void request.socket.resetAndDestroy()],
    ['a connection closed', (request) => void request.socket.end()],
    ['no HTTP', (request) => void request.socket.end('SMTP ready\r\n')],
    ['a head without its body', (request, response) => void response.writeHead(200).write('<S', () => request.socket.destroy())],
    ['no answer in time', () => void vi.advanceTimersByTime(requestTimeoutMs)],
  ];
  it.each(answers)('%s', async (_what, listener) => {
    answer = listener;
    const [ours, theirs] = [await sesMailer(ses.client, sender).send(mail), await sdkMailer(ses.client, sender).send(mail)];
    expect(ours).toEqual(theirs);
    expect(calls).toHaveLength(2);
  });
});

it('asks for the same in the same words as the SDK', async () => {
  answer = answering(200, acceptedXml);
  for (const [, mailer] of ways) await mailer(ses.client, sender).send(mail);
  const [ours, theirs] = heads.map(({ method, url, headers }) => {
    // What tells attempts apart and dates them.
    const { authorization, 'x-amz-date': _date, 'amz-sdk-invocation-id': _id, 'amz-sdk-request': _attempt, ...same } = headers;
    return { method, url, ...same, authorization: authorization?.split(', ').filter((part) => part.startsWith('Credential')) };
  });
  expect(ours).toEqual(theirs);
  expect(calls[0]).toEqual(calls[1]);
});

describe('a clock that is wrong', () => {
  const hour = 3600_000;
  const signedAt = ({ headers }: (typeof heads)[number]) =>
    Date.parse(String(headers['x-amz-date']).replace(/(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)/, '$1-$2-$3:$4:$5'));

  it.each([
    ['a refusal', answering(403, errorXml('RequestTimeTooSkewed'))],
    ['an acceptance', answering(200, acceptedXml)],
  ])('is put right by the date of %s', async (_what, listener) => {
    const theirs = 'Mon, 26 Nov 2001 09:00:00 GMT';
    answer = (request, response) => {
      response.setHeader('date', theirs);
      return listener(request, response);
    };
    const mailer = sesMailer(ses.client, sender);
    await mailer.send(mail);
    await mailer.send(mail);
    expect(heads.map((head) => Math.abs(signedAt(head) - Date.parse(theirs)) < hour)).toEqual([false, true]);
  });
});

it('writes no mail to a connection that an earlier invocation had left', async () => {
  let connections = 0;
  ses = openSes(requestTimeoutMs, 60_000);
  server.on('connection', () => {
    connections += 1;
  });
  answer = answering(200, acceptedXml);
  await send();
  await send();
  expect(connections).toBe(1);
  ses.forgetConnections();
  expect(await send()).toMatchObject({ kind: 'accepted' });
  expect(connections).toBe(2);
});

describe('a connection that has done nothing for a while', () => {
  const idleMs = 150;
  let connections: Socket[];
  beforeEach(() => {
    connections = [];
    server.on('connection', (socket: Socket) => connections.push(socket));
    ses = openSes(requestTimeoutMs, idleMs);
  });

  it('gets no mail: the server may close it just as one is written, and that mail would be in doubt', async () => {
    const used = new Set<Socket>();
    answer = (request, response) => {
      if (used.has(request.socket)) return request.socket.resetAndDestroy();
      used.add(request.socket);
      return answering(200, acceptedXml)(request, response);
    };
    expect(await send()).toMatchObject({ kind: 'accepted' });
    await sleep(2 * idleMs);
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(connections).toHaveLength(2);
  });

  it('is closed by us, not only left', async () => {
    answer = answering(200, acceptedXml);
    await send();
    const [socket] = connections;
    if (socket && !socket.closed) await once(socket, 'close');
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(connections).toHaveLength(2);
  });

  it('is kept while mails leave one after the other: no handshake for each', async () => {
    answer = answering(200, acceptedXml);
    ses = openSes(requestTimeoutMs, 60_000);
    for (let n = 0; n < 20; n += 1) {
      await send();
      await sleep(10);
    }
    expect(connections).toHaveLength(1);
  });

  it('is waited for where it is the answer that takes so long', async () => {
    answer = (request, response) => void sleep(3 * idleMs).then(() => answering(200, acceptedXml)(request, response));
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(await send()).toMatchObject({ kind: 'accepted' });
    expect(calls).toHaveLength(2);
  });
});

it('is certainly not accepted where nobody listens', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL_SES', nobodyListens);
  const nobody = openSes(requestTimeoutMs);
  const mailer = sesMailer(nobody.client, sender);
  expect(await mailer.send(mail)).toMatchObject({ kind: 'try later', why: 'unreachable' });
});
