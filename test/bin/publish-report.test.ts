import { expect, it } from 'vitest';
import { aFolder, afterword } from '../support/command-line.ts';
import { fakeApi } from '../support/fake-api.ts';

const answer = (id: string, more: object) => ({
  status: 201,
  body: { id, revision: 1, status: 'published', title: 'Checkout down', sections: [], warnings: [], outcome: 'new', ...more },
});

it('says of a restricted one that nobody is told, and refuses an empty file', async () => {
  await using folder = await aFolder({ 'a.md': 'a', 'b.md': ' \n' });
  await using api = await fakeApi(() => answer('a', { restricted: true }));

  const ran = await afterword(['publish', folder.path, '--api', api.url]);

  expect(ran.stdout).toContain('a revision 1, restricted, told to nobody: Checkout down');
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
