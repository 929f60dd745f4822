import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from './listen.ts';

/** A port that is free at this moment, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0);
  await closeServer(server);
  return port;
}

/** Rejects with EADDRINUSE if this port of 127.0.0.1 is in use now. */
export async function untaken(port: number): Promise<void> {
  const server = createServer();
  await listenOnLoopback(server, port);
  await closeServer(server);
}
