import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { MovableClock } from '../clock.ts';
import { readBody } from '../http/body.ts';
import { callerOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import { acceptance } from './accept.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { answer, refusal, type SesAnswer } from './answers.ts';
import { eventsAfter, openEvent } from './events.ts';
import type { SesFaults } from './faults.ts';
import { type Mailbox, mailbox } from './mailbox.ts';
import { publisher } from './publisher.ts';
import { readSesRequest, type SesRequest } from './request.ts';

export interface FakeSes {
  readonly endpoint: string;
  readonly mailbox: Mailbox;
  /** A mail client loads the pixel of this mail. */
  open(mail: AcceptedMail, userAgent: string): void;
  setFaults(faults: SesFaults): void;
  faults(): SesFaults;
  /** Calls throttled so far. */
  throttled(): number;
  /** Mails whose events are still on their way. */
  pendingEvents(): number;
  stop(): Promise<void>;
}

export interface FakeSesOptions {
  readonly identities: readonly string[];
  readonly configurationSets: readonly ConfigurationSetPlan[];
  readonly clock: MovableClock;
  readonly toTopic: (topicArn: string, message: string) => Promise<void>;
  readonly count: (operation: string, caller: string) => void;
  /** @default Math.random */
  readonly chance?: () => number;
}

/** The part of SES that mail goes through: its Query protocol on 127.0.0.1, its limits, its mailboxes and its events. */
export async function startFakeSes({ clock, toTopic, count, chance = Math.random, ...account }: FakeSesOptions): Promise<FakeSes> {
  const gate = acceptance({ ...account, clock, chance });
  const box = mailbox();
  const events = publisher(account.configurationSets, toTopic);

  const sendRawEmail = (request: SesRequest, requestId: string): SesAnswer => {
    const mail = gate.accept(request);
    if ('code' in mail) return refusal(mail.code, mail.message, requestId);
    box.keep(mail);
    events.publish(mail.configurationSet, () => eventsAfter(mail, clock.now()));
    return answer('SendRawEmail', { MessageId: mail.id }, requestId);
  };
  const sendQuota = (requestId: string): SesAnswer => {
    const since = new Date(clock.now().getTime() - 86_400_000).toISOString();
    const sent = box.truth().filter(({ acceptedAt }) => acceptedAt >= since).length;
    return answer('GetSendQuota', { Max24HourSend: 50_000, MaxSendRate: gate.sendRate(), SentLast24Hours: sent }, requestId);
  };
  const carryOut = (request: SesRequest, requestId: string): SesAnswer => {
    switch (request.action) {
      case 'SendRawEmail':
        return sendRawEmail(request, requestId);
      case 'GetSendQuota':
        return sendQuota(requestId);
      default:
        return refusal(
          'InvalidAction',
          `The SES of the local stack knows SendRawEmail and GetSendQuota, not ${request.action}.`,
          requestId,
        );
    }
  };

  const server = createServer(async (incoming, outgoing) => {
    const requestId = randomUUID();
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const request = readSesRequest(body, callerOf(incoming));
    count(request.action, request.caller);
    const { status, xml } = carryOut(request, requestId);
    outgoing.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }).end(xml);
  });
  const port = await listenOnLoopback(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    mailbox: box,
    open: (mail, userAgent) => events.publish(mail.configurationSet, () => [openEvent(mail, clock.now(), userAgent)]),
    setFaults: gate.setFaults,
    faults: gate.faults,
    throttled: gate.throttled,
    pendingEvents: events.pending,
    stop: () => {
      events.stop();
      return closeServer(server);
    },
  };
}
