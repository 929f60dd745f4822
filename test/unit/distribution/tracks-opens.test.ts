import { expect, it } from 'vitest';
import { tracksOpens } from '../../../core/distribution/stream-rules.ts';
import { aDistribution } from '../../support/distribution.ts';

const silent = aDistribution({ streams: { 'sev1-alerts': { severities: ['sev1'], tracking: 'none' } } });

it('estimates opens of staff unless the distribution file says otherwise, and of customers only where it says so', () => {
  expect(tracksOpens(aDistribution(), 'engineering-digest')).toBe(true);
  expect(tracksOpens(silent, 'sev1-alerts')).toBe(false);
  expect(tracksOpens(silent, 'leadership-brief')).toBe(true);
  expect(tracksOpens(aDistribution(), 'customer-notices')).toBe(false);
});
