import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SignIn } from '../../lib/stage-settings.ts';
import type { Account } from './people.ts';
import { FromProvider, type ToProvider } from './protocol.ts';

export interface LocalProvider {
  /** The setting that has people sign in here. */
  readonly signIn: SignIn;
  readonly issuer: string;
  /** Lets people sign in to this stack. Before, every answer is 503. */
  open(stack: { readonly url: string; now(): Date }): void;
  stop(): Promise<void>;
}

/** Starts an identity provider on a free port of loopback. */
export async function startLocalProvider(accounts: readonly Account[]): Promise<LocalProvider> {
  const thread = new Worker(fileURLToPath(new URL('./thread.ts', import.meta.url)), {
    workerData: { accounts },
    // It warns on standard output that it is not fit for production.
    stdout: true,
    stderr: true,
  });
  const [first] = await once(thread, 'message');
  const told = FromProvider.parse(first);
  if (told.kind !== 'listening') throw new Error('the identity provider did not say where it listens');
  const tell = (message: ToProvider) => thread.postMessage(message);
  let offsetMs = () => 0;
  thread.on('message', () => tell({ kind: 'clock', offsetMs: offsetMs() }));
  const issuer = `http://127.0.0.1:${told.port}`;
  return {
    issuer,
    signIn: { issuer, clientId: 'afterword' },
    open: ({ url, now }) => {
      offsetMs = () => now().getTime() - Date.now();
      tell({ kind: 'open', redirectUri: `${url}/sign-in/callback` });
    },
    stop: async () => void (await thread.terminate()),
  };
}
