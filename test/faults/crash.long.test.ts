import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertsWith, type Died, digestsWith, nameOf, pointsUpTo, prepare, survived, updatesWith } from './crashes.ts';
import { compare } from './run-check.ts';
import { settle } from './settle.ts';
import { aStage, type Stage } from './stage.ts';

const maxSendRate = 100;
/** Many are two leaves and the split above them. Few are quick where delivery is not what is tried. */
const [manyReaders, fewReaders] = [60, 2];

let stage: Stage;
beforeEach(async () => {
  stage = await aStage();
});
afterEach(() => stage.stop());

/**
 * Checks that nothing is lost or doubled. Also checks that the last crash points were beyond the
 * last call, so that none was left out.
 */
async function seenThrough({ promised, armed }: Died, atLeast: number): Promise<void> {
  expect(await settle(stage.stack, 600)).toBe(true);
  const left = await survived(stage, armed);
  const { violations } = await compare(stage, { promised, exclusions: [] }, maxSendRate);
  expect(violations).toEqual([]);
  expect(armed.length - left).toBeGreaterThanOrEqual(atLeast);
  expect(left).toBeGreaterThan(0);
}
async function begin(readers: number, ses: object = {}): Promise<void> {
  await prepare(stage, readers);
  await stage.stack.call('PUT', '/_local/faults', { seed: 1, ses: { maxSendRate, ...ses } });
}

describe('F10: killed before and after every call to anything outside, nothing is lost or doubled', () => {
  it.each([
    ['intake', 36, 22],
    ['compose', 20, 11],
    ['deliver-urgent', 50, 27],
    ['feedback', 40, 15],
  ])('%s, with an alert for each point', async (name, upTo, calls) => {
    await begin(fewReaders);
    await seenThrough(await alertsWith(stage, name, pointsUpTo(upTo)), 2 * calls);
  });

  it('compose, with an update of an alert for each point', async () => {
    await begin(fewReaders);
    await seenThrough(await updatesWith(stage, 'compose', pointsUpTo(28)), 2 * 12);
  });

  it('deliver and feedback, with mails in doubt that are settled, sent once more and healed', async () => {
    await begin(fewReaders, { reset: 0.5, lateEvents: 8 });
    const settling = await alertsWith(stage, 'deliver-urgent', pointsUpTo(50), 'settling');
    const healing = await alertsWith(stage, 'feedback', pointsUpTo(14), 'healing');
    await seenThrough({ promised: [...settling.promised, ...healing.promised], armed: [...settling.armed, ...healing.armed] }, 50);
  });

  it.each([
    ['compose', fewReaders, 70, 50],
    ['deliver-bulk', manyReaders, 75, 50],
  ])('%s, with a digest to %i readers for each point', async (name, readers, upTo, calls) => {
    await begin(readers);
    await seenThrough(await digestsWith(stage, name, pointsUpTo(upTo)), 2 * calls);
  });

  it('sweep, with leaves to wake, outboxes to pay and editions to walk', async () => {
    await begin(fewReaders, { reset: 0.5, lateEvents: 8 });
    const points = pointsUpTo(30);
    const unpaid = await alertsWith(stage, 'intake', points.slice(20, 50), 'unpaid');
    const abandoned = await alertsWith(stage, 'deliver-urgent', points.slice(0, 60), 'abandoned');
    let deaths = 0;
    for (const { call, when } of points) {
      await stage.armCrash('"', { functionName: nameOf('sweep'), call, when });
      await stage.stack.runSchedule('sweep', stage.stack.now().toISOString());
      if (!(await stage.disarmCrash('"'))) deaths += 1;
    }
    expect(deaths).toBeGreaterThan(20);
    // After a run that crashed between its note in a row and its message, the message counts as
    // sent for ten minutes.
    await settle(stage.stack, 60);
    await stage.stack.call('POST', '/_local/clock', { advance: 'PT11M' });
    expect(await settle(stage.stack, 300)).toBe(true);
    const { violations } = await compare(stage, { promised: [...unpaid.promised, ...abandoned.promised], exclusions: [] }, maxSendRate);
    expect(violations).toEqual([]);
  });
});
