import { describe, expect, it } from 'vitest';
import { isOwnAccount, officeOf, signersOf } from '../../../core/review/office.ts';
import type { ReviewStore } from '../../../core/review/ports.ts';
import { pressReview, ReviewKeptChanging } from '../../../core/review/press-review.ts';
import { Review } from '../../../core/review/review.ts';
import { openReviewsFor, type SignOff, signedOff, signOffUndone } from '../../../core/review/sign-off.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { aDistribution } from '../../support/distribution.ts';

const at = '2026-11-26T10:00:00.000Z';
const until = '2026-11-27T07:00:00.000Z';
const vp = { sid: 'a'.repeat(32), as: 'VP Engineering' };
const aReview = (change: object = {}): Review =>
  Review.parse({
    postmortem: 'pm-1',
    severity: 'sev1',
    hidden: false,
    revision: 2,
    version: 3,
    state: 'in review',
    openedAt: '2026-11-20T10:00:00Z',
    dueOn: '2026-11-27',
    ...change,
  });
const aSignOff: SignOff = {
  by: vp,
  revision: 2,
  left: { undecided: 1, asked: 0 },
  leavesAsked: false,
  undoUntil: until,
  isPreliminary: false,
  isOwn: false,
};
const signed = (review: Review) => {
  const change = signedOff(review, aSignOff, at);
  return change.kind === 'review' ? change.review : expect.unreachable();
};

describe('signing off', () => {
  it('leaves what was asked without a decision only if the reviewer says so', () => {
    const left = { undecided: 2, asked: 1 };
    const refused = { kind: 'refused', why: { why: 'asked', asked: 1 } };
    expect(signedOff(aReview(), { ...aSignOff, left }, at)).toEqual(refused);
    expect(signedOff(aReview(), { ...aSignOff, left, leavesAsked: true }, at)).toMatchObject({ review: { undecided: 2 } });
  });

  it('ends the review, with the office, the revision that was shown and what was left undecided', () => {
    expect(signed(aReview())).toMatchObject({ state: 'reviewed', by: vp.sid, as: vp.as, at, reviewed: 2, undecided: 1, version: 3 });
    expect(signedOff(signed(aReview()), aSignOff, '2026-11-26T10:05:00Z')).toEqual({ kind: 'nothing' });
  });

  it.each([
    ['revised', aReview({ revision: 3 }), {}],
    ['revised', aReview(), { revision: 99 }],
    ['preliminary', aReview(), { isPreliminary: true }],
    ['own account', aReview(), { isOwn: true }],
    ['not in review', aReview({ hidden: true }), {}],
    ['not in review', aReview({ state: 'waived', by: 'key', as: 'operator', at, reason: 'A drill.' }), {}],
    ['not in review', aReview({ state: 'awaiting postmortem', declaredAt: at }), {}],
    ['not in review', undefined, {}],
  ] as const)('is refused: %s', (why, review, change) => {
    expect(signedOff(review, { ...aSignOff, ...change }, at)).toMatchObject({ kind: 'refused', why: { why } });
  });

  it('by somebody else first is told', () => {
    const other = { ...signed(aReview()), by: 'b'.repeat(32), as: 'CTO' };
    expect(signedOff(other, aSignOff, at)).toEqual({ kind: 'refused', why: { why: 'not in review', review: other } });
  });

  it('is taken back until the morning, by whoever signed, and leaves the review as it was', () => {
    const before = aReview({ again: 'raised' });
    const after = signed(before);
    const press = { by: vp.sid, press: at };
    expect(signOffUndone(after, press, new Date(at))).toEqual({
      kind: 'review',
      review: { ...before, takenBack: { by: vp.sid, as: vp.as, at, undoneAt: toInstant(new Date(at)) } },
    });
    expect(signOffUndone(after, press, new Date(until))).toEqual({ kind: 'refused', why: 'in effect' });
    expect(signOffUndone(after, { ...press, by: 'b'.repeat(32) }, new Date(at))).toEqual({ kind: 'nothing' });
    expect(signOffUndone(after, { ...press, press: until }, new Date(at))).toEqual({ kind: 'nothing' });
    expect(signOffUndone(before, press, new Date(at))).toEqual({ kind: 'nothing' });
  });

  it('is decided again by the row that somebody else wrote meanwhile', async () => {
    const rows = [aReview(), aReview({ revision: 3, version: 4 })];
    const reviews: ReviewStore = { read: async () => rows.shift(), put: async () => false };
    const change = (review: Review | undefined) => signedOff(review, aSignOff, at);
    expect(await pressReview('pm-1', change, { reviews })).toMatchObject({ kind: 'refused', why: { why: 'revised' } });
    const never: ReviewStore = { read: async () => aReview(), put: async () => false };
    await expect(pressReview('pm-1', change, { reviews: never })).rejects.toThrow(ReviewKeptChanging);
    expect(await pressReview('pm-1', change, { reviews: { ...never, read: async () => 'unknown' as const } })).toEqual({ kind: 'unknown' });
  });
});

