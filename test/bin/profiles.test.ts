import { describe, expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const editions = () => ({ status: 200, body: { editions: [] } });

/** A folder with the file of a team, and beside it the file of a user. */
async function aPlace(shared: string, own = '') {
  const folder = await aFolder({ 'afterword.yaml': shared, 'user/afterword/profiles.yaml': own || 'profiles: {}\n' });
  const run = (args: string[], env: Record<string, string> = {}) =>
    afterword(args, { cwd: folder.path, env: { XDG_CONFIG_HOME: `${folder.path}/user`, ...env } });
  return { run, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}
const profile = (name: string, api: string, keyFrom = '{ env: AFTERWORD_STAGING_KEY }') =>
  `profiles:\n  ${name}: { api: "${api}", keyFrom: ${keyFrom} }\n`;

describe('a profile', () => {
  it('says which deployment a command talks to, and has its key from a variable', async () => {
    await using api = await fakeApi(editions);
    await using place = await aPlace(profile('staging', api.url));

    expect(await place.run(['--profile', 'staging', 'editions'], { AFTERWORD_STAGING_KEY: 'aw_staging' })).toMatchObject({ code: 0 });
    expect(api.received[0]?.headers.authorization).toBe('Bearer aw_staging');
    expect(await place.run(['--profile', 'staging', 'editions'])).toMatchObject({
      code: 4,
      stderr: 'The profile staging takes its key from AFTERWORD_STAGING_KEY, which is not set.\n',
    });
  });

  it('has its key from a command that the user’s own file names, and goes before what the folder’s says', async () => {
    await using api = await fakeApi(editions);
    await using place = await aPlace(profile('staging', api.url), 'profiles:\n  staging: { keyFrom: { command: "printf aw_mine" } }\n');

    await place.run(['--profile', 'staging', 'editions']);
    expect(api.received[0]?.headers.authorization).toBe('Bearer aw_mine');
  });

  it('goes before the environment where an option names it, and after it where a variable does', async () => {
    await using staging = await fakeApi(editions);
    await using other = await fakeApi(editions);
    await using place = await aPlace(profile('staging', staging.url));
    const env = { AFTERWORD_API: other.url, AFTERWORD_KEY: 'aw_other', AFTERWORD_STAGING_KEY: 'aw_staging' };
    const keys = ({ received }: typeof other) => received.map(({ headers }) => headers.authorization);

    await place.run(['--profile', 'staging', 'editions'], env);
    expect([keys(staging), keys(other)]).toEqual([['Bearer aw_staging'], []]);
    await place.run(['editions'], { ...env, AFTERWORD_PROFILE: 'staging' });
    expect(keys(other)).toEqual(['Bearer aw_other']);
    await place.run(['--profile', 'staging', '--key', 'aw_given', 'editions'], env);
    expect(keys(staging)).toEqual(['Bearer aw_staging', 'Bearer aw_given']);
  });

  it('is listed with where its key comes from, and never with the key', async () => {
    await using place = await aPlace(profile('staging', 'https://staging.example.com'));
    const { stdout } = await place.run(['profiles'], { AFTERWORD_STAGING_KEY: 'aw_secret' });

    expect(stdout).toMatch(/^PROFILE .*\nstaging +https:\/\/staging\.example\.com +AFTERWORD_STAGING_KEY +afterword\.yaml\n$/);
    expect((await place.run(['profiles', '--json'], { AFTERWORD_STAGING_KEY: 'aw_secret' })).stdout).not.toContain('aw_secret');
  });
});

describe('a profile is refused', () => {
  it.each([
    [
      'with a key in the file',
      'profiles:\n  a: { api: "https://a.example.com", key: aw_x }\n',
      'afterword.yaml:2:43: profiles.a.key: is not for a file, because it is a secret',
    ],
    [
      'with a variable of something else',
      profile('a', 'https://a.example.com', '{ env: AWS_SECRET_ACCESS_KEY }'),
      'begins with AFTERWORD_',
    ],
    ['with a command in the folder’s file', profile('a', 'https://a.example.com', '{ command: id }'), 'may not name a command'],
    ['with a field that is none', 'profiles:\n  a: { url: "https://a.example.com" }\n', 'profiles.a.url: is an unknown key'],
    ['in a file that is no YAML', 'profiles: [\n', 'cannot be read as YAML'],
    ['by a name that no file has', profile('b', 'https://a.example.com'), 'There is no profile a. Did you mean b?'],
  ])('%s', async (_, file, said) => {
    await using place = await aPlace(file);
    const ran = await place.run(['--profile', 'a', 'editions']);

    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
    expect(ran.stderr).not.toContain('aw_x');
  });

  it('beside --api, because its key is for its own address', async () => {
    await using place = await aPlace(profile('a', 'https://a.example.com'));
    expect((await place.run(['--profile', 'a', '--api', 'http://localhost:1', 'editions'])).stderr).toContain(
      'Use either --api or --profile',
    );
  });
});

describe('a flaw in the folder’s file', () => {
  const flawed = 'profiles:\n  shared: { api: "https://a.example.com", keyfrom: x }\n';

  it('leaves alone what the user’s own file says', async () => {
    await using api = await fakeApi(editions);
    await using place = await aPlace(flawed, profile('mine', api.url));

    expect(await place.run(['--profile', 'mine', 'editions'], { AFTERWORD_STAGING_KEY: 'aw_mine' })).toMatchObject({ code: 0 });
    expect(await place.run(['profiles'])).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^mine +http/m),
      stderr: expect.stringContaining('afterword.yaml:2:'),
    });
  });

  it('is told where the address of the profile may stand in it', async () => {
    await using place = await aPlace(flawed, 'profiles:\n  half: { keyFrom: { command: "printf aw_mine" } }\n');

    for (const name of ['shared', 'half', 'nowhere'])
      expect(await place.run(['--profile', name, 'editions'])).toMatchObject({ code: 2, stderr: expect.stringContaining('keyfrom') });
  });
});
