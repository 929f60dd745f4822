import { afterAll, beforeAll, expect, it } from 'vitest';
import { alertsWith, pointsUpTo, prepare, survived } from './crashes.ts';
import { compare } from './run-check.ts';
import { settle } from './settle.ts';
import { aStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await aStage();
  await prepare(stage, 0);
});
afterAll(() => stage.stop());

it('F10: a worker killed before or after a call neither loses nor doubles a mail (some points; all of them in npm run test:faults)', async () => {
  const points = pointsUpTo(29).filter(({ call }) => call === 27 || call === 29);
  const { promised, armed } = await alertsWith(stage, 'deliver-urgent', points);

  expect(await settle(stage.stack, 60, { ledgerOnly: true })).toBe(true);

  expect(await survived(stage, armed)).toBe(0);
  const { violations, figures } = await compare(stage, { promised, exclusions: [] }, 14);
  expect(violations).toEqual([]);
  expect(figures.deliveries).toBe(3 * points.length);
});
