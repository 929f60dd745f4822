import { describe, expect, it } from 'vitest';
import type { Service } from '../../../core/catalog/catalog.ts';
import type { RelevantTeam } from '../../../core/relevance/relevance.ts';
import { rankedTeams, relevantTeams } from '../../../core/relevance/relevant-teams.ts';
import { aComparison, anEntry, aService, refOf } from '../../support/relevance-world.ts';

const sentences = (teams: readonly RelevantTeam[]) => teams.map(({ name, reasons }) => [name, ...reasons.map(({ sentence }) => sentence)]);
const uses = (...names: string[]) => ({ dependsOn: names.map(refOf) });

/** Teams without anything in common, so that a few are no quarter of them. */
const others = Array.from({ length: 24 }, (_, n) => aService(`other-${n}`, `Other ${n}`));

describe('the reasons', () => {
  it('a team runs a service that it names, or that is its tag', () => {
    const services = [aService('cart', 'Storefront'), aService('ledger', 'Payments'), aService('certificates', 'Security')];
    const given = aComparison({ owningTeam: 'Storefront', services: ['cart', 'ledger'], tags: ['certificates', 'Ledger'] }, { services });
    expect(sentences(relevantTeams(given))).toEqual([
      ['Payments', 'You run ledger, which this is about.'],
      ['Security', 'You run certificates, which this is about.'],
    ]);
  });

  it('a team promised an action in it, unless that was declined', () => {
    const services = [aService('cart', 'Storefront'), aService('ledger', 'Payments'), aService('login', 'Identity')];
    const actionItems = [
      { title: 'Practise the failover', owner: 'Payments' },
      { title: 'Rewrite login', owner: 'Kim', team: 'Identity', status: 'declined' },
      { title: 'Ask Ada', owner: 'Ada' },
    ];
    const given = aComparison({ owningTeam: 'Storefront', services: ['cart'], actionItems }, { services });
    expect(sentences(relevantTeams(given))).toEqual([['Payments', 'You promised something in it: “Practise the failover”.']]);
  });

  it('a service of the team depends on one that it names, and the way is said', () => {
    const services = [
      aService('flags', 'Growth', { provides: [refOf('api:flags-api')] }),
      aService('api:flags-api', 'Growth'),
      aService('web', 'Storefront', { consumes: [refOf('api:flags-api')] }),
      aService('push', 'Mobile', uses('flags')),
      ...others,
    ];
    const found = rankedTeams(aComparison({ owningTeam: 'Growth', services: ['flags'] }, { services }));
    expect(sentences(found)).toEqual([
      ['Mobile', 'Your push depends on flags, and flags is what this is about.'],
      ['Storefront', 'Your web depends on flags by way of flags-api, and flags is what this is about.'],
    ]);
  });

  it('what a service depends on is told behind reasons that say more of what happened', () => {
    const services = [aService('edge', 'Network'), aService('web', 'Storefront', uses('edge')), aService('shop', 'Storefront'), ...others];
    const summary = 'A regular expression backtracked without end and took every processor.';
    const before = anEntry({ id: 'before', title: 'Twenty thousand spaces', owningTeam: 'Storefront', services: ['shop'], summary });
    const given = aComparison({ owningTeam: 'Network', services: ['edge'], summary }, { services, earlier: [before] });
    const [storefront] = rankedTeams(given);
    expect(storefront?.reasons.map(({ reason }) => reason.kind).at(-1)).toBe('depends');
    expect(storefront?.reasons.length).toBeGreaterThan(1);
  });

  it('does not tell a team on which the service depends', () => {
    const services = [aService('flags', 'Growth', uses('storage')), aService('storage', 'Storage'), ...others];
    expect(rankedTeams(aComparison({ owningTeam: 'Growth', services: ['flags'] }, { services }))).toEqual([]);
  });

  it('a service of the team uses the same instance, which counts for more if its technology failed', () => {
    const db = aService('resource:orders-db', 'Fulfilment', { tech: ['postgres'] });
    const services = [
      aService('orders', 'Fulfilment', uses('resource:orders-db')),
      db,
      aService('checkout', 'Storefront', uses('resource:orders-db')),
      ...others,
    ];
    const score = (summary: string) =>
      relevantTeams(aComparison({ owningTeam: 'Fulfilment', services: ['orders'], summary }, { services }));
    expect(sentences(score('Postgres held a lock.'))).toEqual([['Storefront', 'Your checkout uses the same orders-db.']]);
    expect(score('A page was empty.')).toEqual([]);
  });

  it('a service of the team uses the technology that failed, and it can fail in this way', () => {
    const services = [aService('search', 'Search'), aService('metrics', 'Data', { tech: ['elasticsearch'] }), ...others];
    const given = aComparison(
      { owningTeam: 'Search', services: ['search'], tags: ['split-brain'], summary: 'Elasticsearch elected two masters.' },
      { services },
    );
    expect(sentences(relevantTeams(given))).toEqual([['Data', 'Your metrics uses Elasticsearch, too. What happened here: a split brain.']]);
  });

  it('does not take what a long text names once for what failed', () => {
    const services = [
      aService('search', 'Search'),
      aService('dns', 'Network', { tech: ['dns'] }),
      aService('chat', 'Care', { tech: ['cassandra'] }),
      ...others,
    ];
    const summary = `${'The DNS was down. '.repeat(10)} Cassandra rebalanced its partitions.`;
    expect(sentences(relevantTeams(aComparison({ owningTeam: 'Search', services: ['search'], summary }, { services })))).toEqual([
      ['Network', 'You run dns, too. What happened here: DNS that failed.'],
    ]);
  });

  it('the team had the same failure before, and the title can be left out', () => {
    const services = [aService('search', 'Search'), aService('metrics', 'Data'), ...others];
    const earlier = [anEntry({ id: 'old', title: 'Two masters', tags: ['split-brain'], owningTeam: 'Data' })];
    const [found] = rankedTeams(aComparison({ owningTeam: 'Search', services: ['search'], tags: ['split-brain'] }, { services, earlier }));
    expect(found?.reasons[0]).toMatchObject({
      sentence: 'You had a split brain before, in “Two masters”.',
      instead: 'You had a split brain before.',
    });
  });

  it('reads like an earlier one of the team, with a term and words in common', () => {
    const services = [aService('search', 'Search'), aService('metrics', 'Data'), ...others];
    const title = 'Dashboards stalled as ingestion of Elasticsearch waited for shards';
    const unlike = ['Invoices went out twice', 'A parcel label was blank', 'Mails were late'].map((one, n) =>
      anEntry({ id: `unlike-${n}`, title: one, summary: one }),
    );
    const earlier = [anEntry({ id: 'old', title, summary: title, owningTeam: 'Data' }), ...unlike];
    const [found] = rankedTeams(
      aComparison({ owningTeam: 'Search', services: ['search'], title: `Again: ${title}` }, { services, earlier }),
    );
    expect(found?.reasons).toMatchObject([
      { reason: { kind: 'reads alike', postmortem: 'old' }, instead: 'It reads like an earlier postmortem of yours.' },
    ]);
    const [reason] = found?.reasons ?? [];
    expect(reason?.sentence).toContain(title);
    expect(reason?.instead).not.toContain('Dashboards');
  });
});

