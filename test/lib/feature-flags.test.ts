import recommended from 'aws-cdk-lib/recommended-feature-flags.json' with { type: 'json' };
import { expect, it } from 'vitest';
import pinned from '../../lib/feature-flags.json' with { type: 'json' };

// A new flag may replace resources (CDK guide, featureflags). Where this fails after an upgrade:
// put the flag into lib/feature-flags.json, compare `npm run synth` before and after, and leave it
// out there, with its old value, where a resource that holds something would be replaced.
it('every feature flag that the library recommends is decided here', () => {
  expect(Object.keys(recommended).filter((flag) => !(flag in pinned))).toEqual([]);
});

it('no flag is pinned that the library does not know any more', () => {
  expect(Object.keys(pinned).filter((flag) => !(flag in recommended))).toEqual([]);
});
