import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { machinesClock } from '../../local/lambda/other-clock.ts';
import packaged from '../../node_modules/@sparticuz/chromium/package.json' with { type: 'json' };

declare module 'vitest' {
  export interface ProvidedContext {
    /** In which windows readers' pages are looked at: the narrow light one, or dark and wide ones as well. */
    windows: 'narrow' | 'every';
  }
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

interface Found {
  readonly executablePath: string;
  /** Folder of libraries that the machine may lack. */
  readonly libraries?: string;
}

/**
 * Finds a browser: the one in `CHROMIUM_PATH`, else an installed one, else the one from npm, which
 * runs only on Linux on x64.
 */
async function findBrowser(asked: string | undefined, installed: readonly string[]): Promise<Found> {
  if (asked) return { executablePath: asked };
  const there = installed.find((path) => existsSync(path));
  if (there) return { executablePath: there };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no browser was found: install Chromium or Chrome, or say in CHROMIUM_PATH where one is');
  const folder = await unpacked();
  return { executablePath: join(folder, 'chromium'), libraries: join(folder, 'al2023/lib') };
}

/**
 * Longest wait for a press, a page or an element, twice what Playwright gives by default: machines
 * are busy. Less than a test has, so that Playwright's words are seen: what it waited for, and what
 * stood in the way.
 */
const patienceMs = 60_000;

const unpacking = `
  const { default: packaged, inflate } = await import('@sparticuz/chromium');
  await inflate(process.argv[1] + '/al2023.tar.br');
  await packaged.executablePath(process.argv[1]);
`;

/**
 * The folder of the browser from npm, unpacked once for all runs. A process that finds none unpacks
 * into a folder of its own and then renames it as a whole, because a file that another process is
 * still writing cannot be started. The package always unpacks into the folder for temporary files,
 * so it runs in a process with a TMPDIR of its own.
 */
async function unpacked(): Promise<string> {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  const folder = join(modules, `.cache/afterword/chromium-${packaged.version}`);
  if (existsSync(folder)) return folder;
  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  const brought = join(modules, '@sparticuz/chromium/bin');
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', unpacking, brought], {
    cwd: modules,
    env: { ...process.env, TMPDIR: own },
  });
  try {
    await rename(own, folder);
  } catch (error) {
    await rm(own, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

/** A headless Chromium for tests. If there is none, throws an error that says how to get one. */
export async function launchBrowser(asked = process.env.CHROMIUM_PATH, installed: readonly string[] = usualPlaces): Promise<Browser> {
  const { executablePath, libraries } = await findBrowser(asked, installed);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const env = { ...machinesClock(), ...(libraries && { LD_LIBRARY_PATH: libraries }) };
  const browser = await chromium.launch({ executablePath, args, env, timeout: patienceMs });
  browser.on('context', (context) => context.setDefaultTimeout(patienceMs));
  return browser;
}
