import { expect, it } from 'vitest';
import { outcomeWords } from '../../../core/operator/outcome-words.ts';

it.each([
  ['skipped: nothing chosen', 'relevant-incidents_pm-1_r1', 'skipped: nothing for them'],
  ['skipped: told already', 'relevant-incidents_pm-1_r1', 'skipped: told already'],
  ['skipped: nothing chosen', 'engineering-digest_2026-W47', 'skipped: nothing chosen'],
  ['skipped: nothing chosen', 'a-later-stream_2026-W47', 'skipped: nothing chosen'],
])('says of %s in %s: %s', (outcome, edition, words) => {
  expect(outcomeWords(outcome, edition)).toBe(words);
});
