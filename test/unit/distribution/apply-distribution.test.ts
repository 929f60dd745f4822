import { expect, it } from 'vitest';
import { type AppliedDistribution, applyDistribution, DistributionInDispute } from '../../../core/distribution/apply-distribution.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { distributionYaml } from '../../support/distribution.ts';

function aWorld({ raced = false } = {}) {
  const kept: (AppliedDistribution & { appliedAt: string })[] = [];
  const store = {
    read: async () => kept.at(-1),
    write: async (next: AppliedDistribution, before: string | undefined, at: string) => {
      if (raced || kept.at(-1)?.hash !== before) return false;
      kept.push({ ...next, appliedAt: at });
      return true;
    },
  };
  return { kept, deps: { store, deployed: { hash: 'made from another file' }, now: () => '2026-11-19T15:00:00Z' } };
}

it('applies a file once', async () => {
  const { kept, deps } = aWorld();
  expect(await applyDistribution(distributionYaml, { isDryRun: false }, deps)).toMatchObject({
    applied: true,
    changes: expect.arrayContaining([{ path: 'organisation.name', after: 'Example Ltd' }]),
  });
  expect(await applyDistribution(`# again\n${distributionYaml}`, { isDryRun: false }, deps)).toMatchObject({ applied: false, changes: [] });
  expect(kept).toHaveLength(1);
});

it('only tells on a dry run', async () => {
  const { kept, deps } = aWorld();
  expect(await applyDistribution(distributionYaml, { isDryRun: true }, deps)).toMatchObject({
    applied: false,
    changes: expect.arrayContaining([{ path: 'organisation.name', after: 'Example Ltd' }]),
  });
  expect(kept).toEqual([]);
});

it('needs no deploy when the stack was made from the same file', async () => {
  const { kept, deps } = aWorld();
  await applyDistribution(distributionYaml, { isDryRun: false }, deps);
  const [applied] = kept;
  const deployed = applied ? deployedHash(applied.distribution) : '';
  expect(await applyDistribution(distributionYaml, { isDryRun: false }, { ...deps, deployed: { hash: deployed } })).toMatchObject({
    needsDeploy: [],
  });
});

it.each([
  ['organisation: [', 'unreadable'],
  ['organisation: {}', 'content'],
])('refuses %j as %s and stores nothing', async (text, kind) => {
  const { kept, deps } = aWorld();
  await expect(applyDistribution(text, { isDryRun: false }, deps)).rejects.toMatchObject({
    name: 'Refused',
    kind,
    flaws: expect.arrayContaining([expect.objectContaining({ line: 1 })]),
  });
  expect(kept).toEqual([]);
});

it('says so when somebody else applied at the same moment', async () => {
  await expect(applyDistribution(distributionYaml, { isDryRun: false }, aWorld({ raced: true }).deps)).rejects.toBeInstanceOf(
    DistributionInDispute,
  );
});

const another = distributionYaml.replace('name: Example Ltd', 'name: Another');

it('holds to the difference that was shown: of files that were looked at together one is applied', async () => {
  const { kept, deps } = aWorld();
  const shown = await applyDistribution(distributionYaml, { isDryRun: true }, deps);
  expect(shown).not.toHaveProperty('inForce');
  const against = { isDryRun: false, shownAgainst: 'none' };
  const outcomes = await Promise.allSettled([distributionYaml, another, another].map((text) => applyDistribution(text, against, deps)));

  const [first] = outcomes;
  expect(first).toMatchObject({ value: { applied: true } });
  expect(outcomes.slice(1)).toMatchObject([{ reason: { name: 'DistributionInDispute' } }, { reason: { name: 'DistributionInDispute' } }]);
  await expect(applyDistribution(another, against, deps)).rejects.toBeInstanceOf(DistributionInDispute);
  expect(kept).toHaveLength(1);
  expect(await applyDistribution(another, { isDryRun: true }, deps)).toMatchObject({ inForce: shown.hash });
  expect(await applyDistribution(another, { isDryRun: false, shownAgainst: shown.hash }, deps)).toMatchObject({ applied: true });
});

it('has nothing to dispute where the same file was applied meanwhile', async () => {
  const { deps } = aWorld();
  await applyDistribution(distributionYaml, { isDryRun: false }, deps);
  expect(await applyDistribution(distributionYaml, { isDryRun: false, shownAgainst: 'none' }, deps)).toMatchObject({
    applied: false,
    changes: [],
  });
});
