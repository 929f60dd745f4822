import { expect, it } from 'vitest';
import { isTaken } from '../../bin/cli/publish/find-files.ts';
import { readZip } from '../../bin/cli/publish/read-zip.ts';
import { aFolder } from '../support/command-line.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { type ZipEntry, zipOf } from '../support/zip.ts';

async function read(zip: Uint8Array) {
  await using folder = await aFolder({ 'a.zip': zip });
  return await readZip(`${folder.path}/a.zip`, isTaken);
}
const entries = (count: number): ZipEntry[] => Array.from({ length: count }, (_, n) => ({ name: `${n}.md`, bytes: 'a' }));
const random = seededRandom(7);
const noise = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(random() * 256));

it('unpacks documents in order and counts what is none', async () => {
  const zip = zipOf([
    { name: 'pm/', mode: 0o040755 },
    { name: 'pm/b.md', bytes: '# B' },
    { name: 'pm/a ü.json', bytes: '{"title":"A"}', mode: 0 },
    { name: 'pm/a.png', bytes: 'x' },
    { name: '__MACOSX/._b.md', bytes: 'x' },
    { name: 'README.md', bytes: 'x' },
    { name: 'inner.zip', bytes: 'x' },
    { name: 'windows\\c.md', bytes: '# C' },
    { name: 'finder/größe.md', bytes: '# D', saysUtf8: false },
  ]);

  const unpacked = await read(zip);

  const files = 'files' in unpacked ? unpacked.files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]) : [];
  expect(files).toEqual([
    ['finder/größe.md', '# D'],
    ['pm/a ü.json', '{"title":"A"}'],
    ['pm/b.md', '# B'],
    ['windows/c.md', '# C'],
  ]);
  expect(unpacked).toMatchObject({ leftOut: 4 });
});

const one = (entry: Partial<ZipEntry>) =>
  zipOf([
    { name: 'ok.md', bytes: '# A' },
    { name: 'a.md', bytes: '# B', ...entry },
  ]);
it.each([
  ['a path that leads out', one({ name: '../../a.md' }), 'has the path "../../a.md"'],
  ['the same with the slashes of Windows', one({ name: '..\\a.md' }), 'has the path "../a.md"'],
  ['a path from the root', one({ name: '/etc/a.md' }), 'has the path "/etc/a.md"'],
  ['a drive', one({ name: 'C:/a.md' }), 'has the path "C:/a.md"'],
  ['an empty part', one({ name: 'a//b.md' }), 'has the path'],
  ['a control character', one({ name: 'a\u001b[2J.md' }), 'has the path'],
  ['a NUL', one({ name: 'a.md\u0000.png' }), 'has the path'],
  ['a path without end', one({ name: `${'a/'.repeat(900)}b.md` }), 'has the path'],
  ['a name twice', one({ name: 'ok.md' }), 'has "ok.md" twice'],
  ['a name twice but for its letters', one({ name: 'OK.md' }), 'has "OK.md" twice'],
  ['a symbolic link', one({ mode: 0o120777, bytes: '/etc/passwd' }), 'has a link or a device, "a.md"'],
  ['a device', one({ mode: 0o020666 }), 'has a link or a device'],
  ['an encrypted file', one({ isEncrypted: true }), 'is encrypted'],
  ['a bomb', one({ bytes: 'a'.repeat(200 * 1024) }), 'more than 100 times its size'],
  ['a long file', one({ bytes: noise(256 * 1024 + 1) }), 'more than 256 KB'],
  ['ten thousand entries', zipOf(entries(10_000)), 'has more than 2000 entries'],
  ['more bytes than it says', one({ bytes: 'abc'.repeat(50), size: 10 }), 'cannot be unpacked'],
  ['fewer bytes than it says', one({ size: 90 }), 'cannot be unpacked'],
  ['other bytes than were packed', one({ bytes: 'abc', crc: 7 }), 'has "a.md" with other bytes than were packed'],
  ['no zip', Buffer.from('# A postmortem'), 'cannot be unpacked'],
  ['half a zip', one({}).subarray(0, 90), 'cannot be unpacked'],
  ['nothing', new Uint8Array(), 'cannot be unpacked'],
])('refuses %s, and takes nothing of it', async (_, zip, problem) => {
  expect(await read(zip)).toEqual({
    complaint: { file: expect.any(String), field: '', problem: expect.stringContaining(problem), remedy: expect.stringMatching(/\.$/) },
  });
});

it('refuses what unpacks to more than 200 MB, by what its directory says, before it unpacks anything', async () => {
  const packed = noise(2700);
  const many = Array.from({ length: 801 }, (_, n) => ({ name: `${n}.md`, bytes: packed, size: 256 * 1024 }));
  expect(await read(zipOf(many))).toMatchObject({ complaint: { problem: 'unpacks to more than 200 MB' } });
});
