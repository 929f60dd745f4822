import { expect, it } from 'vitest';
import { aFolder, afterword } from './afterword.ts';
import { fakeApi } from './fake-api.ts';

const importing = () =>
  fakeApi(({ body }) => {
    const { rows } = JSON.parse(body);
    return { status: 200, body: { added: rows.length, changed: 0, unchanged: 0, refused: [] } };
  });

it('imports people in batches of a hundred', async () => {
  const lines = Array.from({ length: 250 }, (_, index) => `p${index}@example.com,Person ${index}`);
  await using folder = await aFolder({ 'people.csv': ['address,name', ...lines].join('\n') });
  await using api = await importing();

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 0, stdout: '250 added, 0 changed, 0 unchanged\n' });
  expect(api.received.map(({ body }) => JSON.parse(body).rows.length)).toEqual([100, 100, 50]);
});

it('lists bad lines of the file and of the API by their numbers and imports the rest', async () => {
  await using folder = await aFolder({ 'people.csv': 'address,zone\nada@example.com,Mars\n,Europe/Berlin\nbob@example.com,\n' });
  const refused = [{ line: 2, field: 'zone', problem: 'is not an IANA time zone', remedy: 'Write for example Europe/Berlin.' }];
  await using api = await fakeApi(() => ({ status: 200, body: { added: 1, changed: 0, unchanged: 0, refused } }));

  const ran = await afterword(['people', 'import', 'people.csv', '--api', api.url], { cwd: folder.path });

  expect(ran.code).toBe(1);
  expect(ran.stdout.trimEnd().split('\n')).toEqual([
    '1 added, 0 changed, 0 unchanged, 2 lines refused',
    'people.csv:2 zone: is not an IANA time zone — Write for example Europe/Berlin.',
    'people.csv:3 address: is empty — Fill it in, or take the line out.',
  ]);
  expect(JSON.parse(api.received[0]?.body ?? '').rows).toEqual([
    { line: 2, address: 'ada@example.com', zone: 'Mars' },
    { line: 4, address: 'bob@example.com' },
  ]);
});

it('says how many people were not sent when the API is lost in between', async () => {
  const lines = Array.from({ length: 150 }, (_, index) => `p${index}@example.com`);
  await using folder = await aFolder({ 'people.csv': ['address', ...lines].join('\n') });
  await using api = await fakeApi((_, count) =>
    count === 1 ? { status: 200, body: { added: 100, changed: 0, unchanged: 0, refused: [] } } : undefined,
  );

  const ran = await afterword(['people', 'import', `${folder.path}/people.csv`, '--api', api.url]);

  expect(ran).toMatchObject({ code: 3, stdout: '100 added, 0 changed, 0 unchanged, 50 not sent\n' });
  expect(api.received).toHaveLength(2);
});

it('lists everybody, over all pages', async () => {
  const person = (name: string) => ({ sid: 'a'.repeat(32), address: `${name}@example.com`, name, streams: ['engineering-digest'] });
  await using api = await fakeApi(({ path }) =>
    path.includes('cursor=second')
      ? { status: 200, body: { people: [person('bob')] } }
      : { status: 200, body: { people: [person('ada')], cursor: 'second' } },
  );

  const ran = await afterword(['people', 'list', '--api', api.url]);

  expect(ran.stdout).toContain('ada@example.com  ada               engineering-digest\n');
  expect(ran.stdout).toContain('bob@example.com');
  expect(ran.stdout).toContain('2 people\n');
});
