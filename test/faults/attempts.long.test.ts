/** What becomes of an alert whose messages are lost, or have used up their attempts. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tellingId } from '../../core/edition/edition-id.ts';
import { waitedFor } from '../support/waited-for.ts';
import { readEditionFacts } from './check/ledger.ts';
import { nameOf, prepare } from './crashes.ts';
import { aSev1 } from './drive.ts';
import { compare } from './run-check.ts';
import { settle, workQueues } from './settle.ts';
import { aStage, type Stage } from './stage.ts';
import { untilTaken } from './until-taken.ts';

const leaders = 3;
const rate = 100;
const alert = tellingId('sev1-alerts', 'down');

let stage: Stage;
beforeEach(async () => {
  stage = await aStage();
  await prepare(stage, 2);
});
afterEach(() => stage.stop());

const faults = (maxSendRate: number, dynamodb: object) =>
  stage.stack.call('PUT', '/_local/faults', { seed: 5, ses: { maxSendRate }, dynamodb });
const publish = () => untilTaken(stage.stack, 'PUT', '/postmortems/down', aSev1(stage.stack, 'All was down'));
const advance = (by: string) => stage.stack.call('POST', '/_local/clock', { advance: by });
const sweep = () => stage.stack.runSchedule('sweep', stage.stack.now().toISOString());
const urgentLetters = async () => (await workQueues(stage.stack)).find(({ name }) => name.endsWith('urgent'))?.deadLetters ?? 0;

async function everybodyHasIt(): Promise<void> {
  expect(await settle(stage.stack, 300)).toBe(true);
  const { violations } = await compare(stage, { promised: [alert], exclusions: [] }, rate);
  expect(violations).toEqual([]);
  expect((await stage.stack.truth()).filter(({ edition }) => edition === alert)).toHaveLength(leaders);
}

it('its workers fail until their message is a dead letter: sweep sends it again, and everybody gets it once', async () => {
  // The smallest rate, so that the table fails before all of them have it.
  await faults(1, {});
  await publish();
  await waitedFor('the edition of the alert', () => readEditionFacts(stage.stack.table, alert));
  await faults(rate, { error500: 1 });
  // A message comes again after six times the timeout of its function.
  await waitedFor('a dead letter of urgent mail', urgentLetters, Boolean, { everyMs: 1000, atMostMs: 15 * 60_000 });
  await faults(rate, {});
  await advance('PT11M');
  await everybodyHasIt();
});

it('its message is lost before it is composed: it is asked for again after half an hour', async () => {
  await faults(rate, {});
  await stage.armCrash('sev1-alerts', { functionName: nameOf('compose'), call: 1, when: 'before' });
  await publish();
  const inHands = (queues: readonly { name: string; inFlight: number }[]) =>
    queues.some(({ name, inFlight }) => name.endsWith('compose') && inFlight > 0);
  await waitedFor('a message in the hands of compose', () => workQueues(stage.stack), inHands);
  const functions = async (): Promise<{ running: number }[]> => (await stage.stack.call('GET', '/_local/functions')).body;
  await waitedFor('functions without a run', functions, (all) => all.every(({ running }) => running === 0));
  expect(await stage.disarmCrash('sev1-alerts')).toBe(false);
  await stage.stack.call('POST', '/_local/queues/compose/purge');
  await sweep();
  expect(await readEditionFacts(stage.stack.table, alert)).toBeUndefined();

  await advance('PT30M');
  await sweep();
  await everybodyHasIt();
});
