import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it } from 'vitest';
import about from '../../package.json' with { type: 'json' };
import { aFolder } from '../support/command-line.ts';
import { distributionYaml } from '../support/distribution.ts';
import { type MadePackage, madePackage } from '../support/made-package.ts';
import { zipOf } from '../support/zip.ts';

const asNode20 = fileURLToPath(new URL('../support/without-later-than-node20.ts', import.meta.url));

let made: MadePackage;
beforeAll(async () => {
  made = await madePackage();
});

/** Runs the installed command far from the repository. */
function run(args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', asNode20, made.command, ...args], {
    cwd,
    env: {},
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it('holds one program, its licences and nothing else', () => {
  expect(made.files.toSorted()).toEqual(['LICENSE', 'README.md', 'THIRD-PARTY-LICENSES.txt', 'afterword.mjs', 'package.json']);
});

it('checks documents with what Node 20 has, without a key and without the repository', async () => {
  const document = (severity: string) => `---\ntitle: The pool ran dry\nseverity: ${severity}\npublishedAt: 2026-01-02\n---\nIt did.`;
  const zip = zipOf([{ name: 'c.md', bytes: document('critical') }]);
  await using folder = await aFolder({ 'a.md': document('critical'), 'b.md': document('huge'), 'c.zip': zip, 'f.yaml': distributionYaml });

  expect(run(['--version'], folder.path)).toEqual({ status: 0, stdout: `${about.version}\n`, stderr: '' });
  const checked = run(['publish', '--check', '.', 'c.zip', '--distribution', 'f.yaml'], folder.path);
  expect(checked).toMatchObject({ status: 1, stderr: '' });
  expect(checked.stdout).toContain('2 checked, 1 refused');
  expect(checked.stdout).toContain('b.md:3:11: severity: "huge"');
});

/** Each was there in Node 20.12. Before you add one, look at the version in Node's documentation. */
const inNode20 = {
  buffer: ['isUtf8'],
  crypto: ['createHash', 'randomUUID', 'timingSafeEqual'],
  events: ['EventEmitter'],
  fs: ['existsSync', 'readFileSync', 'realpathSync'],
  'fs/promises': ['appendFile', 'mkdir', 'readFile', 'readdir', 'stat', 'writeFile'],
  os: ['homedir'],
  path: ['basename', 'dirname', 'extname', 'join', 'posix', 'relative', 'resolve', 'sep'],
  'readline/promises': ['createInterface'],
  'stream/consumers': ['buffer', 'text'],
  'timers/promises': ['setTimeout'],
  url: ['domainToASCII'],
  util: ['promisify', 'stripVTControlCharacters'],
  child_process: ['execFile', 'execSync', 'spawn'],
};

it('imports nothing by name that Node 20 lacks, which would stop it before its first line', () => {
  const imported = [...made.code.matchAll(/import\{([^}]+)\}from"node:([a-z_/]+)"/g)].flatMap(([, names = '', from = '']) =>
    names.split(',').map((name) => `${from} ${name.replace(/ as .*/, '')}`),
  );
  const known = Object.entries(inNode20).flatMap(([from, names]) => names.map((name) => `${from} ${name}`));

  expect(imported.length).toBeGreaterThan(10);
  expect(imported.filter((one) => !known.includes(one))).toEqual([]);
});