describe('rarity', () => {
  const everywhere = { tech: ['postgres', 'kubernetes'], ...uses('resource:cluster') };
  const forty = Array.from({ length: 40 }, (_, n) => aService(`service-${n}`, `Team ${n % 15}`, everywhere));
  const services = [...forty, aService('resource:cluster', 'Team 0', { tech: ['kubernetes'] })];
  const about = (summary: string) =>
    rankedTeams(aComparison({ owningTeam: 'Team 1', services: ['service-1'], tags: ['postgres', 'kubernetes'], summary }, { services }));

  it('gives no reason by postgres or kubernetes alone where all forty services have both', () => {
    expect(about('Postgres on Kubernetes was slow.')).toEqual([]);
    // A failure of the least weight says as little.
    expect(about('A faulty release of Postgres on Kubernetes was rolled back.')).toEqual([]);
  });

  it('gives one by postgres with a failure that says something', () => {
    const kinds = about('Postgres stopped: transaction ID wraparound.').flatMap(({ reasons }) => reasons.map(({ reason }) => reason.kind));
    expect(new Set(kinds)).toEqual(new Set(['same failure']));
  });
});

describe('whom it names', () => {
  it('never tells the owning team, under whatever spelling', () => {
    const services = [
      aService('cart', 'Storefront', uses('resource:db')),
      aService('resource:db', 'Storefront'),
      aService('web', 'Storefront', uses('cart')),
    ];
    const actionItems = [{ title: 'Mend it', owner: 'storefront' }];
    for (const owningTeam of ['Storefront', 'STOREFRONT ', 'storefront'])
      expect(rankedTeams(aComparison({ owningTeam, services: ['cart', 'web'], actionItems }, { services }))).toEqual([]);
  });

  it('names no earlier postmortem that the archive does not show', () => {
    const services = [aService('search', 'Search'), aService('metrics', 'Data'), ...others];
    const postmortem = { owningTeam: 'Search', services: ['search'], tags: ['split-brain'] };
    const earlier = [anEntry({ id: 'old', title: 'Two masters', tags: ['split-brain'], owningTeam: 'Data' })];
    expect(JSON.stringify(rankedTeams(aComparison(postmortem, { services, earlier })))).toContain('Two masters');
    expect(rankedTeams(aComparison(postmortem, { services, earlier: [] }))).toEqual([]);
  });

  it('names no later postmortem as one that was before', () => {
    const services = [aService('search', 'Search'), aService('metrics', 'Data'), ...others];
    const earlier = [
      anEntry({ id: 'later', title: 'Two masters', tags: ['split-brain'], owningTeam: 'Data', publishedAt: '2026-11-29T10:00:00Z' }),
    ];
    expect(rankedTeams(aComparison({ owningTeam: 'Search', services: ['search'], tags: ['split-brain'] }, { services, earlier }))).toEqual(
      [],
    );
  });

  it('leaves out what a team muted, for this team', () => {
    const services = [aService('cart', 'Storefront'), aService('ledger', 'Payments'), aService('login', 'Identity')];
    const given = aComparison({ owningTeam: 'Storefront', services: ['cart', 'ledger', 'login'] }, { services });
    const muted = { useful: 0, notRelevant: 2, byLead: false };
    const feedbackOf = (team: string) => (team === 'team:payments' ? new Map([['runs ledger', muted]]) : undefined);
    expect(relevantTeams({ ...given, feedbackOf }).map(({ team }) => team)).toEqual(['team:identity']);
    const useful = () => new Map([['runs ledger', { ...muted, useful: 3 }]]);
    expect(relevantTeams({ ...given, feedbackOf: useful }).map(({ team }) => team)).toEqual(['team:identity', 'team:payments']);
  });
});

