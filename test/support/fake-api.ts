import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}
/** Undefined cuts the connection. */
export type Reply = { readonly status: number; readonly body?: unknown } | undefined;

/** A stand-in for the API. It records requests, and answers what the test decides. */
export async function fakeApi(reply: (asked: Received, count: number) => Reply | Promise<Reply>) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const body = (await buffer(request)).toString();
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
    received.push(asked);
    const answer = await reply(asked, received.length);
    if (!answer) return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  const port = await listenOnLoopback(server, 0);
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    [Symbol.asyncDispose]: () => closeServer(server),
  };
}

export const problem = (status: number, title: string, errors: object[] = []): Reply => ({
  status,
  body: { type: 'about:blank', title, status, errors },
});
