/**
 * The provider in a thread of its own, because the tokens have to carry the time of the functions,
 * whose clock can be moved.
 */
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { listenOnLoopback } from '../http/listen.ts';
import { moveClock } from '../lambda/moved-date.ts';
import { type FromProvider, ProviderData, ToProvider } from './protocol.ts';
import { identityProvider } from './provider.ts';

const { accounts, clientSecret } = ProviderData.parse(workerData);
let answer: ReturnType<typeof identityProvider> | undefined;
let waiting: (() => void)[] = [];
const tell = (message: FromProvider) => parentPort?.postMessage(message);

const server = createServer(async (request, response) => {
  await new Promise<void>((resolve) => {
    waiting.push(resolve);
    tell({ kind: 'clock' });
  });
  if (answer) await answer(request, response).catch(() => response.destroy());
  else response.writeHead(503).end();
});
const port = await listenOnLoopback(server, 0);

parentPort?.on('message', (raw) => {
  const message = ToProvider.parse(raw);
  if (message.kind === 'open') {
    const client = { client_id: 'afterword', client_secret: clientSecret, redirect_uris: [message.redirectUri] };
    answer = identityProvider({ issuer: `http://127.0.0.1:${port}`, clients: [client], accounts });
    return;
  }
  if (message.offsetMs !== 0) moveClock(message.offsetMs);
  for (const resolve of waiting) resolve();
  waiting = [];
});
tell({ kind: 'listening', port });
