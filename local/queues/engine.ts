import { buildApp } from 'fauxqs';
import { region } from '../template/local-aws.ts';

type Answer = Readonly<Record<string, unknown>>;

/** SQS and SNS in this process, in memory. */
export interface QueueEngine {
  readonly endpoint: string;
  /** One SQS call, without a socket. Throws the service's own error. */
  sqs(action: string, body: Answer): Promise<unknown>;
  /** One SNS call, without a socket. */
  sns(action: string, parameters: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts fauxqs on a free port of 127.0.0.1. Its messages are lost when it stops; outstanding work
 * is in the table.
 */
export async function startQueues(): Promise<QueueEngine> {
  const app = buildApp({ logger: false, defaultRegion: region });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  const call = async (headers: Record<string, string>, payload: string) => {
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/', headers, payload });
    if (statusCode >= 300) throw new Error(`queues: ${body}`);
    return body;
  };
  return {
    endpoint,
    sqs: async (action, body) => {
      const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${action}` };
      const answer: unknown = JSON.parse((await call(headers, JSON.stringify(body))) || '{}');
      return answer;
    },
    sns: async (action, parameters) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await call(headers, new URLSearchParams({ Action: action, Version: '2010-03-31', ...parameters }).toString());
    },
    stop: async () => {
      await app.close();
    },
  };
}
