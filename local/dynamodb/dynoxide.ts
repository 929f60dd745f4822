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
 * The shell's input ends when this process does, for whatever reason. A second shell then stops the
 * engine, so the engine never outlives this process. Both shells end with the engine.
 */
const underGuard = 'exec 3<&0; "$0" "$@" 3<&- & engine=$!; { read -r _ <&3; kill $engine; } & guard=$!; wait $engine; kill $guard';

/**
 * DynamoDB as a child process: in memory, or in one SQLite file in the data folder. dynoxide cannot
 * take a free port itself. Where somebody else has taken the one that was free, another is tried.
 */
export async function startDynoxide(binary: string, dataDir?: string, choosePort = freePort): Promise<DynamoDbEngine> {
  for (let tries = 1; ; tries += 1) {
    const started = await startOn(await choosePort(), binary, dataDir);
    if (!('complaint' in started)) return started;
    if (tries === mostTries || !/in use/i.test(started.complaint)) throw new Error(`dynoxide did not start: ${started.complaint}`);
  }
}

const mostTries = 10;

async function startOn(port: number, binary: string, dataDir?: string): Promise<DynamoDbEngine | { readonly complaint: string }> {
  const file = dataDir === undefined ? [] : ['--db-path', join(dataDir, 'dynamodb.sqlite')];
  const child = spawn('/bin/sh', ['-c', underGuard, binary, 'serve', '--host', '127.0.0.1', '--port', String(port), ...file], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const gone = once(child, 'close');
  const isReady = await Promise.race([
    ...[child.stdout, child.stderr].map((output) => announced(output).then(() => true)),
    gone.then(() => false),
  ]);
  if (!isReady) return { complaint: complaint.trim() };
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
