import { expect, it } from 'vitest';
import { outcomeWords, sentCounts } from '../../../core/operator/outcome-words.ts';

it.each([
  ['skipped: nothing chosen', 'relevant-incidents_pm-1_r1', 'skipped: nothing for them'],
  ['skipped: told already', 'relevant-incidents_pm-1_r1', 'skipped: told already'],
  ['skipped: nothing chosen', 'engineering-digest_2026-W47', 'skipped: nothing chosen'],
  ['skipped: nothing chosen', 'a-later-stream_2026-W47', 'skipped: nothing chosen'],
])('says of %s in %s: %s', (outcome, edition, words) => {
  expect(outcomeWords(outcome, edition)).toBe(words);
});

it('counts whom a mail did not reach apart from those who were to get none', () => {
  const counts = { accepted: 4, 'refused: 550': 2, 'in doubt': 1, 'skipped: snoozed': 3, 'skipped: nothing chosen': 30, unconfirmed: 0 };
  expect(sentCounts(counts, 'relevant-incidents_pm-1_r1')).toEqual({
    mails: 4,
    notReached: 3,
    skipped: [
      { outcome: 'skipped: nothing for them', count: 30 },
      { outcome: 'skipped: snoozed', count: 3 },
    ],
  });
  expect(sentCounts({}, 'relevant-incidents_pm-1_r1')).toEqual({ mails: 0, notReached: 0, skipped: [] });
});
