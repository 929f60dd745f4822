import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from './listen.ts';

/** A port that nobody listens on at this moment, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await closeServer(server);
  return port;
}

/** Rejects with EADDRINUSE where somebody listens on this port of 127.0.0.1 now. */
export async function untaken(port: number): Promise<void> {
  const server = createServer();
  await listenOnLoopback(server, port);
  await closeServer(server);
}
