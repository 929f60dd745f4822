import { describe, expect, it } from 'vitest';
import { ServiceMail } from '../../../core/edition/service-mail.ts';
import { aboutReview, readAboutReview } from '../../../core/notice/review-link.ts';

describe('what a link of an approver is about', () => {
  it.each([
    { postmortem: 'checkout-down', n: 1 },
    { postmortem: `a${'-b'.repeat(31)}`, n: 999_999_999, act: 'send back' },
    { postmortem: '7', n: 12, act: 'withdraw' },
  ] as const)('is read as it was written, and fits into a mail: $postmortem', (about) => {
    const text = aboutReview(about);
    expect(readAboutReview(text)).toEqual(about);
    expect(ServiceMail.shape.about.safeParse(text).success).toBe(true);
  });

  it.each(['', 'checkout-down', 'checkout-down_0', 'checkout-down_02', 'checkout-down_1_x', 'A_1', '-a_1', 'a_1_a_a', 'a_1\n', 'a_-1'])(
    'is nothing for %j',
    (text) => expect(readAboutReview(text)).toBeUndefined(),
  );
});
