import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packaged, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

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
  /** Where it finds libraries that the machine may not have. */
  readonly libraries?: string;
}

/** The browser of `CHROMIUM_PATH`, else one that is installed, else the one that npm brought, which runs on Linux on x64 only. */
async function findBrowser(asked: string | undefined, installed: readonly string[]): Promise<Found> {
  if (asked) return { executablePath: asked };
  const there = installed.find((path) => existsSync(path));
  if (there) return { executablePath: there };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('no browser was found: install Chromium or Chrome, or say in CHROMIUM_PATH where one is');
  const brought = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../bin');
  packaged.setGraphicsMode = false;
  await inflate(join(brought, 'al2023.tar.br'));
  return { executablePath: await packaged.executablePath(brought), libraries: join(tmpdir(), 'al2023/lib') };
}

/** A Chromium without a window, for tests. Throws where there is none and says how to get one. */
export async function launchBrowser(asked = process.env.CHROMIUM_PATH, installed: readonly string[] = usualPlaces): Promise<Browser> {
  const { executablePath, libraries } = await findBrowser(asked, installed);
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const env = { ...process.env, ...(libraries && { LD_LIBRARY_PATH: libraries }) };
  return chromium.launch({ executablePath, args, env });
}
