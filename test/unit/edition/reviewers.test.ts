import { describe, expect, it } from 'vitest';
import { isReviewer, reviewersFor } from '../../../core/edition/reviewers.ts';
import { placeholders } from '../../../core/mail/fragments.ts';
import { readerHash } from '../../../core/subscriber/subscriber-id.ts';
import { someFragments } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const link = { html: `<a href="${placeholders.decide}/pm-1">`, text: '' };
const asking = someFragments({ blocks: [{ kind: 'fixed', fragment: link }] });
const office = (name: string) => ({ address: `${name}@example.com`, as: 'VP' });
const reviews = { reviewers: [office('vera'), office('sol')], escalateTo: [office('sol'), office('cto')] };

describe('the reviewers of an edition', () => {
  it('are who decides, and who is asked last, once each and without their addresses', () => {
    const { reviewers = [] } = reviewersFor(asking, aDistribution({ reviews }));
    expect(reviewers).toEqual(['vera', 'sol', 'cto'].map((name) => readerHash(`${name}@example.com`)));
    expect(isReviewer({ reviewers }, { address: 'CTO@Example.com' })).toBe(true);
    expect(isReviewer({ reviewers }, { address: 'ada@example.com' })).toBe(false);
  });

  it.each([
    ['nothing in it asks for a decision', someFragments(), aDistribution({ reviews })],
    ['nobody reviews', asking, aDistribution()],
    ['it has no content', undefined, aDistribution({ reviews })],
  ])('are not kept where %s', (_, fragments, distribution) => {
    expect(reviewersFor(fragments, distribution)).toEqual({});
    expect(isReviewer({}, { address: 'vera@example.com' })).toBe(false);
  });

  it('are found in what is told in another zone alone', () => {
    const zones = { 'Asia/Tokyo': { subject: 's', head: { html: '', text: '' }, blocks: asking.blocks } };
    expect(reviewersFor(someFragments({ zones }), aDistribution({ reviews })).reviewers).toHaveLength(3);
  });
});
