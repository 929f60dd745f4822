import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from './listen.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The one port that people know. */
export interface FrontDoor {
  /** `http://localhost:<port>` */
  readonly url: string;
  /**
   * From now on: `/_local…` to the second, everything else to the first. Before, every answer is
   * 503.
   */
  open(api: Handler, local: Handler): void;
  stop(): Promise<void>;
}

export async function frontDoor(port: number): Promise<FrontDoor> {
  let handlers: { readonly api: Handler; readonly local: Handler } | undefined;
  const health = (response: ServerResponse) => {
    const ready = handlers !== undefined;
    response.writeHead(ready ? 200 : 503, { 'content-type': 'application/json' }).end(JSON.stringify({ ready }));
  };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (path === '/_local/health' || handlers === undefined) {
      health(response);
      return;
    }
    const handle = path === '/_local' || path.startsWith('/_local/') ? handlers.local : handlers.api;
    handle(request, response).catch(() => response.destroy());
  });
  const actual = await listenOnLoopback(server, port);
  return {
    url: `http://localhost:${actual}`,
    open: (api, local) => {
      handlers = { api, local };
    },
    stop: () => closeServer(server),
  };
}
