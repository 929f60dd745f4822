import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const answer = (id: string, more: object) => ({
  status: 201,
  body: { id, revision: 1, status: 'published', title: 'Checkout down', sections: [], warnings: [], outcome: 'new', ...more },
});

it('says of a restricted one that nobody is told, and refuses an empty file', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': ' \n' });
  await using api = await fakeApi(() => answer('a', { restricted: true, warnings: ['It says "x".', 'It says "y".'] }));

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.stdout).toContain('a revision 1, restricted, told to nobody: Checkout down');
  expect(ran.stdout).toContain('It says "…". ("x"; "y")\n  a\n');
  expect(ran.stdout).toContain('b.md: is empty');
  expect(api.received).toHaveLength(1);
});

it('keeps three of the quotes of alike warnings', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b', 'c.md': 'c', 'd.md': 'd' });
  await using api = await fakeApi(({ path }) => {
    const id = path.split('/').at(-1) ?? '';
    return answer(id, { warnings: [`It says "Sev ${id}".`] });
  });

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.stdout).toContain('It says "…". ("Sev a"; "Sev b"; "Sev c" and 1 more)');
});

it('says who will be told of one file, and of several once with the ids', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b', 'c.md': 'c' });
  const digest = 'engineering-digest, in its next edition';
  const told: Record<string, object> = {
    a: { tells: ['sev1-alerts, at once', digest] },
    b: { tells: [digest], outcome: 'changed' },
    c: { tells: [digest], outcome: 'unchanged' },
  };
  await using api = await fakeApi(({ path }) => answer(path.slice(-1), told[path.slice(-1)] ?? {}));

  const one = await afterword(['publish', `${folder.path}/a.md`, '--api', api.url]);
  const all = await afterword(['publish', folder.path, '--api', api.url]);

  expect(one.stdout.split('\n')[2]).toBe('  will be told: sev1-alerts, at once; engineering-digest, in its next edition');
  expect(all.stdout).toContain(
    `\n1 new, 1 changed, 1 unchanged\n\nWill be told: sev1-alerts, at once\n  a\n\nWill be told: ${digest}\n  a, b\n`,
  );
});

it('says that nobody will be told, but not where the API does not say it', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': 'b' });
  await using api = await fakeApi(({ path }) => answer(path.slice(-1), path.endsWith('a') ? { tells: [] } : {}));

  const [nobody, unsaid] = await Promise.all(
    ['a', 'b'].map((name) => afterword(['publish', `${folder.path}/${name}.md`, '--api', api.url])),
  );

  expect(nobody?.stdout).toContain('  will be told: nobody\n');
  expect(unsaid?.stdout).not.toContain('told');
});
