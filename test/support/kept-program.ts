/**
 * The command line in a process that stays alive. Commands run one after another, each as if it
 * were alone.
 */
import { runProgram } from '../../bin/cli/program.ts';

export interface Asked {
  readonly args: readonly string[];
  readonly env: Record<string, string>;
  readonly cwd: string;
}
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const written = (stream: NodeJS.WriteStream): (() => string) => {
  let text = '';
  stream.write = (chunk: string | Uint8Array) => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  };
  return () => text;
};

async function run({ args, env, cwd }: Asked): Promise<Ran> {
  process.chdir(cwd);
  const [stdout, stderr] = [written(process.stdout), written(process.stderr)];
  const code = await runProgram([process.execPath, 'afterword', ...args], env);
  return { code, stdout: stdout(), stderr: stderr() };
}

process.on('message', (asked: Asked) => void run(asked).then((ran) => process.send?.(ran)));
process.on('disconnect', () => process.exit());
