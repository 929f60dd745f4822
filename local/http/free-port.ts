import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from './listen.ts';

/** A port that nobody listens on at this moment, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await closeServer(server);
  return port;
}
