import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../http/free-port.ts';
import type { DynamoDbEngine } from './engine.ts';

/** Path of the binary. Undefined on machines for which npm has no dynoxide. */
export function dynoxideBinary(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

/**
 * The shell's input ends when this process does, for whatever reason. The shell then stops the
 * engine, so the engine never outlives this process.
 */
const underGuard = '"$0" "$@" & read -r _; kill $!; wait $!';

/** DynamoDB as a child process: in memory, or in one SQLite file in the data folder. */
export async function startDynoxide(binary: string, dataDir?: string): Promise<DynamoDbEngine> {
  const port = String(await freePort());
  const file = dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynamodb.sqlite')];
  const child = spawn('/bin/sh', ['-c', underGuard, binary, 'serve', '--host', '127.0.0.1', '--port', port, ...file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const gone = once(child, 'exit');
  await Promise.race([
    announced(child.stdout),
    announced(child.stderr),
    gone.then(() => Promise.reject(new Error('dynoxide ended before it was ready'))),
  ]);
  return {
    name: 'dynoxide',
    endpoint: `http://127.0.0.1:${port}`,
    reportsIndexWrites: true,
    stop: async () => {
      child.stdin.end();
      await gone;
    },
  };
}

const announced = (output: NodeJS.ReadableStream): Promise<void> =>
  new Promise((resolve) => {
    createInterface({ input: output }).on('line', (line) => {
      if (line.includes('listening on')) resolve();
    });
  });
