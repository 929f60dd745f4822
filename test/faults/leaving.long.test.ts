import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoPeopleStore } from '../../adapters/dynamodb/profile-store.ts';
import { signToken } from '../../core/access/token.ts';
import { periodBefore } from '../../core/calendar/recurring.ts';
import { countsOf } from '../../core/edition/edition.ts';
import { scheduledEditionId } from '../../core/edition/edition-id.ts';
import type { Exclusion } from './check/history.ts';
import { readEditionFacts } from './check/ledger.ts';
import { prepare } from './crashes.ts';
import { compare } from './run-check.ts';
import { pause, settle } from './settle.ts';
import { aStage, type Stage, tokenKeys } from './stage.ts';

const readers = 120;
const rate = 10;
const leavers = 40;
const at = new Date('2025-03-10T10:00:00Z');
const nextWeek = new Date('2025-03-17T10:00:00Z');
const editionAt = (monday: Date) => scheduledEditionId('engineering-digest', periodBefore('week', monday, 'Europe/Berlin').id);

let stage: Stage;
beforeAll(async () => {
  stage = await aStage();
  await prepare(stage, readers);
});
afterAll(() => stage.stop());

async function sids(): Promise<string[]> {
  const { body } = await stage.stack.call('GET', '/operator/people?limit=1000');
  return body.people.filter(({ address }: { address: string }) => address.startsWith('reader')).map(({ sid }: { sid: string }) => sid);
}

/** Unsubscribes with one click, as a mail program does. Returns when that was answered. */
async function leave(subscriber: string): Promise<Exclusion> {
  const [profile] = await dynamoPeopleStore(stage.stack.table).readProfiles([{ realm: 'staff', sid: subscriber }]);
  const generation = profile?.generation ?? 0;
  const claims = { scope: 'unsubscribe', realm: 'staff', subscriber, about: 'engineering-digest', generation } as const;
  const link = `${stage.stack.url}/u/${signToken({ ...claims, issuedAt: Math.floor(stage.stack.now().getTime() / 1000) }, tokenKeys)}`;
  const { status } = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
  expect(status).toBe(200);
  return { subscriber, answeredAt: stage.stack.now().getTime() };
}

/**
 * Waits, so that people leave throughout the time in which mails go out. Gives up soon, because
 * those who left get no more mails.
 */
async function untilAccepted(mails: number): Promise<void> {
  for (let looks = 0; looks < 100; looks += 1) {
    const accepted = (await stage.stack.truth()).filter(({ edition }) => edition === editionAt(at)).length;
    if (accepted >= mails) return;
    await pause(100);
  }
}

it('F22: whoever leaves while a digest is under way, also while SES throws mails back, gets it no more once their press was answered', async () => {
  await stage.stack.call('PUT', '/_local/faults', { seed: 7, ses: { maxSendRate: rate, throttle: 0.2 } });
  await stage.stack.runSchedule('sweep', stage.stack.now().toISOString());
  const leaving = (await sids()).toSorted().filter((_, n) => n % (readers / leavers) === 0);

  await stage.stack.runDigest(at.toISOString());
  const exclusions: Exclusion[] = [];
  for (const [n, sid] of leaving.entries()) {
    await untilAccepted(n * 2);
    exclusions.push(await leave(sid));
  }
  await stage.stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 200 } });
  expect(await settle(stage.stack, 300)).toBe(true);

  const { violations } = await compare(stage, { promised: [editionAt(at)], exclusions }, 200);
  // The goodbye mail is the answer to the unsubscribe itself.
  expect(violations.filter(({ edition }) => !edition?.startsWith('service_goodbye_'))).toEqual([]);
  const facts = await readEditionFacts(stage.stack.table, editionAt(at));
  const counts = facts ? countsOf(facts.edition) : {};
  // Some left in time and some after their mail. Otherwise the test would show nothing.
  expect(counts['skipped: unsubscribed']).toBeGreaterThan(0);
  expect(counts['skipped: unsubscribed']).toBeLessThan(leavers);

  await stage.stack.runDigest(nextWeek.toISOString());
  expect(await settle(stage.stack, 300)).toBe(true);
  const gone = new Set(leaving);
  const got = (await stage.stack.truth()).filter(({ edition }) => edition === editionAt(nextWeek));
  expect(got).toHaveLength(readers - leavers);
  expect(got.filter(({ subscriber }) => gone.has(subscriber))).toEqual([]);
});
