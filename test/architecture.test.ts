import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { audiences } from '../core/stream/audience.ts';
import { streams } from '../core/stream/stream.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const ownPath = 'test/architecture.test.ts';

/**
 * What each part may import of ours; the longest name that fits a file counts. `local`, `test` and
 * `bench` may import anything, and nothing imports them.
 */
const mayImport: Record<string, readonly string[]> = {
  'bin/app.ts': ['lib/'],
  'bin/deploy.ts': ['lib/'],
  'bin/': ['bin/', 'core/'],
  'lib/': ['lib/', 'core/', 'adapters/dynamodb/table-shape.ts', ...deployed('env.ts')],
  'lambdas/shared/': ['lambdas/shared/', 'adapters/', 'emails/', 'core/'],
  ...Object.fromEntries(deployed('').map((folder) => [folder, [folder, 'lambdas/shared/', 'adapters/', 'emails/', 'core/']])),
  // People do there what keys do through the interfaces, by the same routes.
  'lambdas/home/': ['lambdas/home/', 'lambdas/operator/', 'lambdas/intake/', 'lambdas/shared/', 'adapters/', 'emails/', 'core/'],
  'adapters/': ['adapters/', 'core/'],
  'emails/': ['emails/', 'core/'],
  'core/': ['core/'],
  'docs/': ['core/'],
};

const exceptions: readonly { from: string; to: string; because: string }[] = [
  {
    from: 'lib/bundle.ts',
    to: 'emails/mjml-plugin.ts',
    because: 'the frame is compiled into the bundles, so that MJML never runs in a function',
  },
];