it('lists what a reviewer can end, the one that is due first before the others', () => {
  const some = [
    aReview({ postmortem: 'late', dueOn: '2026-12-04' }),
    aReview({ postmortem: 'hidden', hidden: true }),
    aReview({ postmortem: 'soon' }),
    aReview({ postmortem: 'awaited', state: 'awaiting postmortem', declaredAt: at }),
    signed(aReview({ postmortem: 'over' })),
  ];
  expect(openReviewsFor(some).map(({ postmortem }) => postmortem)).toEqual(['soon', 'late']);
});

describe('an office', () => {
  const reviews = {
    reviewers: [
      { address: 'Katharina.Vogel@example.com', as: 'VP Engineering' },
      { address: 'marcus@example.com', as: 'VP Platform' },
    ],
    escalateTo: [{ address: 'sofia@example.com', as: 'CTO' }],
  };
  const file = aDistribution({ reviews });

  it('is what the file says of an address now', () => {
    expect(officeOf(file, { address: 'katharina.vogel@EXAMPLE.com' })?.as).toBe('VP Engineering');
    expect(officeOf(file, { address: 'sofia@example.com' })?.as).toBe('CTO');
    expect(officeOf(file, { address: 'ravi@example.com' })).toBeUndefined();
    expect(officeOf(aDistribution(), { address: 'sofia@example.com' })).toBeUndefined();
  });

  it('signs for the one who wrote the account, if its holder acts and may not have written it too', () => {
    const holders: Record<string, Parameters<typeof isOwnAccount>[1]> = {
      'Katharina.Vogel@example.com': { sid: 'k', address: 'katharina.vogel@example.com', name: 'Katharina Vogel' },
      'sofia@example.com': { sid: 's', address: 'sofia@example.com', name: 'Sofia Castellanos' },
    };
    const signers = (authors: string[], sentBy?: string) =>
      signersOf(file, { authors, sentBy }, (address) => holders[address]).map((office) => office.as);
    expect(signers([])).toEqual(['VP Engineering', 'CTO']);
    expect(signers(['K. Vogel'])).toEqual(['CTO']);
    expect(signers(['K. Vogel'], 's')).toEqual([]);
  });

  it.each([
    'katharina.vogel',
    '@katharina.vogel',
    'katharina vogel (VP Engineering)',
    'Vogel, Katharina',
    'K. Vogel',
    'Vogel K.',
    'kvogel',
    'Katharina',
    'Katharina Vogel and Marcus Adeyemi',
    'Marcus Adeyemi, Kathárina M. Vogel',
    'Marcus / K. Vogel',
    'katharina.vogel@elsewhere.example',
    'kv-oncall',
  ])('does not sign what %s wrote', (author) => {
    const person = { sid: vp.sid, address: 'katharina.vogel+pm@example.com', name: 'Katharina M. Vogel', handles: ['kv-oncall'] };
    expect(isOwnAccount({ authors: ['Rosa Lind', author], sentBy: undefined }, person)).toBe(true);
  });

  it.each(['Marcus Vogel', 'Katharina Vogelsang', 'Katharina Lind', 'The payments team', 'rosa@example.com', '', 'M. Vogel'])(
    'signs what %s wrote',
    (author) => {
      const person = { sid: vp.sid, address: 'katharina.vogel@example.com', name: 'Katharina Vogel' };
      expect(isOwnAccount({ authors: [author], sentBy: undefined }, person)).toBe(false);
    },
  );

  it('does not sign what its holder wrote', () => {
    const person = { sid: vp.sid, address: 'katharina.vogel@example.com', name: 'Katharina Vogel' };
    const own = (authors: string[], sentBy?: string) => isOwnAccount({ authors, sentBy }, person);
    expect(own(['Rosa Lind', 'katharina  VOGEL'])).toBe(true);
    expect(own(['Katharina Vogel <katharina.vogel@example.com>'])).toBe(true);
    expect(own(['Katharina.Vogel@example.com'])).toBe(true);
    expect(own([], vp.sid)).toBe(true);
    expect(own(['Rosa Lind', 'Katharina Vogelsang'], 'key')).toBe(false);
    expect(isOwnAccount({ authors: [''], sentBy: undefined }, { sid: vp.sid, address: 'k@example.com' })).toBe(false);
  });
});
