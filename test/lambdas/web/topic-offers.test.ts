import { describe, expect, it } from 'vitest';
import { openArchive } from '../../../core/search/archive.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { findOffers, nameOf, topicOffers } from '../../../lambdas/web/pages/preferences/topic-offers.ts';
import { aDistribution } from '../../support/distribution.ts';

const entry: ListedEntry = {
  id: 'pm-1',
  revision: 1,
  title: 'Orders waited',
  severity: 'sev2',
  status: 'published',
  services: ['orders'],
  tags: ['capacity', 'Postgres', 'postgresql', 'k8s'],
  publishedAt: '2026-11-18T10:00:00Z',
  gist: '',
};
const taxonomy = taxonomyOf({});
const offers = topicOffers(aDistribution(), openArchive([entry]), taxonomy);
const found = (text: string) => findOffers(offers, text, taxonomy).offers.map(({ topic, isNew }) => (isNew ? `new ${topic}` : topic));

describe('what readers are offered', () => {
  it('are the technologies that the taxonomy knows, each once, and no other tag', () => {
    expect(offers.filter(({ kind }) => kind === 'tech')).toEqual([
      { topic: 'tech:kubernetes', kind: 'tech', name: 'Kubernetes' },
      { topic: 'tech:postgresql', kind: 'tech', name: 'PostgreSQL' },
    ]);
  });

  it.each([
    ['postgres', ['tech:postgresql']],
    ['K8s', ['tech:kubernetes']],
    ['orders', ['service:orders']],
    ['memcache', ['new service:memcache', 'new tech:memcached']],
    ['frobnicator', ['new service:frobnicator', 'new tech:frobnicator']],
  ])('for “%s”', (text, topics) => {
    expect(found(text)).toEqual(topics);
  });

  it('shows what was chosen before by its stored name', () => {
    expect(nameOf('tech:capacity', offers)).toBe('capacity');
  });
});