/** What stands for the outside world has one home each. */
const packageHomes: readonly { what: RegExp; homes: readonly string[] }[] = [
  { what: /^(aws-cdk-lib|constructs|cdk-nag)(\/|$)/, homes: ['lib/', 'bin/'] },
  { what: /^(@aws-sdk|@smithy)\//, homes: ['adapters/'] },
  { what: /^(aws-lambda|hono)(\/|$)|^@aws-lambda-powertools\//, homes: ['lambdas/'] },
  { what: /^(react|react-dom|react-email|mjml)(\/|$)|^@react-email\//, homes: ['emails/'] },
  { what: /^oauth4webapi$/, homes: ['adapters/oidc/'] },
  { what: /^@slack\//, homes: ['adapters/slack/'] },
  { what: /^(oidc-provider|jose)(\/|$)/, homes: [] },
  { what: /^(commander|cli-progress|picocolors)$/, homes: ['bin/'] },
];
/** All that core may use of Node: hashes, bytes and the ASCII form of a domain. */
const nodeInCore = ['node:crypto', 'node:buffer', 'node:url'];

/**
 * The operator's HTTP interface. Adapters and the rest of core answer in words of their own: see
 * docs/adr/037.
 */
const contract = 'core/operator/api.ts';
const knowsContract = ['bin/', 'lambdas/operator/', 'lambdas/home/', 'lambdas/shared/problem.ts', 'core/operator/'];

/** Between the folders of core imports run one way too, but for these. */
const backwards: readonly { from: string; to: string; because: string }[] = [];

const wordHomes: readonly { what: RegExp; homes: readonly RegExp[] }[] = [
  { what: /\bprocess\.env\b/, homes: [/^lambdas\/shared\/load-env\.ts$/, /^bin\//, /^lib\/bundle\.ts$/, /^docs\//] },
  { what: /\bnew Date\(\)|\bDate\.now\(\)/, homes: [/^lambdas\/[a-z]+\/(handler|wiring)\.tsx?$/, /^bin\//] },
  { what: /\brandomUUID\b|\brandomBytes\(/, homes: [/^lambdas\/[a-z]+\/(handler|wiring)\.tsx?$/, /^bin\//] },
];

/**
 * Where streams and audiences are named: their rows, the schema of the distribution file with its
 * examples, and what composes each.
 */
const streamHomes = [
  /^core\/stream\//,
  /^core\/distribution\/distribution(-examples)?\.ts$/,
  /^core\/compose\/(composers|compose-relevant|compose-single|update-composers)\.ts$/,
  /^docs\//,
];
const streamNames = new RegExp(`(['"\`])(?:${streams.join('|')})(?:\\1|_)`);
const asksForAudience = new RegExp(`\\baudience\\s*[!=]==?\\s*['"](?:${audiences.join('|')})['"]`);

interface Source {
  readonly path: string;
  readonly code: string;
  /** As written for packages; as a path in the repository for files. */
  readonly imports: readonly string[];
}

const sources = ['bin', 'lib', 'lambdas', 'adapters', 'emails', 'core', 'docs'].flatMap(sourcesIn);

describe('the direction of imports', () => {
  it('is kept by every source', () => {
    expect(sources.flatMap(wrongWay)).toEqual([]);
  });

  it('is noticed when it is broken, by a dynamic import too', () => {
    const broken = [
      aSource('core/edition/edition.ts', "import { openTable } from '../../adapters/dynamodb/table.ts';"),
      aSource('adapters/ses/ses-mailer.ts', "const { theme } = await import('../../emails/theme.ts');"),
      aSource('lib/stages.ts', "export * from '../lambdas/intake/handler.ts';"),
      aSource('lambdas/web/handler.ts', "import type { Deps } from '../operator/deps.ts';"),
      aSource('emails/theme.ts', "import '../local/start.ts';"),
    ];

    expect(broken.map((source) => wrongWay(source).length)).toEqual([1, 1, 1, 1, 1]);
  });

  it('shows the HTTP interface to those who speak it alone', () => {
    const knowing = sources.filter(({ imports }) => imports.includes(contract)).map(({ path }) => path);

    expect(knowing).toContain('lambdas/operator/edition-routes.ts');
    expect(knowing.filter((path) => !knowsContract.some((home) => path.startsWith(home)))).toEqual([]);
  });

  it('has no exception that nobody needs', () => {
    const needed = ({ from, to }: (typeof exceptions)[number]) =>
      sources.some(({ path, imports }) => path === from && imports.includes(to));

    expect(exceptions.filter((exception) => !needed(exception))).toEqual([]);
  });

  it('goes round in no circle between the folders of core', () => {
    const oneWay = folderImports().filter(([from, to]) => !backwards.some((edge) => edge.from === from && edge.to === to));

    const graph = new Map(oneWay.map(([from]) => [from, oneWay.filter((edge) => edge[0] === from).map(([, to]) => to)]));

    expect(circleIn(graph)).toEqual([]);
  });

  it('goes round in no circle between files, by types alone either', () => {
    const all = [...sources, ...sourcesIn('local')];
    const graph = new Map(all.map(({ path, imports }) => [path, imports.filter((to) => !isPackage(to))]));

    expect(circleIn(graph)).toEqual([]);
  });

  it('has no backward step in core that nobody takes', () => {
    const taken = folderImports().map(String);

    expect(backwards.filter(({ from, to }) => !taken.includes(String([from, to])))).toEqual([]);
  });

  it('is noticed when it goes round in a circle', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['d', ['b']],
    ]);

    expect(circleIn(graph)).toEqual(['b', 'd', 'b']);
  });
});

describe('a stream and an audience', () => {
  it('are named where they are made, and asked of the catalogue everywhere else', () => {
    expect(sources.flatMap(namesStreams)).toEqual([]);
  });

  it('are noticed where they do not belong', () => {
    expect(namesStreams(aSource('core/sweep/sweep.ts', "if (stream === 'sev1-alerts') return;"))).toHaveLength(1);
    expect(namesStreams(aSource('core/sweep/sweep.ts', 'id.startsWith(`engineering-digest_${week}`)'))).toHaveLength(1);
    expect(namesStreams(aSource('lambdas/web/view.tsx', "audience === 'engineering' ? a : b"))).toHaveLength(1);
    expect(namesStreams(aSource('bin/cli/program.ts', "const help = 'npx afterword preview engineering-digest';"))).toEqual([]);
  });
});

describe('chance', () => {
  it('tries the same again in each run of the tests', () => {
    expect(sourcesIn('test').flatMap(ofItsOwn)).toEqual([]);
  });

  it('is noticed where it does not', () => {
    expect(ofItsOwn(aSource('test/a.test.ts', 'fc.assert(fc.property(a, b), { numRuns: 100 });'))).toHaveLength(1);
    expect(ofItsOwn(aSource('test/a.test.ts', 'fc.assert(fc.property(a, b), tries());'))).toEqual([]);
  });
});

describe('the time of a test', () => {
  it('is that of all tests, which only what hangs needs', () => {
    expect(sourcesIn('test').flatMap(impatience)).toEqual([]);
  });

  it('is noticed where it is another', () => {
    const limits = ["it('a', () => {\n}, 60_000);", 'expect.poll(a, { timeout: 500 })', 'vi.waitUntil(a)', 'AbortSignal.timeout(2000)'];
    expect(limits.flatMap((code) => impatience(aSource('test/a.test.ts', code)))).toHaveLength(4);
    expect(impatience(aSource('test/a.test.ts', "it('a', () => {\n  later(59 * 60_000);\n});"))).toEqual([]);
  });
});

describe('a wait', () => {
  it('says what it waited for when it gives up', () => {
    expect(sourcesIn('test').flatMap(waitsForEver)).toEqual([]);
  });

  it('is noticed where it never ends', () => {
    const endless = [
      'while ((await calls()) < 3) await pause(100);',
      'while (!(await isSo())) {}',
      'context.setDefaultTimeout(0);',
      'run({ timeout: 0 })',
    ];
    expect(endless.flatMap((code) => waitsForEver(aSource('test/support/a.ts', code)))).toHaveLength(4);
    expect(waitsForEver(aSource('test/support/a.ts', "await waitedFor('three calls', calls, (made) => made >= 3);"))).toEqual([]);
  });
});

describe('comments', () => {
  it('are at most a hundred columns wide', () => {
    expect(sources.flatMap(wideComments)).toEqual([]);
  });

  it('are noticed where they are wider, and code is not', () => {
    const wide = `word ${'and word '.repeat(12)}`;
    expect(wideComments(aSource('core/a.ts', `/** ${wide}*/`))).toHaveLength(1);
    expect(wideComments(aSource('core/a.ts', `const text = '${wide}';`))).toEqual([]);
  });
});

describe('the outside world', () => {
  it('is imported at home only', () => {
    expect(sources.flatMap(awayFromHome)).toEqual([]);
  });

  it('shows in core as nothing but hashes and bytes', () => {
    const ofNode = sources
      .filter(({ path }) => path.startsWith('core/'))
      .flatMap(({ imports }) => imports.filter((name) => name.startsWith('node:')));

    expect(ofNode.filter((name) => !nodeInCore.includes(name))).toEqual([]);
  });

  it('brings environment, clock and chance in at the wiring only', () => {
    expect(sources.flatMap(worldly)).toEqual([]);
  });

  it('is noticed where it does not belong', () => {
    expect(awayFromHome(aSource('core/mail/mime.ts', "import { SESClient } from '@aws-sdk/client-ses';"))).toHaveLength(1);
    expect(worldly(aSource('core/delivery/skip-reason.ts', 'const now = new Date();'))).toHaveLength(1);
    expect(worldly(aSource('core/delivery/skip-reason.ts', '// not new Date(), which nobody could test'))).toEqual([]);
  });
});

function namesStreams({ path, code }: Source): string[] {
  if (streamHomes.some((home) => home.test(path))) return [];
  const said = [streamNames, asksForAudience].flatMap((what) => what.exec(withoutComments(code))?.[0] ?? []);
  return said.map((words) => `${path} says ${words}`);
}

/** Lines that are nothing but a comment; an address cannot be broken. */
function wideComments({ path, code }: Source): string[] {
  return code.split('\n').flatMap((line, n) => {
    const isComment = /^\s*(\/\*\*|\*|\/\/) /.test(line) && !/https?:|biome-ignore/.test(line);
    return isComment && line.length > 100 ? [`${path}:${n + 1}`] : [];
  });
}

/** Properties without a seed: each would need `tries()` or a seed of its own. */
function ofItsOwn({ path, code }: Source): string[] {
  const count = (what: RegExp) => withoutComments(code).match(what)?.length ?? 0;
  const isSeeded = path === ownPath || count(/\bfc\.(?:assert|check|sample)\(/g) <= count(/\btries\(|\bseed: ?\d/g);
  return isSeeded ? [] : [`${path} has a property without a seed`];
}

/** What ends a test, or makes it fail, because a machine is slow. */
const ownTimes = /^\s*\}, [\d_ *]+\);$|\btimeout: ?[\d_]+|\bvi\.wait(?:Until|For)\(|\bAbortSignal\.timeout\(/gm;

function impatience({ path, code }: Source): string[] {
  if (!path.endsWith('.test.ts') || path === ownPath) return [];
  return [...withoutComments(code).matchAll(ownTimes)].map(([found]) => `${path} says ${found.trim()}`);
}

/** Loops that ask until the answer suits them, and limits that are none: `waitedFor` has words. */
const endlessWaits = /\bwhile \([^)]*\bawait\b|Default(?:Navigation)?Timeout\(0\)|\btimeout: ?0\b/g;

function waitsForEver({ path, code }: Source): string[] {
  if (!path.startsWith('test/') || path === ownPath) return [];
  return [...withoutComments(code).matchAll(endlessWaits)].map(([found]) => `${path} says ${found}`);
}

function wrongWay({ path, imports }: Source): string[] {
  const part = longestFit(path);
  return imports
    .filter((to) => !isPackage(to))
    .filter((to) => !mayImport[part]?.some((allowed) => to.startsWith(allowed)))
    .filter((to) => !exceptions.some((exception) => exception.from === path && exception.to === to))
    .map((to) => `${path} imports ${to}`);
}

function awayFromHome({ path, imports }: Source): string[] {
  const strays = imports.filter((name) =>
    packageHomes.some(({ what, homes }) => what.test(name) && !homes.some((home) => path.startsWith(home))),
  );
  return strays.map((name) => `${path} imports ${name}`);
}

function worldly({ path, code }: Source): string[] {
  const said = wordHomes.filter(({ what, homes }) => what.test(withoutComments(code)) && !homes.some((home) => home.test(path)));
  return said.map(({ what }) => `${path} says ${what.source}`);
}

/** Who imports whom between the folders of core; `shared` is everybody's. */
function folderImports(): [from: string, to: string][] {
  const folderOf = (path: string) => /^core\/([^/]+)\//.exec(path)?.[1];
  return sources.flatMap(({ path, imports }) => {
    const from = folderOf(path);
    return imports.map(folderOf).flatMap((to): [string, string][] => (!from || !to || to === from || to === 'shared' ? [] : [[from, to]]));
  });
}

/** The first circle that is found, as a way back to where it began; empty where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const safe = new Set<string>();
  const follow = (node: string, way: readonly string[]): string[] => {
    if (way.includes(node)) return [...way.slice(way.indexOf(node)), node];
    if (safe.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = follow(next, [...way, node]);
      if (circle.length > 0) return circle;
    }
    safe.add(node);
    return [];
  };
  return [...graph.keys()].map((node) => follow(node, [])).find((circle) => circle.length > 0) ?? [];
}

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/')))
    .map((path) => aSource(path, readFileSync(join(root, path), 'utf8')));
}

function aSource(path: string, code: string): Source {
  const named = [...withoutComments(code).matchAll(/(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)['"`]([^'"`\n]+)['"`]/g)];
  const imports = named.flatMap(([, name]) => (name === undefined ? [] : [name]));
  return { path, code, imports: imports.map((name) => (isPackage(name) ? name : posix.join(posix.dirname(path), name))) };
}

function withoutComments(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
}

function isPackage(name: string): boolean {
  return !name.startsWith('.') && !/^(bin|lib|lambdas|adapters|emails|core|docs|local|test|bench)\//.test(name);
}

function longestFit(path: string): string {
  const fits = Object.keys(mayImport).filter((part) => path.startsWith(part));
  return fits.toSorted((a, b) => b.length - a.length)[0] ?? '';
}

/** The folders of the deployed functions, each followed by this. */
function deployed(file: string): string[] {
  return [
    'intake',
    'operator',
    'scim',
    'home',
    'compose',
    'deliver',
    'feedback',
    'web',
    'sweep',
    'slack',
    'drift',
    'remind',
    'relevance',
    'hooks',
    'collect',
    'drafts',
  ].map((name) => `lambdas/${name}/${file}`);
}
