import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';
import { startOptions } from '../../local/start/options.ts';

describe('the options of npm start', () => {
  it.each([
    [[], undefined, { port: 4004, samples: true, dataDir: undefined }],
    [[], '5005', { port: 5005 }],
    [['--port', '6006'], '5005', { port: 6006 }],
    [['--no-samples', '--data', 'd'], undefined, { samples: false, dataDir: 'd' }],
    [['--distribution', 'ours.yaml'], undefined, { distribution: 'ours.yaml', samples: false, signIn: 'mail' }],
    [['--no-samples'], undefined, { signIn: 'provider' }],
    [['--sign-in', 'mail'], undefined, { samples: true, signIn: 'mail' }],
    [['--distribution', 'ours.yaml', '--sign-in', 'provider'], undefined, { signIn: 'provider' }],
  ])('%j with PORT %s', (words, variable, expected) => {
    expect(startOptions(words, variable)).toMatchObject(expected);
  });

  it.each([
    [['--port', 'x']],
    [['--port', '70000']],
    [['--unknown']],
    [['--sign-in', 'x']],
    [['--samples', '--distribution', 'ours.yaml']],
  ])('refuse %j', (words) => {
    expect(() => startOptions(words, undefined)).toThrow();
  });
});

it('says in one line that the port is taken, and ends with 1', async () => {
  const other = createServer();
  const port = await listenOnLoopback(other, 0);
  const start = fileURLToPath(new URL('../../local/start.mjs', import.meta.url));
  const child = spawn(process.execPath, [start, '--port', String(port)]);
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const [code] = await once(child, 'close');
  await closeServer(other);

  expect(code).toBe(1);
  expect(complaint).toContain(`port ${port} is taken`);
  expect(complaint.trim().split('\n')).toHaveLength(1);
});
