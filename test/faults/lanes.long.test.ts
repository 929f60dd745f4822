/**
 * Rows of the fault matrix about stopped lanes and about suppression by events, on the running
 * stack.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scheduledEditionId, tellingId } from '../../core/edition/edition-id.ts';
import { waitedFor } from '../support/waited-for.ts';
import { prepare } from './crashes.ts';
import { aSev1 } from './drive.ts';
import { compare } from './run-check.ts';
import { pause, settle } from './settle.ts';
import { aStage, type Stage } from './stage.ts';
import { untilTaken } from './until-taken.ts';

const readers = 120;
const leaders = 3;
const rate = 100;
const at = '2025-03-10T10:00:00Z';
const digest = scheduledEditionId('engineering-digest', '2025-W10');
const alert = tellingId('sev1-alerts', 'down');

let stage: Stage;
beforeEach(async () => {
  stage = await aStage();
  await prepare(stage, readers);
});
afterEach(() => stage.stop());

const faults = (ses: object) => stage.stack.call('PUT', '/_local/faults', { seed: 5, ses: { maxSendRate: rate, ...ses } });
const sweep = () => stage.stack.runSchedule('sweep', stage.stack.now().toISOString());
const resume = (lane: string) => stage.stack.call('POST', `/operator/lanes/${lane}/resume`);
const acceptedIn = async (edition: string) => (await stage.stack.truth()).filter((line) => line.edition === edition).length;
const calls = async () =>
  (await stage.stack.call('GET', '/_local/usage')).body
    .filter(({ operation }: { operation: string }) => operation === 'SendRawEmail')
    .reduce((sum: number, line: { calls: number }) => sum + line.calls, 0);
const stoppedLanes = async (): Promise<string[]> =>
  (await stage.stack.call('GET', '/operator/editions')).body.lanes.map(({ lane }: { lane: string }) => lane);
async function untilStopped(lane: string): Promise<void> {
  await waitedFor(`the stop of the lane ${lane}`, stoppedLanes, (lanes) => lanes.includes(lane));
}
async function holds(...promised: string[]): Promise<void> {
  expect(await settle(stage.stack, 300)).toBe(true);
  const { violations, figures } = await compare(stage, { promised, exclusions: [] }, rate);
  expect(violations).toEqual([]);
  expect(figures['dead letters']).toBe(0);
}

it('F2: the daily quota is used up in the middle of a digest; alerts keep their reserve, and the rest follows', async () => {
  await faults({ dailyQuota: 100 });
  await stage.stack.runDigest(at);
  await untilStopped('bulk');
  const before = await acceptedIn(digest);
  expect(before).toBeLessThanOrEqual(50);

  await untilTaken(stage.stack, 'PUT', '/postmortems/down', aSev1(stage.stack, 'All was down'));
  await waitedFor(
    'the alert to all leaders',
    () => acceptedIn(alert),
    (accepted) => accepted >= leaders,
  );
  expect(await acceptedIn(digest)).toBe(before);

  await faults({});
  await resume('bulk');
  await holds(digest, alert);
  expect(await acceptedIn(digest)).toBe(readers);
});

describe('F3: SES takes nothing, for a reason that is no mail’s', () => {
  const stopping = ['paused', 'pausedByAws', 'configurationSetPaused', 'configurationSetMissing', 'notVerified', 'mailFromNotVerified'];
  it.each([...stopping, 'unknownRejection', 'accessDenied'])(
    '%s: the lane stops calling and keeps its work, until it is told to go on',
    async (fault) => {
      await faults({ [fault]: true });
      await stage.stack.runDigest(at);
      await untilStopped('bulk');
      await pause(2000);
      const made = await calls();
      for (let n = 0; n < 4; n += 1) {
        await sweep();
        await pause(2500);
      }
      expect(await calls()).toBe(made);
      // Five workers began at once, each with mails in flight when it learned of the stop. How many
      // depends on the machine.
      expect(made).toBeLessThan(readers / 2);
      expect(await stage.stack.truth()).toEqual([]);

      await faults({});
      await resume('bulk');
      await holds(digest);
      expect(await acceptedIn(digest)).toBe(readers);
    },
  );

  it('and finds out by itself, by one mail, when SES takes mail again', async () => {
    await faults({ paused: true });
    await stage.stack.runDigest(at);
    await untilStopped('bulk');
    await faults({});
    await holds(digest);
    expect(await acceptedIn(digest)).toBe(readers);
    expect(await stoppedLanes()).toEqual([]);
  });
});

it('F21: whom events suppress gets the next edition no more, and nobody else is touched', async () => {
  const kinds = {
    complained: 'complaint-many',
    notSpam: 'complaint-not-spam',
    gone: 'bounce-permanent-noemail',
    unheardOf: 'bounce-permanent-unknown',
    away: 'ooto',
    full: 'bounce-transient-mailboxfull',
  };
  const rows = Object.entries(kinds).map(([name, kind], n) => ({
    line: n + 2,
    address: `${name}+simulate-${kind}@example.com`,
    role: 'engineering',
  }));
  await untilTaken(stage.stack, 'POST', '/operator/people/import', { rows });
  await faults({});
  await stage.stack.runDigest(at);
  await holds(digest);

  const { body } = await stage.stack.call('GET', '/operator/people?limit=1000');
  const suppressed = body.people.filter((person: { suppressed?: unknown }) => person.suppressed !== undefined);
  expect(suppressed.map(({ address }: { address: string }) => address.split('+')[0]).toSorted()).toEqual([
    'complained',
    'gone',
    'unheardOf',
  ]);

  await stage.stack.runDigest('2025-03-17T10:00:00Z');
  await holds(digest, scheduledEditionId('engineering-digest', '2025-W11'));
  expect(await acceptedIn(scheduledEditionId('engineering-digest', '2025-W11'))).toBe(readers + rows.length - 3);
});
