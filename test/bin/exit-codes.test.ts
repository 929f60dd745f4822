import { expect, it } from 'vitest';
import about from '../../package.json' with { type: 'json' };
import { afterword, afterwordProcess } from '../support/command-line.ts';
import { fakeApi, problem } from '../support/fake-api.ts';
import { nobodyListens } from '../support/nobody-listens.ts';

it('explains itself, exit codes included', async () => {
  const ran = await afterword(['--help']);

  expect(ran.code).toBe(0);
  for (const told of ['publish', 'people', 'check', 'apply', 'keys', 'preview', 'send', 'editions', 'Exit codes:', 'AFTERWORD_KEY']) {
    expect(ran.stdout).toContain(told);
  }
});

it('says its version', async () => {
  expect(await afterwordProcess(['--version'])).toEqual({ code: 0, stdout: `${about.version}\n`, stderr: '' });
});

it('exits with 2 when used wrongly', async () => {
  const ran = await afterwordProcess(['publsh']);

  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain('Did you mean publish?');
});

it.each([
  [['editions', '--wrong'], "unknown option '--wrong'"],
  [['send', 'engineering-digest', '--at', '2026-02-30'], 'It must be a day such as'],
  [['send', 'weekly', '--at', '2026-11-23'], 'engineering-digest'],
  [['publish', 'nowhere.md'], 'There is no file or folder "nowhere.md"'],
  [['editions', '--api', 'localhost:4004'], 'is not an address of an API'],
])('exits with 2 when used wrongly: %j', async (args, said) => {
  const ran = await afterword(args);

  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(said);
});

it('exits with 3 and a way out when nothing listens', async () => {
  const ran = await afterwordProcess(['editions', '--api', nobodyListens]);

  expect(ran.code).toBe(3);
  expect(ran.stderr).toBe(
    `${nobodyListens} cannot be reached (nothing listens there). Start the local stack with "npm start", or name another API with --api or AFTERWORD_API.\n`,
  );
});

it.each([
  ['a page of something else', { status: 200, body: { hello: 'world' } }],
  ['a fault', problem(500, 'Something broke')],
  ['a redirect, which the key must not follow', { status: 302 }],
])('exits with 3 on %s', async (_, reply) => {
  await using api = await fakeApi(() => reply);

  const ran = await afterword(['editions', '--api', api.url]);

  expect(ran.code).toBe(3);
  expect(ran.stderr).not.toContain('    at ');
});

it('exits with 4 without a key, and asks nobody', async () => {
  expect(await afterwordProcess(['editions', '--api', 'https://afterword.example.com'])).toMatchObject({
    code: 4,
    stderr: 'There is no key for https://afterword.example.com. Set AFTERWORD_KEY or add --key.\n',
  });
});

it('exits with 4 when the key is turned away', async () => {
  await using api = await fakeApi(() => problem(401, 'Unknown key'));

  const ran = await afterword(['editions'], { env: { AFTERWORD_API: api.url, AFTERWORD_KEY: 'wrong' } });

  expect(ran.code).toBe(4);
  expect(ran.stderr).toContain('Unknown key');
  expect(api.received[0]?.headers.authorization).toBe('Bearer wrong');
});

it('lets options go before the environment', async () => {
  await using api = await fakeApi(() => ({ status: 200, body: { editions: [] } }));

  const ran = await afterword(['editions', '--api', api.url, '--key', 'right'], {
    env: { AFTERWORD_API: 'http://localhost:1', AFTERWORD_KEY: 'x' },
  });

  expect(ran).toMatchObject({ code: 0, stdout: 'There are no editions yet.\n' });
  expect(api.received[0]?.headers.authorization).toBe('Bearer right');
});

it('tells an error as JSON too under --json', async () => {
  await using api = await fakeApi(() => problem(404, 'There is no edition x'));

  const ran = await afterword(['edition', 'x', '--json', '--api', api.url]);

  expect(JSON.parse(ran.stdout)).toEqual({ error: { message: 'There is no edition x', complaints: [] } });
});

it('waits and comes again when a read is turned away at the door', async () => {
  await using api = await fakeApi((_, count) => (count === 1 ? { status: 429 } : { status: 200, body: { editions: [] } }));

  expect(await afterword(['editions', '--api', api.url])).toMatchObject({ code: 0 });
});

it('shows a stack only where DEBUG asks for it', async () => {
  await using api = await fakeApi(() => problem(500, 'Something broke'));

  const ran = await afterword(['editions', '--api', api.url], { env: { DEBUG: '1' } });

  expect(ran.stderr).toContain('    at ');
});
