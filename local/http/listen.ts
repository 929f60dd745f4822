import type { Server } from 'node:http';

/**
 * Listens on 127.0.0.1 only; port 0 takes a free one. Returns the port. Rejects with Node's error,
 * such as EADDRINUSE for a taken port. No answer has a Date header: the clock of functions can be
 * moved, and AWS's SDK repeats a call if it finds its own clock wrong.
 */
export const listenOnLoopback = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.prependListener('request', (_, answer) => {
      answer.sendDate = false;
    });
    // Long, so that a delayed client does not write to a connection that was closed in the
    // meantime.
    server.keepAliveTimeout = 60_000;
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Stops listening and closes open connections. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
