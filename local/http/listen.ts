import type { Server } from 'node:http';

/**
 * Listens on 127.0.0.1 and nowhere else; port 0 takes a free one. Answers the port; rejects with
 * Node's error, EADDRINUSE for a taken port. No answer says what time it is: the clock of functions
 * can be moved, and AWS's SDK asks again where it finds its own clock wrong.
 */
export const listenOnLoopback = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.prependListener('request', (_, answer) => {
      answer.sendDate = false;
    });
    // A client that was held up must not write on a connection that is closed meanwhile.
    server.keepAliveTimeout = 60_000;
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** Stops listening and cuts what is still open. */
export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