describe('a pure function', () => {
  const services: Service[] = [
    aService('cart', 'Storefront', { tech: ['redis'], ...uses('resource:cache') }),
    aService('resource:cache', 'Storefront', { tech: ['redis'] }),
    aService('risk', 'Fraud', { tech: ['redis'], ...uses('cart', 'resource:cache') }),
    aService('sessions', 'Identity', { tech: ['redis'] }),
    ...others,
  ];
  const earlier = [
    anEntry({ id: 'a', title: 'Two masters', summary: 'Both wrote.', tags: ['split-brain'], owningTeam: 'Fraud' }),
    anEntry({ id: 'b', title: 'Two leaders', summary: 'Neither yielded.', tags: ['split-brain'], owningTeam: 'Fraud' }),
  ];
  const postmortem = { owningTeam: 'Storefront', services: ['cart'], tags: ['split-brain', 'redis'] };

  it('gives the same in whatever order services and postmortems come', () => {
    const once = rankedTeams(aComparison(postmortem, { services, earlier }));
    const again = rankedTeams(aComparison(postmortem, { services: services.toReversed(), earlier: earlier.toReversed() }));
    expect(again).toEqual(once);
    expect(once.length).toBeGreaterThan(1);
  });

  it('tells at most three reasons of a team, each of another kind', () => {
    const [fraud] = rankedTeams(aComparison({ ...postmortem, actionItems: [{ title: 'Help', owner: 'Fraud' }] }, { services, earlier }));
    expect(fraud?.reasons.map(({ reason }) => reason.kind)).toEqual(['promised', 'same failure', 'shares']);
  });
});
