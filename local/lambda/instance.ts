import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { otherClock } from './other-clock.ts';
import { FromInstance, type Invocation, type Thrown, type ToInstance } from './protocol.ts';

const runtime = fileURLToPath(new URL('./runtime.ts', import.meta.url));
/** AWS gives a function ten seconds to load. They do not count towards its timeout. */
const loadingMs = 10_000;

export interface InstanceOptions {
  /** Absolute path of the bundle's folder. */
  readonly folder: string;
  readonly handler: string;
  readonly arn: string;
  /** The whole environment of the process. From this machine it takes only its clock. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clockOffsetMs: number;
  readonly onLine: (line: string) => void;
}

/**
 * One process of a function. It answers one invocation at a time, and stays warm until it is killed
 * or times out.
 */
export interface Instance {
  /** Settles when the bundle is loaded. Undefined: success. */
  readonly loaded: Promise<Thrown | undefined>;
  invoke(event: unknown, options: Pick<ToInstance, 'timeoutMs' | 'clockOffsetMs' | 'trace'>): Promise<Invocation>;
  /** SIGKILL: whatever runs in it is interrupted at once. */
  kill(): void;
  readonly isAlive: boolean;
}

export function startInstance({ folder, handler, arn, environment, clockOffsetMs, onLine }: InstanceOptions): Instance {
  const child = fork(runtime, [folder, handler, arn, String(clockOffsetMs)], {
    env: { ...environment, ...otherClock(), ...keptCode() },
    execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const output of [child.stdout, child.stderr]) if (output) createInterface({ input: output }).on('line', onLine);
  const kill = () => void child.kill('SIGKILL');
  return {
    kill,
    loaded: loading(child, kill),
    get isAlive() {
      return child.exitCode === null && child.signalCode === null && child.connected;
    },
    invoke: (event, options) => {
      const id = randomUUID();
      const settled = outcomeOf(child, id, options.timeoutMs, kill);
      const message: ToInstance = { kind: 'invoke', id, event, ...options };
      if (child.connected) child.send(message, () => {});
      return settled;
    },
  };
}

/**
 * Where Node keeps compiled code, if this process was told: only tests tell it, which start the same
 * functions again and again. Lambda has nothing like it.
 */
const keptCode = ({ NODE_COMPILE_CACHE } = process.env): Record<string, string> =>
  NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };

const listen = (child: ChildProcess, onMessage: (message: FromInstance) => void, onGone: () => void): (() => void) => {
  const heard = (raw: unknown) => {
    const parsed = FromInstance.safeParse(raw);
    if (parsed.success) onMessage(parsed.data);
  };
  child.on('message', heard);
  child.once('exit', onGone);
  child.once('error', onGone);
  return () => {
    child.off('message', heard);
    child.off('exit', onGone);
    child.off('error', onGone);
  };
};

const loading = (child: ChildProcess, kill: () => void): Promise<Thrown | undefined> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => end({ name: 'InitTimeout', message: 'the function took more than 10 s to load' }), loadingMs);
    const stop = listen(
      child,
      (message) => {
        if (message.kind === 'ready') end(undefined);
        if (message.kind === 'unusable') end(message.error);
      },
      () => end({ name: 'InitKilled', message: 'the process ended while it was loading' }),
    );
    const end = (error: Thrown | undefined) => {
      clearTimeout(timer);
      stop();
      if (error !== undefined) kill();
      resolve(error);
    };
  });

const outcomeOf = (child: ChildProcess, id: string, timeoutMs: number, kill: () => void): Promise<Invocation> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      end({ kind: 'timed out' });
      kill();
    }, timeoutMs);
    const stop = listen(
      child,
      (message) => {
        if (message.kind === 'answered' && message.id === id) end({ kind: 'answered', value: message.value });
        if (message.kind === 'threw' && message.id === id) end({ kind: 'threw', error: message.error });
      },
      () => end({ kind: 'killed' }),
    );
    const end = (outcome: Invocation) => {
      clearTimeout(timer);
      stop();
      resolve(outcome);
    };
    if (child.exitCode !== null || child.signalCode !== null) end({ kind: 'killed' });
  });
