/**
 * Draws the README's pictures from a local stack that runs with its samples: `npm start` in one
 * terminal, `npm run pictures` in another.
 */
import { mkdir } from 'node:fs/promises';
import * as z from 'zod';
import { launchBrowser } from './support/browser.ts';

const stack = process.env.AFTERWORD_API ?? 'http://localhost:4004';
const folder = new URL('../docs/pictures/', import.meta.url).pathname;
const Mails = z.array(z.object({ to: z.string(), html: z.string(), tags: z.record(z.string(), z.string()) }));

const mails = Mails.parse(await (await fetch(`${stack}/_local/inbox?limit=500`)).json());
/** Somebody to whose team last week's incidents matter. */
const reader = 'claire.dubois@example.com';
/** The newest mail of a stream, or of an incident the first: what comes later updates it. */
function mailOf(stream: string, to?: string): string {
  const newestFirst = stream === 'sev1-alerts' ? mails.toReversed() : mails;
  const found = newestFirst.find(
    (mail) => mail.tags.edition?.startsWith(stream) && mail.html !== '' && (to === undefined || mail.to === to),
  );
  if (!found) throw new Error(`${stack} has no mail of ${stream} yet: wait until npm start has sent its samples, and try again`);
  return found.html;
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 660, height: 900 } });

for (const [name, stream, to] of [
  ['digest', 'engineering-digest', reader],
  ['alert', 'sev1-alerts'],
  ['brief', 'leadership-brief'],
] as const) {
  await page.setContent(mailOf(stream, to));
  await page.screenshot({ path: `${folder}${name}.png`, clip: { x: 0, y: 0, width: 660, height: 980 }, fullPage: true });
}
await page.setViewportSize({ width: 1240, height: 860 });
await page.goto(`${stack}/_local`);
await page.waitForTimeout(1500);
await page.screenshot({ path: `${folder}local.png` });
await page.setViewportSize({ width: 760, height: 900 });
async function drawChannel(name: string, channel: string, height: number) {
  await page.goto(`${stack}/_local?view=slack`);
  const box = await page.locator('section.slack', { hasText: `# ${channel}` }).boundingBox();
  if (box === null) throw new Error(`${stack} shows no post in #${channel} yet: wait until npm start has sent its samples, and try again`);
  await page.screenshot({ path: `${folder}${name}.png`, clip: { ...box, height }, fullPage: true });
}
await drawChannel('slack', 'incident-pms', 470);
await drawChannel('slack-support', 'support-news', 345);
// Both are in #storefront. They are released again.
const held = [
  ['a-message-that-crashed-its-reader', 'retract'],
  ['forty-three-seconds-apart', 'restrict'],
] as const;
const hold = async (id: string, act: string) => {
  const headers = { authorization: 'Bearer local', 'content-type': 'application/json' };
  const answer = await fetch(`${stack}/postmortems/${id}/${act}`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ reason: 'for a picture' }),
  });
  if (!answer.ok) throw new Error(`${act} ${id}: ${answer.status} ${await answer.text()}`);
};
for (const [id, act] of held) await hold(id, act);
await page.waitForTimeout(10_000);
await drawChannel('slack-taken-back', 'storefront', 350);
for (const [id] of held) await hold(id, 'release');
await browser.close();
