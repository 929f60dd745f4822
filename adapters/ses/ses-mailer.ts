import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { GetSendQuotaCommand, SESClient } from '@aws-sdk/client-ses';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Mailer } from '../../core/delivery/ports.ts';
import { Sha256 } from '../aws/sha256.ts';
import { formBuffers } from './form-buffers.ts';
import { rawEmailCall } from './raw-email-call.ts';
import { rawEmailForm } from './raw-email-form.ts';
import { outcomeOfError } from './send-outcome.ts';

export interface SesSender {
  readonly address: string;
  /**
   * The configuration set that reports opens, and the one that does not. SES has no other switch.
   */
  readonly configurationSets: { readonly tracked: string; readonly untracked: string };
}

/**
 * A connection that is idle for this long is closed. The other side might close it just as a mail
 * is written, and that mail would be in doubt. Five workers taking turns of half a second write to
 * theirs again before that, so steady sending costs no handshakes.
 */
const longestIdleMs = 3000;

/**
 * Opens a client that calls SES once per mail. The SDK's own retries would send a mail twice,
 * because SES has no idempotency key. The timeouts do end a request: without
 * `throwOnRequestTimeout` a request timeout only logs a warning (@smithy/node-http-handler).
 */
export function openSes(requestTimeoutMs: number, idleMs: number = longestIdleMs): SesConnection {
  // An agent's timeout closes idle connections. It does not end a request in progress.
  const kept = { keepAlive: true, timeout: idleMs };
  const agents = { httpAgent: new HttpAgent(kept), httpsAgent: new HttpsAgent(kept) };
  const client = new SESClient({
    maxAttempts: 1,
    sha256: Sha256,
    requestHandler: new NodeHttpHandler({
      ...agents,
      connectionTimeout: Math.min(3000, requestTimeoutMs),
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
  });
  const forgetConnections = () => {
    for (const agent of Object.values(agents)) agent.destroy();
  };
  return { client, forgetConnections };
}

export interface SesConnection {
  readonly client: SESClient;
  /**
   * Call this before the first mail after a pause. While a container is frozen, the other side
   * drops idle connections. A mail written to such a connection is reset, and with only one attempt
   * it would be in doubt for good. Connections are kept between successive pieces of work, because
   * a new one costs a TLS handshake for each mail.
   */
  readonly forgetConnections: () => void;
}

/** Sends raw MIME to one recipient per call, so that tags, opens and complaints are exact. */
export function sesMailer(client: SESClient, sender: SesSender): Mailer {
  const call = rawEmailCall(client);
  const buffers = formBuffers();
  return {
    async send({ to, mime, isTracked, tags }) {
      const configurationSet = sender.configurationSets[isTracked ? 'tracked' : 'untracked'];
      try {
        const form = rawEmailForm({ from: sender.address, to, mime, configurationSet, tags }, buffers.take);
        const { MessageId } = await call(form);
        if (!MessageId) return { kind: 'in doubt', code: 'NoMessageId' };
        buffers.giveBack(form);
        return { kind: 'accepted', messageId: MessageId };
      } catch (error) {
        return outcomeOfError(error, { from: sender.address, to });
      }
    },
  };
}

export interface SendQuota {
  readonly maxSendRate: number;
  readonly max24Hours: number;
  readonly sentLast24Hours: number;
}

/**
 * SES limits this call to one per second for the whole account. Only `sweep` makes it, once a
 * minute.
 */
export async function readSendQuota(client: SESClient): Promise<SendQuota> {
  const quota = await client.send(new GetSendQuotaCommand({}));
  return { maxSendRate: quota.MaxSendRate ?? 1, max24Hours: quota.Max24HourSend ?? 200, sentLast24Hours: quota.SentLast24Hours ?? 0 };
}
