import { expect, it } from 'vitest';
import { type AppliedDistribution, applyDistribution, DistributionInDispute } from '../../../core/distribution/apply-distribution.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { distributionYaml } from '../../builders/distribution.ts';

function aWorld({ raced = false } = {}) {
  const kept: (AppliedDistribution & { appliedAt: string })[] = [];
  const store = {
    read: async () => kept.at(-1),
    write: async (next: AppliedDistribution, _before: string | undefined, at: string) => {
      if (!raced) kept.push({ ...next, appliedAt: at });
      return !raced;
    },
  };
  return { kept, deps: { store, deployed: 'made from another file', now: () => '2026-11-19T15:00:00Z' } };
}

it('applies a file once', async () => {
  const { kept, deps } = aWorld();
  expect(await applyDistribution(distributionYaml, false, deps)).toMatchObject({
    applied: true,
    changes: expect.arrayContaining([{ path: 'organisation.name', after: 'Example Ltd' }]),
  });
  expect(await applyDistribution(`# again\n${distributionYaml}`, false, deps)).toMatchObject({ applied: false, changes: [] });
  expect(kept).toHaveLength(1);
});

it('only tells on a dry run', async () => {
  const { kept, deps } = aWorld();
  expect(await applyDistribution(distributionYaml, true, deps)).toMatchObject({
    applied: false,
    changes: expect.arrayContaining([{ path: 'organisation.name', after: 'Example Ltd' }]),
  });
  expect(kept).toEqual([]);
});

it('needs no deploy when the stack was made from the same file', async () => {
  const { kept, deps } = aWorld();
  await applyDistribution(distributionYaml, false, deps);
  const [applied] = kept;
  const deployed = applied ? deployedHash(applied.distribution) : '';
  expect(await applyDistribution(distributionYaml, false, { ...deps, deployed })).toMatchObject({ needsDeploy: [] });
});

it.each([
  ['organisation: [', 'unreadable'],
  ['organisation: {}', 'content'],
])('refuses %j as %s and stores nothing', async (text, kind) => {
  const { kept, deps } = aWorld();
  await expect(applyDistribution(text, false, deps)).rejects.toMatchObject({
    name: 'Refused',
    kind,
    flaws: expect.arrayContaining([expect.objectContaining({ line: 1 })]),
  });
  expect(kept).toEqual([]);
});

it('says so when somebody else applied at the same moment', async () => {
  await expect(applyDistribution(distributionYaml, false, aWorld({ raced: true }).deps)).rejects.toBeInstanceOf(DistributionInDispute);
});
