import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../core/catalog/who-runs.ts';
import { aFileTeam, aService } from '../../support/catalog.ts';

const owned = (team: string, ...services: string[]) => ({ team, services });

describe('who runs a service', () => {
  it('is who the distribution file says, whatever the catalogue says, and tells the difference', () => {
    const catalog = { services: [aService('payments', { team: 'billing' })], teams: [] };

    const runs = runsOf(catalog, { teams: [aFileTeam('Payments', 'payments')] }, []);

    expect(runs.runnerOf('payments')).toEqual({ team: 'payments', name: 'Payments', source: 'distribution file' });
    expect(runs.differences).toEqual([{ ref: 'component:default/payments', service: 'payments', file: 'Payments', catalogue: 'billing' }]);
    expect(runs.servicesOf('billing')).toEqual([]);
  });

  it('is who the catalogue says where the file says nothing, under the name that the file has for the team', () => {
    const catalog = {
      services: [aService('payments', { team: 'team-pay' })],
      teams: [{ name: 'team-pay', aliases: ['Payments'] }],
    };

    const runs = runsOf(catalog, { teams: [aFileTeam('Payments')] }, []);

    expect(runs.runnerOf('payments')).toEqual({ team: 'payments', name: 'Payments', source: 'catalogue' });
    expect(runs.servicesOf('Payments').map(({ name }) => name)).toEqual(['payments']);
    expect(runs.servicesOf('team_pay')).toHaveLength(1);
    expect(runs.differences).toEqual([]);
  });

  it('never takes the alias of one team for another team of that name', () => {
    const catalog = {
      services: [aService('cart', { team: 'shop' }), aService('queue', { team: 'platform' })],
      teams: [{ name: 'shop', aliases: ['Platform', 'Web'] }, { name: 'platform' }],
    };

    for (const teams of [[], [aFileTeam('Platform')]]) {
      const runs = runsOf(catalog, { teams }, []);
      expect([runs.teamOf('cart'), runs.teamOf('queue'), runs.keyOf('web')]).toEqual(['shop', 'platform', 'shop']);
    }
  });

  it('is the team that owned two postmortems about it where nobody says it', () => {
    const once = [owned('Search', 'ranking'), owned('Data', 'lake'), owned('Search', 'lake')];

    expect(runsOf(undefined, { teams: [] }, once).teams).toEqual([]);
    const runs = runsOf(undefined, { teams: [] }, [...once, owned('search', 'Ranking'), owned('Data', 'lake')]);
    expect(runs.runnerOf('ranking')).toEqual({ team: 'search', name: 'search', source: 'archive' });
    expect(runs.teamOf('lake')).toBe('data');
  });

  it('is nobody where two teams owned as many', () => {
    const even = ['Search', 'Data', 'Search', 'Data'].map((team) => owned(team, 'lake'));

    expect(runsOf(undefined, { teams: [] }, even).teamOf('lake')).toBeUndefined();
  });

  it('has the team above a team from the file, else from the catalogue', () => {
    const teams = [{ name: 'team-pay', aliases: ['Payments'], partOf: 'money' }, { name: 'search', partOf: 'Commerce' }, { name: 'money' }];
    const file = [{ ...aFileTeam('Payments'), partOf: 'Commerce Department' }, aFileTeam('Search')];

    const runs = runsOf({ services: [], teams }, { teams: file }, []);

    expect(['payments', 'team_pay', 'Search', 'money', 'nobody'].map(runs.aboveOf)).toEqual([
      'commerce department',
      'commerce department',
      'commerce',
      undefined,
      undefined,
    ]);
  });

  it('counts a postmortem that names a service twice once', () => {
    expect(runsOf(undefined, { teams: [] }, [owned('Data', 'lake', 'Lake')]).teamOf('lake')).toBeUndefined();
  });

  it('gives services that only the file names, by name', () => {
    const runs = runsOf(undefined, { teams: [aFileTeam('Network', 'edge', 'dns')] }, []);

    expect(runs.servicesOf('network').map(({ name, kind, dependsOn }) => [name, kind, dependsOn])).toEqual([
      ['edge', 'service', []],
      ['dns', 'service', []],
    ]);
    expect(runs.servicesOf('__proto__')).toEqual([]);
  });
});
