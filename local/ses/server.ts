import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { MovableClock } from '../clock.ts';
import type { Injected } from '../faults/faults.ts';
import { readBody } from '../http/body.ts';
import { callerOf } from '../http/caller.ts';
import { closeServer, listenOnLoopback } from '../http/listen.ts';
import type { IamEnforcer } from '../iam/iam-enforcer.ts';
import type { ConfigurationSetPlan } from '../plan/mail.ts';
import { acceptance, readMail } from './accept.ts';
import type { AcceptedMail } from './accepted-mail.ts';
import { answer, failure, refusal, type SesAnswer } from './answers.ts';
import { eventsAfter, type Opener, openEvent } from './events.ts';
import { type FaultDecision, faultDecisionFor } from './fault-decision.ts';
import { type Mailbox, mailbox } from './mailbox.ts';
import { publisher } from './publisher.ts';
import { denied } from './refusals.ts';
import { reply } from './reply.ts';
import { readSesRequest, type SesRequest } from './request.ts';

export interface FakeSes {
  readonly endpoint: string;
  readonly mailbox: Mailbox;
  /** Acts as a mail client that loads the pixel of this mail. */
  open(mail: AcceptedMail, by: Opener): void;
  /** Calls throttled so far. */
  throttled(): number;
  /** Calls among these that exceeded the rate. */
  overRate(): number;
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
  readonly faults: Injected;
  readonly doorkeeper: IamEnforcer;
  /** Keeps the log of accepted mails here. @default it ends with the stack */
  readonly dataDir?: string | undefined;
}

/** The result of a call: an answer, and how it is sent to the caller. */
interface Done {
  readonly answer: SesAnswer;
  readonly by: FaultDecision['reply'];
}

/**
 * The part of SES that handles mail: its Query protocol on 127.0.0.1, its limits, its mailboxes and
 * its events.
 */
export async function startFakeSes({ toTopic, count, dataDir, ...account }: FakeSesOptions): Promise<FakeSes> {
  const { clock, faults, doorkeeper } = account;
  const gate = acceptance(account);
  const box = mailbox(dataDir);
  const events = publisher(account.configurationSets, toTopic, faults);

  const sendRawEmail = (request: SesRequest, requestId: string): Done => {
    const offered = readMail(request, clock.now());
    const draw = faults.draw(mailInWords(offered));
    const fate = faultDecisionFor(faults.ses, draw);
    const unseen = typeof fate.reply === 'number' ? failure(fate.reply, requestId) : answer('SendRawEmail', {}, requestId);
    if (!fate.accepts) return { answer: unseen, by: fate.reply };
    const mail = gate.accept(offered, draw);
    if ('code' in mail) return { answer: refusal(mail, requestId), by: 'answer' };
    box.keep(mail);
    events.publish(mail.configurationSet, mailInWords(mail), () => eventsAfter(mail, clock.now()));
    const accepted = answer('SendRawEmail', { MessageId: mail.id }, requestId);
    return { answer: typeof fate.reply === 'number' ? unseen : accepted, by: fate.reply };
  };
  const sendQuota = (requestId: string): SesAnswer => {
    const { maxSendRate, dailyQuota } = faults.ses;
    return answer('GetSendQuota', { Max24HourSend: dailyQuota, MaxSendRate: maxSendRate, SentLast24Hours: gate.sentToday() }, requestId);
  };
  const carryOut = (request: SesRequest, requestId: string): Done => {
    const { action, caller } = request;
    if (action === 'SendRawEmail') return sendRawEmail(request, requestId);
    const denial = doorkeeper.authorise(caller, () => [{ action: `ses:${action}`, resource: '*' }]);
    if (denial !== undefined) return { answer: refusal(denied(denial), requestId), by: 'answer' };
    const message = `The SES of the local stack knows SendRawEmail and GetSendQuota, not ${action}.`;
    const told = action === 'GetSendQuota' ? sendQuota(requestId) : refusal({ code: 'InvalidAction', message }, requestId);
    return { answer: told, by: 'answer' };
  };

  const server = createServer(async (incoming, outgoing) => {
    const requestId = randomUUID();
    const body = (await readBody(incoming)) ?? Buffer.alloc(0);
    const request = readSesRequest(body, callerOf(incoming));
    count(request.action, request.caller);
    const done = carryOut(request, requestId);
    reply(outgoing, done.by, done.answer, requestId);
  });
  const port = await listenOnLoopback(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    mailbox: box,
    open: (mail, by) => events.publish(mail.configurationSet, mailInWords(mail), () => [openEvent(mail, clock.now(), by)]),
    throttled: gate.throttled,
    overRate: gate.overRate,
    pendingEvents: events.pending,
    stop: () => {
      events.stop();
      return closeServer(server);
    },
  };
}

/**
 * Describes a mail without its id, so that the same delivery has the same description in every run.
 */
const mailInWords = ({ tags, to }: Pick<AcceptedMail, 'tags' | 'to'>) => [...tags.values(), ...to].join(' ');
