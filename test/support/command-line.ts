import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { otherClock } from '../../local/lambda/other-clock.ts';
import type { Asked, Ran } from './kept-program.ts';

const program = join(import.meta.dirname, '../../bin/afterword.ts');

interface Circumstances {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
}
interface Whole extends Circumstances {
  readonly input?: string;
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
}

const environment = (env: Record<string, string>) => ({
  ...{ PATH: process.env.PATH ?? '', NODE_COMPILE_CACHE: join(tmpdir(), 'compiled') },
  ...otherClock(),
  ...env,
});

/**
 * Starts the real command line as a user would. Of our environment it gets only what it is given.
 */
export async function afterwordProcess(args: readonly string[], { env = {}, cwd, input, onStart }: Whole = {}): Promise<Ran> {
  const child = spawn(process.execPath, [program, ...args], { env: environment(env), ...(cwd && { cwd }) });
  child.stdin.end(input);
  onStart?.((signal) => void child.kill(signal));
  const exit = new Promise<number | null>((ended) => child.on('close', ended));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, stdout, stderr };
}

let kept: { readonly child: ChildProcess; readonly ended: Promise<never> } | undefined;
let before: Promise<unknown> = Promise.resolve();

function keepOne() {
  const child = fork(join(import.meta.dirname, 'kept-program.ts'), {
    env: environment({}),
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const ended = once(child, 'exit').then(() => Promise.reject(new Error('the command line ended its process')));
  ended.catch(() => {});
  return { child, ended };
}

/**
 * The same without the half second that a process takes to start: the commands of one worker share
 * a process and run one after another.
 */
export function afterword(args: readonly string[], { env = {}, cwd = process.cwd() }: Circumstances = {}): Promise<Ran> {
  const run = async (): Promise<Ran> => {
    kept = kept?.child.connected ? kept : keepOne();
    const { child, ended } = kept;
    // Referenced only while a command runs, so that the process does not keep the worker from
    // exiting.
    child.ref();
    child.channel?.ref();
    const asked: Asked = { args, env: environment(env), cwd };
    child.send(asked);
    const [ran] = await Promise.race([once(child, 'message'), ended]);
    child.unref();
    child.channel?.unref();
    return ran;
  };
  const mine = before.then(run);
  before = mine.catch(() => {});
  return mine;
}

/** A folder with these files, removed when the test ends. */
export async function aFolder(files: Readonly<Record<string, string | Uint8Array>>) {
  const path = await mkdtemp(join(tmpdir(), 'afterword-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
