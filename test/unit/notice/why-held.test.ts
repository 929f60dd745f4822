import { expect, it } from 'vitest';
import { standingWords } from '../../../core/notice/why-held.ts';

it.each([
  ['held', 'lint', 'The check found something in the text that must not leave. Take it out and publish again'],
  ['void', 'lint', 'The last check before the release found something'],
  ['sent back', undefined, 'An approver sent this text back. Change it to have it asked anew'],
  ['stopped', undefined, 'Its page of /home/mine has the reason.'],
  ['lapsed', undefined, 'Nobody answered for this text within a week.'],
])('says of one that is %s (%s) why, and what to do', (state, why, words) => {
  expect(standingWords({ state, why })).toContain(words);
});

it.each([
  ['open', undefined],
  ['released', undefined],
  ['held', 'a reason of a later release'],
  [undefined, undefined],
])('has nothing to say of %s (%s)', (state, why) => {
  expect(standingWords({ state, why })).toBeUndefined();
});
