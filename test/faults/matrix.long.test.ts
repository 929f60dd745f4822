/** Rows of the fault matrix on the running stack. */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partKey } from '../../adapters/dynamodb/table-shape.ts';
import { periodBefore } from '../../core/calendar/recurring.ts';
import { countsOf } from '../../core/edition/edition.ts';
import { scheduledEditionId, tellingId } from '../../core/edition/edition-id.ts';
import { waitedFor } from '../support/waited-for.ts';
import { readEditionFacts } from './check/ledger.ts';
import { prepare } from './crashes.ts';
import { aSev1 } from './drive.ts';
import { checkDelivery, compare } from './run-check.ts';
import { pause, settle, workQueues } from './settle.ts';
import { aStage, type Stage } from './stage.ts';
import { untilTaken } from './until-taken.ts';

const readers = 60;
const leaders = 3;
const rate = 100;
const at = new Date('2025-03-10T10:00:00Z');
const digest = scheduledEditionId('engineering-digest', periodBefore('week', at, 'Europe/Berlin').id);
const alert = tellingId('sev1-alerts', 'down');

let stage: Stage;
beforeEach(async () => {
  stage = await aStage({ keepLines: true });
  await prepare(stage, readers);
});
afterEach(() => stage.stop());

const faults = (ses: object, more: object = {}) =>
  stage.stack.call('PUT', '/_local/faults', { seed: 5, ses: { maxSendRate: rate, ...ses }, ...more });
const sendDigest = () => stage.stack.runDigest(at.toISOString());
const sendAlert = () => untilTaken(stage.stack, 'PUT', '/postmortems/down', aSev1(stage.stack, 'All was down'));
const truthOf = async (edition: string) => (await stage.stack.truth()).filter((line) => line.edition === edition);
const tenAreSent = () =>
  waitedFor(
    'the tenth mail',
    () => truthOf(digest),
    ({ length }) => length >= 10,
  );
const outcomesOf = async (edition: string) => {
  const facts = await readEditionFacts(stage.stack.table, edition);
  return facts ? countsOf(facts.edition) : undefined;
};
const calls = async () =>
  (await stage.stack.call('GET', '/_local/usage')).body
    .filter(({ operation }: { operation: string }) => operation === 'SendRawEmail')
    .reduce((sum: number, line: { calls: number }) => sum + line.calls, 0);

/** Checks that everything finishes, and that no invariant is broken. */
async function holds(...promised: string[]): Promise<void> {
  expect(await settle(stage.stack, 300)).toBe(true);
  const { violations } = await compare(stage, { promised, exclusions: [] }, rate);
  expect(violations).toEqual([]);
}
const nothingWasBegunAgain = async () => {
  for (const { name, mostReceived, deadLetters } of await workQueues(stage.stack))
    if (name !== 'events') expect({ name, deadLetters, begunAgain: mostReceived > 1 }).toEqual({ name, deadLetters: 0, begunAgain: false });
};

describe('F1: SES throttles', () => {
  it.each([0.01, 0.3])('a share of %s: everyone gets one mail, and no message is received twice', async (throttle) => {
    await faults({ throttle });
    await Promise.all([sendDigest(), sendAlert()]);
    await holds(digest, alert);

    expect(await outcomesOf(digest)).toEqual({ accepted: readers });
    expect(await truthOf(digest)).toHaveLength(readers);
    expect(await truthOf(alert)).toHaveLength(leaders);
    await nothingWasBegunAgain();
  });

  it('everything for a minute: the work is kept, and done in the next', async () => {
    await faults({ throttle: 1 });
    await Promise.all([sendDigest(), sendAlert()]);
    await pause(60_000);
    expect(await stage.stack.truth()).toEqual([]);
    await faults({});
    await holds(digest, alert);

    expect(await outcomesOf(digest)).toEqual({ accepted: readers });
    expect(await outcomesOf(alert)).toEqual({ accepted: leaders });
    await nothingWasBegunAgain();
  });
});

it('F4: one address is refused; that one is told so, and the others get their mail', async () => {
  await faults({ reject: ['reader7@example.com'] });
  await sendDigest();
  await holds(digest);

  expect(await outcomesOf(digest)).toEqual({ accepted: readers - 1, 'refused: MessageRejected': 1 });
});

it('F6: the answer never comes though every mail was accepted; one call each, and events settle it', async () => {
  await faults({ timeoutAfterAccept: 1 });
  await Promise.all([sendDigest(), sendAlert()]);
  await holds(digest, alert);

  expect(await outcomesOf(digest)).toEqual({ accepted: readers });
  expect(await outcomesOf(alert)).toEqual({ accepted: leaders });
  expect(await calls()).toBe(readers + leaders);
});

