import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { UsedWrongly } from '../failure.ts';
import { printableLine } from '../printable.ts';

/** Runs git in the current folder. Throws UsedWrongly with git's own words if it fails. */
export async function git(...args: string[]): Promise<Buffer> {
  const ran = await run(args);
  if (ran.code === 0) return ran.stdout;
  throw new UsedWrongly(`git ${args[0]} failed: ${printableLine(ran.stderr) || `it ended with ${ran.code}`}`);
}

/** The same in one line of text; undefined if it fails. */
export async function askGit(...args: string[]): Promise<string | undefined> {
  const { code, stdout } = await run(args);
  return code === 0 ? stdout.toString().trim() : undefined;
}

async function run(args: readonly string[]): Promise<{ code: number | null; stdout: Buffer; stderr: string }> {
  // Nobody is there to be asked for a password.
  const child = spawn('git', args, { env: { ...process.env, GIT_TERMINAL_PROMPT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', () => reject(new UsedWrongly('git is not installed, or not in the PATH.')));
    child.on('close', resolve);
  });
  const [code, stdout, stderr] = await Promise.all([ended, buffer(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
