import { Agent, type IncomingMessage, request } from 'node:http';

export interface Forwarded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Engines may keep a separate database for each access key, so all callers appear as one. */
const asOneCaller = (authorization: string | undefined) => authorization?.replace(/Credential=[^/]+\//, 'Credential=local/');

/**
 * Sends a request to an engine with another body, and returns the whole answer except the engine's
 * Date header: see `listenOnLoopback`. Rejects if the engine cannot be reached.
 */
export const forward = (endpoint: string, incoming: IncomingMessage, body: Buffer): Promise<Forwarded> =>
  new Promise((resolve, reject) => {
    const { 'content-length': _, connection: __, ...headers } = incoming.headers;
    const authorization = asOneCaller(incoming.headers.authorization);
    const outgoing = request(new URL(incoming.url ?? '/', endpoint), {
      method: incoming.method,
      agent,
      headers: { ...headers, host: new URL(endpoint).host, 'content-length': body.length, ...(authorization && { authorization }) },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      const { date: ___, ...told } = response.headers;
      response.on('end', () => resolve({ status: response.statusCode ?? 500, headers: told, body: Buffer.concat(chunks) }));
    });
    outgoing.end(body);
  });
