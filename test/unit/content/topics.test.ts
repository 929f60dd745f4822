import { describe, expect, it } from 'vitest';
import { topicsOf } from '../../../core/content/card-content.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';

const taxonomy = taxonomyOf({ taxonomy: { technologies: [{ id: 'ledger-db', label: 'LedgerDB', says: ['ledger db'] }] } });
const topicsFor = (...tags: string[]) => topicsOf({ services: ['cart'], owningTeam: 'Shop', tags }, taxonomy).map(({ topic }) => topic);

describe('the topics of a card', () => {
  it('have the technology that a tag means, so that all its spellings are followed as one', () => {
    expect(topicsFor('Postgres', 'k8s', 'Ledger DB')).toEqual([
      'service:cart',
      'team:shop',
      'tech:postgresql',
      'tech:kubernetes',
      'tech:ledger-db',
      'tech:postgres',
      'tech:k8s',
      'tech:ledger db',
    ]);
  });

  it('keep each tag, since readers may follow it, technology or not', () => {
    expect(topicsFor('capacity', 'redis')).toEqual(['service:cart', 'team:shop', 'tech:redis', 'tech:capacity']);
    expect(topicsOf({ services: [], tags: ['capacity', 'postgres'] })).toEqual([
      { topic: 'tech:capacity', name: 'capacity' },
      { topic: 'tech:postgres', name: 'postgres' },
    ]);
  });

  it('are called as the taxonomy calls them', () => {
    expect(topicsOf({ services: [], tags: ['REDIS'] }, taxonomy)).toEqual([{ topic: 'tech:redis', name: 'Redis' }]);
  });
});
