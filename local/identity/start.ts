import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { SignIn } from '../../lib/stage-settings.ts';
import { arn } from '../template/local-aws.ts';
import type { Account } from './people.ts';
import { FromProvider, type ToProvider } from './protocol.ts';

export interface LocalProvider {
  /** The setting that has people sign in here. */
  readonly signIn: SignIn;
  readonly issuer: string;
  /** The secret that the setting names, with its value. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Lets people sign in to this stack. Before, every answer is 503. */
  open(stack: { readonly url: string; now(): Date }): void;
  stop(): Promise<void>;
}

/** Starts an identity provider on a free port of loopback. */
export async function startLocalProvider(accounts: readonly Account[]): Promise<LocalProvider> {
  const clientSecret = randomBytes(32).toString('base64url');
  const secretArn = arn('secretsmanager', 'secret:sign-in-AbCdEf');
  const thread = new Worker(fileURLToPath(new URL('./thread.ts', import.meta.url)), {
    workerData: { accounts, clientSecret },
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
    signIn: { issuer, clientId: 'afterword', clientSecret: secretArn },
    secrets: new Map([[secretArn, clientSecret]]),
    open: ({ url, now }) => {
      offsetMs = () => now().getTime() - Date.now();
      tell({ kind: 'open', redirectUri: `${url}/sign-in/callback` });
    },
    stop: async () => void (await thread.terminate()),
  };
}