describe('F7: the answer never comes, and nothing was accepted', () => {
  it('a digest: nobody is sent to again, and everybody is unconfirmed', async () => {
    await faults({ timeoutBeforeAccept: 1 });
    await sendDigest();
    await holds(digest);

    expect(await outcomesOf(digest)).toEqual({ unconfirmed: readers });
    expect(await calls()).toBe(readers);
    const counted = (await stage.stack.call('GET', '/_local/metrics')).body;
    expect(JSON.stringify(counted)).toContain('MailsInDoubt');
  });

  it('an alert: everybody gets it once, after the grace, marked', async () => {
    await faults({ timeoutBeforeAccept: 1 });
    await sendAlert();
    await waitedFor('a call for each leader', calls, (made) => made >= leaders);
    await faults({});
    await holds(alert);

    expect((await truthOf(alert)).map(({ attempt }) => attempt)).toEqual([2, 2, 2]);
    expect(await outcomesOf(alert)).toEqual({ accepted: leaders });
    const mails = (await stage.stack.call('GET', '/_local/inbox')).body;
    for (const { subject } of mails) expect(subject).toMatch(/\(possible repeat\)$/);
  });
});

describe('F8: accepted, and neither answer nor events come in time', () => {
  it('a digest: once each; unconfirmed until the events come, accepted after that', async () => {
    await faults({ timeoutAfterAccept: 1, lateEvents: 25 });
    await sendDigest();
    expect(await settle(stage.stack, 22, { ledgerOnly: true })).toBe(true);
    expect(await outcomesOf(digest)).toEqual({ unconfirmed: readers });
    await holds(digest);

    expect(await outcomesOf(digest)).toEqual({ accepted: readers });
    expect(await truthOf(digest)).toHaveLength(readers);
  });

  it('a digest whose events never come: once each, and unconfirmed for good', async () => {
    await faults({ timeoutAfterAccept: 1, dropEvents: 1 });
    await sendDigest();
    await holds(digest);

    expect(await outcomesOf(digest)).toEqual({ unconfirmed: readers });
    expect(await truthOf(digest)).toHaveLength(readers);
  });

  it('an alert: twice, the second time marked', async () => {
    await faults({ timeoutAfterAccept: 1, lateEvents: 25 });
    await sendAlert();
    await holds(alert);

    expect((await truthOf(alert)).map(({ attempt }) => attempt).toSorted()).toEqual([1, 1, 1, 2, 2, 2]);
    expect(await outcomesOf(alert)).toEqual({ accepted: leaders });
  });
});

describe('F9: an answer that says nothing', () => {
  it.each(['reset', 'error500', 'emptyAnswer', 'garbledAnswer'])('%s: one call each, no blind second one', async (fault) => {
    await faults({ [fault]: 1 });
    await sendDigest();
    await holds(digest);

    expect(await calls()).toBe(readers);
    const accepted = (await truthOf(digest)).length;
    expect(await outcomesOf(digest)).toEqual({ accepted, ...(accepted < readers && { unconfirmed: readers - accepted }) });
  });
});

describe('F9: an outage in which SES answers nothing', () => {
  const stoppedBy = async () => (await stage.stack.call('GET', '/operator/editions')).body.lanes[0]?.stopped?.code;

  it('stops the lane: some mails are in doubt, whoever was not tried is kept and gets one mail after it', async () => {
    const many = 300;
    await prepare(stage, many);
    await faults({ timeoutBeforeAccept: 1, maxSendRate: 20 });
    await sendDigest();
    await waitedFor('the stop of the lane', stoppedBy, (code) => code === 'InDoubt');
    await settle(stage.stack, 15, { ledgerOnly: true });
    const tried = await calls();
    expect(tried).toBeLessThan(many / 2);
    await faults({});
    await holds(digest);

    const { accepted = 0, unconfirmed = 0 } = (await outcomesOf(digest)) ?? {};
    expect([accepted + unconfirmed, await calls()]).toEqual([many, many]);
    expect(unconfirmed).toBeGreaterThanOrEqual(20);
    expect(unconfirmed).toBeLessThanOrEqual(tried + 5);
    expect(await truthOf(digest)).toHaveLength(accepted);
    expect(await stoppedBy()).toBeUndefined();
  });

  it('and in which it accepts everything all the same: everybody has it once, by evidence', async () => {
    await faults({ timeoutAfterAccept: 1, maxSendRate: 20 });
    await sendDigest();
    await holds(digest);

    expect([await outcomesOf(digest), await calls()]).toEqual([{ accepted: readers }, readers]);
  });
});

it('F12: the edition is begun ten times, and its workers are killed; everyone gets it once', async () => {
  await faults({ maxSendRate: 20 });
  for (let n = 0; n < 10; n += 1) await sendDigest();
  await tenAreSent();
  await stage.stack.call('POST', '/_local/functions/deliver-bulk/kill');
  for (let n = 0; n < 3; n += 1) await sendDigest();
  await holds(digest);

  expect((await truthOf(digest)).length).toBeGreaterThan(readers / 2);
});

