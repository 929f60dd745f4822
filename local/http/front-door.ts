import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeServer, listenOnLoopback } from './listen.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The only port that users need to know. */
export interface FrontDoor {
  /** `http://localhost:<port>` */
  readonly url: string;
  /**
   * Opens the door: `/_local…` goes to `local`, everything else to `api`. Before, every answer is
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
