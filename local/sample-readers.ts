import * as z from 'zod';
import { nextWorkingMorning } from '../core/calendar/working-days.ts';
import type { Distribution } from '../core/distribution/distribution.ts';
import { workingCalendarOf } from '../core/distribution/review-rules.ts';
import { fewAtATime } from '../core/shared/few-at-a-time.ts';
import type { Api } from './start/api.ts';

const Mails = z.array(z.object({ tags: z.looseObject({ edition: z.string() }), text: z.string() }));
const Clock = z.object({ now: z.iso.datetime() });

/**
 * What people press on the pages of what the latest digest carried, by the names in their
 * addresses. Nobody presses twice, so that all can press at once.
 */
const presses = [
  {
    postmortem: 'forty-three-seconds-apart',
    press: 'useful',
    by: ['amara.okafor', 'jonas.lindqvist', 'oskar.brandt', 'priya.raman', 'lucas.moreau'],
  },
  { postmortem: 'forty-three-seconds-apart', press: 'discussed', by: ['siobhan.byrne', 'rafael.oliveira'] },
  { postmortem: 'a-message-that-crashed-its-reader', press: 'useful', by: ['thandiwe.nkosi', 'mei.tanaka'] },
  { postmortem: 'the-variable-that-was-set-but-not-sent', press: 'useful', by: ['emre.yildiz', 'fatima.bennani', 'ingrid.solberg'] },
  { postmortem: 'one-regular-expression-took-every-processor', press: 'discussed', by: ['minhanh.tran', 'camila.rojas'] },
  { postmortem: 'the-group-that-held-the-keys', press: 'not-relevant', by: ['kwame.mensah', 'laura.bianchi'] },
] as const;

/**
 * Has readers say what was useful and what does not concern them, on the pages that their mails
 * lead to. Answers how often somebody pressed; nothing where the mails were sent before this start,
 * because the inbox keeps none.
 */
export async function playReaders(api: Api): Promise<number> {
  const all = presses.flatMap(({ postmortem, press, by }) => by.map((name) => ({ postmortem, press, address: `${name}@example.com` })));
  const done = await fewAtATime(all, async ({ postmortem, press, address }) => {
    const page = await linkOf(postmortem, address, api);
    return page !== undefined && (await pressOn(page, press));
  });
  return done.filter(Boolean).length;
}

async function linkOf(postmortem: string, address: string, api: Api): Promise<string | undefined> {
  const mails = Mails.parse(await api.call('GET', `/_local/inbox?limit=200&to=${encodeURIComponent(address)}`));
  const link = new RegExp(String.raw`https?://\S+/r/[\w.-]+/${postmortem}(?![\w-])`);
  return mails.flatMap(({ tags, text }) => (tags.edition.startsWith('engineering-digest') ? (link.exec(text) ?? []) : []))[0];
}

/** False: the page has no such button, because it was pressed before. */
async function pressOn(link: string, button: string): Promise<boolean> {
  const page = await (await fetch(link)).text();
  if (!page.includes(`value="${button}"`)) return false;
  const reason = /name="reason" value="([^"]*)"/.exec(page)?.[1];
  const form = new URLSearchParams({ press: button, ...(reason !== undefined && { reason: unescaped(reason) }) });
  const answer = await fetch(link, { method: 'POST', body: form });
  if (!answer.ok) throw new Error(`${button} on ${new URL(link).pathname.split('/').at(-1)}: ${answer.status}`);
  return true;
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** When people are reminded, and what was read the day before counts. */
const morning = '08:05';

/**
 * Moves the clock to the first working morning of a later day, whose reminders are then sent.
 * Answers that morning.
 */
export async function untilNextMorning(api: Api, distribution: Distribution): Promise<Date> {
  const calendar = workingCalendarOf(distribution);
  const now = new Date(Clock.parse(await api.call('GET', '/_local/clock')).now);
  const next = nextWorkingMorning(now, morning, calendar);
  const seconds = Math.ceil((next.getTime() - now.getTime()) / 1000);
  await api.call('POST', '/_local/clock', JSON.stringify({ advance: `PT${seconds}S` }));
  return next;
}
