import { expect, it } from 'vitest';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { distributionYaml } from '../../support/distribution.ts';

const parsed = (drafts: string) => parseDistribution(`${distributionYaml}slack:\n  drafts: ${drafts}\n`);

it('takes where drafts are made', () => {
  expect(parsed('{ workspace: T0123456789, channels: [C0123456789] }')).not.toHaveProperty('flaws');
});

it.each([
  ['{ workspace: acme, channels: [C0123456789] }', 'slack.drafts.workspace', 'T0123456789'],
  ['{ workspace: T0123456789, channels: ["#incidents"] }', 'slack.drafts.channels.0', 'C0123456789'],
  ['{ workspace: T0123456789, channels: [] }', 'slack.drafts.channels', 'C0123456789'],
  ['{ channels: [C0123456789] }', 'slack.drafts.workspace', 'T0123456789'],
])('refuses %s, with the field and what to write', (drafts, field, remedy) => {
  const { flaws = [] } = parsed(drafts) as { flaws?: { field: string; remedy: string }[] };

  expect(flaws.map((flaw) => flaw.field)).toEqual([field]);
  expect(flaws[0]?.remedy).toContain(remedy);
});
