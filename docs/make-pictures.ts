/**
 * Draws the README's pictures from a local stack that runs with its samples: `npm start` in one
 * terminal, `npm run pictures` in another.
 */
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import * as z from 'zod';

const stack = process.env.AFTERWORD_API ?? 'http://localhost:4004';
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const folder = new URL('./pictures/', import.meta.url).pathname;
const Mails = z.array(z.object({ html: z.string(), tags: z.record(z.string(), z.string()) }));

const mails = Mails.parse(await (await fetch(`${stack}/_local/inbox?limit=500`)).json());
const mailOf = (stream: string) => mails.find(({ tags }) => tags.edition?.startsWith(stream))?.html ?? '';

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 660, height: 900 } });

for (const [name, stream] of [
  ['digest', 'engineering-digest'],
  ['alert', 'sev1-alerts'],
] as const) {
  await page.setContent(mailOf(stream));
  await page.screenshot({ path: `${folder}${name}.png`, clip: { x: 0, y: 0, width: 660, height: 980 }, fullPage: true });
}
await page.setViewportSize({ width: 1240, height: 860 });
await page.goto(`${stack}/_local`);
await page.waitForTimeout(1500);
await page.screenshot({ path: `${folder}local.png` });
await browser.close();