describe('F15: the table throttles, fails, and carries out what it does not answer', () => {
  it.each([{ throttle: 0.2 }, { error500: 0.15 }, { lostReply: 0.15 }])('%o', async (dynamodb) => {
    await faults({}, { dynamodb });
    await Promise.all([sendDigest(), sendAlert()]);
    await pause(20_000);
    await faults({});
    await holds(digest, alert);
    expect(await truthOf(digest)).toHaveLength((await outcomesOf(digest))?.accepted ?? 0);
  });
});

describe('F18: clocks of workers are wrong', () => {
  it('by half a minute: nothing is lost or doubled, and the rate is kept', async () => {
    const { violations, figures } = await checkDelivery({ deliveries: 300, seed: 3, maxSendRate: 100, mix: { skewMs: 30_000 } });

    expect(violations).toEqual([]);
    expect(figures.deliveries).toBe(figures.accepted);
  });

  it('by ten minutes: no digest twice, an alert at most once more, marked; what a fast clock put off is done when that time has come', async () => {
    const wrong = await aStage({ skewMs: 600_000 });
    try {
      const { stack } = wrong;
      await prepare(wrong, readers);
      // To a clock that is slow, whoever was imported within ten minutes is not there yet.
      await stack.call('POST', '/_local/clock', { advance: 'PT25M' });
      await stack.call('PUT', '/_local/faults', { ses: { maxSendRate: rate } });
      await untilTaken(stack, 'PUT', '/postmortems/down', aSev1(stack, 'All was down'));
      for (let n = 0; n < 4; n += 1) await stack.runDigest(at.toISOString());
      await settle(stack, 120, { ledgerOnly: true });
      await stack.call('POST', '/_local/clock', { advance: 'PT25M' });
      expect(await settle(stack, 120, { ledgerOnly: true })).toBe(true);

      const { violations } = await compare(wrong, { promised: [digest, alert], exclusions: [] }, rate);
      expect(violations.filter(({ invariant }) => invariant !== 'I6')).toEqual([]);
      expect((await stack.truth()).length).toBeGreaterThanOrEqual(readers + leaders);
    } finally {
      await wrong.stop();
    }
  });
});

it('F28: an audience of nobody is an edition that says so', async () => {
  const { body } = await stage.stack.call('GET', '/operator/people?limit=1000');
  for (let n = 0; n < body.people.length; n += 50) {
    const people = body.people.slice(n, n + 50).map(({ sid, revision }: { sid: string; revision: number }) => ({ sid, revision }));
    await stage.stack.call('POST', '/operator/people/suspend', { people });
  }
  await sendDigest();
  await holds(digest);

  expect(await outcomesOf(digest)).toEqual({ 'skipped: suspended': readers });
  expect(await stage.stack.truth()).toEqual([]);
});

describe('F29: what is needed cannot be read', () => {
  it('no table for some seconds: nothing is half sent, and the rest follows', async () => {
    await faults({ maxSendRate: 20 });
    await sendDigest();
    await tenAreSent();
    await faults({ maxSendRate: 20 }, { dynamodb: { error500: 1 } });
    await pause(8000);
    await faults({});
    await holds(digest);
  });

  it('a part of the edition is missing: nobody gets anything until it is back, then everybody once', async () => {
    await faults({ maxSendRate: 1 });
    await sendDigest();
    const { table } = stage.stack;
    const hash = async () => (await readEditionFacts(table, digest))?.edition.content?.hash;
    const key = partKey(digest, (await waitedFor('the content of the edition', hash)) ?? '', 0);
    const part = await table.read(key);
    await table.remove(key);
    await pause(10_000);
    expect(await truthOf(digest)).toEqual([]);
    await table.put({ ...part, ...key });
    await faults({});
    await holds(digest);

    expect(await outcomesOf(digest)).toEqual({ accepted: readers });
  });
});

it('F30: the functions are replaced while an edition is under way', async () => {
  const next = await aStage();
  try {
    await faults({ maxSendRate: 20 });
    await sendDigest();
    await tenAreSent();
    for (const { name, asset } of stage.stack.plan.functions) {
      const now = next.stack.plan.functions.find((one) => one.name === name)?.asset ?? '';
      await cp(join(next.stack.assetsDir, now), join(stage.stack.assetsDir, asset), { recursive: true, force: true });
      await stage.stack.call('POST', `/_local/functions/${name}/kill`);
    }
    await holds(digest);
  } finally {
    await next.stop();
  }
});

it('F31: no log line tells an address, a name, a token, a secret or what a postmortem says', async () => {
  await faults(
    { throttle: 0.1, reset: 0.1, timeoutAfterAccept: 0.1, error500: 0.1, reject: ['reader7@example.com'] },
    { dynamodb: { error500: 0.05 } },
  );
  await Promise.all([sendDigest(), sendAlert()]);
  await pause(20_000);
  await faults({});
  expect(await settle(stage.stack, 300)).toBe(true);

  expect(stage.lines.length).toBeGreaterThan(100);
  const telling = /@example\.com|reader\d|leader\d|v1\.k1\.|the key of a stage|All was down|All of it|Bearer/;
  expect(stage.lines.filter((line) => telling.test(line))).toEqual([]);
});
