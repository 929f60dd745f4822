import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { otherClock } from '../../local/lambda/other-clock.ts';

const program = join(import.meta.dirname, '../../bin/afterword.ts');

/** Runs the real command line as a user would, with nothing of our own environment but what it is given. */
export async function afterword(
  args: readonly string[],
  {
    env = {},
    cwd,
    input,
    onStart,
  }: {
    env?: Record<string, string>;
    cwd?: string;
    input?: string;
    onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  } = {},
) {
  const child = spawn(process.execPath, [program, ...args], {
    env: { PATH: process.env.PATH ?? '', ...otherClock(), NODE_COMPILE_CACHE: join(tmpdir(), 'compiled'), ...env },
    ...(cwd && { cwd }),
  });
  child.stdin.end(input);
  onStart?.((signal) => void child.kill(signal));
  const exit = new Promise<number | null>((ended) => child.on('close', ended));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await exit, stdout, stderr };
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
