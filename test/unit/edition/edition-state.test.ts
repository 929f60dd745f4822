import { expect, it } from 'vitest';
import { editionState, isUnderWay } from '../../../core/edition/edition-state.ts';
import { wavesAhead } from '../../../core/edition/waves.ts';
import { anEdition } from '../../support/delivery.ts';

const completedAt = '2026-11-23T09:00:00Z';
const superseded = { by: 'sev1-alerts_pm-1_r2', wasPaused: false };
const toCome = { waves: 2, next: '2026-11-24T08:00:00Z', isSending: false };

it.each([
  ['sending', {}, undefined],
  ['sending', {}, { ...toCome, isSending: true }],
  ['waiting', {}, toCome],
  ['complete', { completedAt }, undefined],
  ['paused', { paused: true }, toCome],
  ['complete', { paused: true, completedAt }, undefined],
  ['recalled', { recalled: true }, toCome],
  ['recalled', { recalled: true, paused: true }, undefined],
  ['recalled', { recalled: true, completedAt }, undefined],
  ['superseded', { superseded }, toCome],
  ['superseded', { superseded, completedAt }, undefined],
  ['recalled', { superseded, recalled: true }, undefined],
] as const)('is %s: %j with %j ahead', (state, change, ahead) => {
  expect(editionState(anEdition(change), ahead)).toBe(state);
});

it('waits between two waves, and sends while a wave that was begun has no tally', () => {
  const waves = { default: '2026-11-23T08:00:00Z', 'w2-0900-Europe--Berlin': '2026-11-24T08:00:00Z' };
  const inWaves = anEdition({ slots: Object.keys(waves), waves, begun: ['default'] });
  const done = { ...inWaves, tallies: { default: { version: 1, counts: { accepted: 1 } } } };
  expect([inWaves, done].map((edition) => editionState(edition, wavesAhead(edition)))).toEqual(['sending', 'waiting']);
});

it.each([
  ['sending', {}, true],
  ['waiting', { accepted: 1 }, true],
  ['paused', { accepted: 1 }, true],
  ['complete', { accepted: 1 }, false],
  ['complete', {}, false],
  ['recalled', {}, true],
  ['recalled', { accepted: 1 }, false],
  ['superseded', {}, true],
  ['superseded', { accepted: 1 }, false],
] as const)('%s with the counts %j: under way is %s', (state, counts, expected) => {
  expect(isUnderWay({ state, counts })).toBe(expected);
});
