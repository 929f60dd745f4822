import { fileURLToPath } from 'node:url';
import { type LocalStack, type LocalStackOptions, startLocalStack } from '../../local/stack.ts';
import { toyTemplate } from './toy-template.ts';
import { waitedFor } from './waited-for.ts';

export interface ToyStack extends LocalStack {
  /** The lines printed so far. */
  readonly printed: readonly string[];
  /** The JSON of an answer, whatever its status. */
  call<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }>;
  /** Sends a message to a queue of the toy, at the address that functions use. */
  send(queue: string, body: unknown): Promise<void>;
  /**
   * Repeats `ask` until the answer satisfies the condition. `what` is what the error says was waited
   * for.
   */
  until<T>(what: string, ask: () => Promise<T>, satisfies: (answer: T) => boolean): Promise<T>;
}

/** A small stack with one of each kind, on free ports. */
export async function startToyStack(options: Partial<LocalStackOptions> = {}): Promise<ToyStack> {
  const printed: string[] = [];
  const stack = await startLocalStack({
    template: toyTemplate,
    assetsDir: fileURLToPath(new URL('toy', import.meta.url)),
    stackName: 'toy',
    port: 0,
    startsAt: new Date('2026-12-08T10:00:00Z'),
    print: (line) => void printed.push(line),
    ...options,
  });
  const call = async <Body>(method: string, path: string, body?: unknown): Promise<{ status: number; body: Body }> => {
    const response = await fetch(stack.url + path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  };
  const { body: environment } = await call<Record<'AWS_ENDPOINT_URL_SQS' | 'QUEUE_URL', string>>('GET', '/echo?mode=environment');
  return {
    ...stack,
    printed,
    call,
    send: async (queue, body) => {
      const response = await fetch(environment.AWS_ENDPOINT_URL_SQS, {
        method: 'POST',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
        body: JSON.stringify({ QueueUrl: environment.QUEUE_URL.replace('toy-work', queue), MessageBody: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(await response.text());
    },
    until: (what, ask, satisfies) => waitedFor(what, ask, satisfies, { everyMs: 20 }),
  };
}
