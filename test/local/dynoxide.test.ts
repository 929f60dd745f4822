import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { dynoxideBinary, startDynoxide } from '../../local/dynamodb/dynoxide.ts';
import { freePort } from '../../local/http/free-port.ts';
import { closeServer, listenOnLoopback } from '../../local/http/listen.ts';

const binary = dynoxideBinary();

describe.runIf(binary)('dynoxide', () => {
  const start = (choosePort?: () => Promise<number>) => startDynoxide(binary ?? expect.unreachable(), undefined, choosePort);
  const answers = async (endpoint: string) => (await fetch(endpoint)).status > 0;

  it.each(['listens', 'connects to somebody else'])('takes another port where somebody %s on the one that was free', async (what) => {
    const server = createServer();
    const listening = await listenOnLoopback(server, 0);
    const client = connect(listening, '127.0.0.1');
    await once(client, 'connect');
    const taken = what === 'listens' ? listening : (client.localPort ?? expect.unreachable());
    const chosen: number[] = [];
    const engine = await start(async () => {
      chosen.push(chosen.length === 0 ? taken : await freePort());
      return chosen.at(-1) ?? expect.unreachable();
    });

    expect(chosen).toHaveLength(2);
    expect(engine.endpoint).toBe(`http://127.0.0.1:${chosen[1]}`);
    expect(await answers(engine.endpoint)).toBe(true);
    await engine.stop();
    client.destroy();
    await closeServer(server);
  });

  it('says why it did not start', async () => {
    const folder = fileURLToPath(new URL('nowhere', import.meta.url));

    await expect(startDynoxide(binary ?? expect.unreachable(), folder)).rejects.toThrow(/dynoxide did not start: .*database/is);
  });

  it('ends when it is stopped, and when its process is killed', async () => {
    const engine = await start();
    await engine.stop();
    await expect(fetch(engine.endpoint)).rejects.toThrow();

    const module = new URL('../../local/dynamodb/dynoxide.ts', import.meta.url);
    const script = `const { startDynoxide } = await import('${module}'); console.log((await startDynoxide(process.argv[1])).endpoint)`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, binary ?? '']);
    const [endpoint] = await once(child.stdout, 'data');
    const ended = once(child.stdout, 'close');
    child.kill('SIGKILL');
    await ended;
    await expect
      .poll(() =>
        fetch(String(endpoint).trim()).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down');
  });
});
