import { expect, it } from 'vitest';
import { contentWarnings } from '../../../core/distribution/content-warnings.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { mapping } from '../../support/directory.ts';
import { aDistribution, distributionYaml } from '../../support/distribution.ts';

it('warns of what the mapping of the directory hardly means', () => {
  const directory = {
    groups: [
      { group: 'Eng Payments', team: 'Paymnts', role: 'enginer' },
      { group: 'eng  payments', team: 'Payments' },
      { group: 'Canteen' },
    ],
    departments: [{ department: 'Ledger', team: 'Payments', role: 'engineer' }],
  };
  const told = contentWarnings(aDistribution({ directory, teams: [{ name: 'Payments' }] })).map(
    ({ field, problem, remedy }) => `${field} ${problem}. ${remedy}`,
  );
  expect(told).toEqual([
    'directory.groups.0.team "Paymnts" is no team that the file names. Did you mean Payments?',
    'directory.groups.0.role "enginer" is no role that the file names. Did you mean engineer?',
    'directory.groups.1 "eng  payments" stands in entry 1 already. Keep one of the two.',
    'directory.groups.2 "Canteen" gives nothing. Add a team or a role, or leave it out.',
  ]);
});

it('reads the mapping, and refuses what is none with an example', () => {
  expect(parseDistribution(distributionYaml + mapping)).toMatchObject({
    distribution: { directory: { groups: [{ group: 'Eng Payments' }, {}, {}], departments: [{ department: 'Ledger' }] } },
  });
  expect(parseDistribution(`${distributionYaml}directory: { groups: { Payments: x } }\n`)).toMatchObject({
    flaws: [{ field: 'directory.groups', remedy: expect.stringContaining('group: Eng Payments') }],
  });
});
