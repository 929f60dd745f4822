import { describe, expect, it } from 'vitest';
import { engineeringEntry, engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { openArchive } from '../../../core/search/archive.ts';
import type { ListedEntry, SearchEntry } from '../../../core/search/search-entry.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const told = (id: string, change: Partial<ListedEntry> = {}): ListedEntry => ({
  id,
  revision: 1,
  title: 'A Redis failover logged everyone out',
  severity: 'sev2',
  status: 'published',
  services: ['sessions'],
  tags: ['Redis'],
  publishedAt: '2026-11-17T12:00:00Z',
  gist: 'A replica that was eleven minutes behind was promoted.',
  ...change,
});
const certificate = told('certificate', {
  title: 'An expired certificate closed the café checkout',
  severity: 'sev1',
  services: ['Checkout', 'payments'],
  tags: ['TLS'],
  team: 'Storefront',
  publishedAt: '2026-10-02T08:00:00Z',
  gist: 'Nobody was told that it would end.',
});
const queue = told('queue', {
  title: 'One slow consumer',
  services: ['checkout'],
  tags: ['postgres', 'capacity'],
  publishedAt: '2026-11-20T08:00:00Z',
  gist: '',
});
const taxonomy = taxonomyOf({});
const archive = openArchive([told('redis'), certificate, queue]);
const ids = (entries: readonly ListedEntry[]) => entries.map(({ id }) => id);

describe('an archive', () => {
  it('shows the newest first where nothing is asked', () => {
    expect(ids(archive.find({}))).toEqual(['queue', 'redis', 'certificate']);
  });

  it.each([
    ['redis', ['redis']],
    ['REDIS failover', ['redis']],
    ['failov', ['redis']],
    ['certificat', ['certificate']],
    ['certifcate', ['certificate']],
    ['cafe', ['certificate']],
    ['storefront', ['certificate']],
    ['eleven minutes', ['redis']],
    ['redis certificate', []],
    ['nothing of the kind', []],
    ['" OR 1=1 --', []],
    ['   ', ['queue', 'redis', 'certificate']],
  ])('finds %s', (words, expected) => {
    expect(ids(archive.find({ words }))).toEqual(expected);
  });

  it('narrows by severity, service, technology and time, however a name is written', () => {
    expect(ids(archive.find({ severity: 'sev1' }))).toEqual(['certificate']);
    expect(ids(archive.find({ service: 'CHECKOUT' }))).toEqual(['queue', 'certificate']);
    expect(ids(archive.find({ tech: 'redis' }))).toEqual(['redis']);
    expect(ids(archive.find({ tech: 'postgresql', taxonomy }))).toEqual(['queue']);
    expect(ids(archive.find({ tech: 'Postgres', taxonomy }))).toEqual(['queue']);
    expect(ids(archive.find({ tech: 'capacity', taxonomy }))).toEqual(['queue']);
    expect(ids(archive.find({ since: '2026-11-01T00:00:00Z', until: '2026-11-20T00:00:00Z' }))).toEqual(['redis']);
    expect(ids(archive.find({ words: 'checkout', severity: 'sev1' }))).toEqual(['certificate']);
  });

  it('offers each name once to choose from', () => {
    expect(archive.services).toEqual(['checkout', 'payments', 'sessions']);
    expect(archive.technologies(taxonomy).map(({ label }) => label)).toEqual(['PostgreSQL', 'Redis', 'TLS']);
    expect(archive.severities).toEqual(['sev1', 'sev2']);
  });
});

describe('several revisions of one postmortem', () => {
  const first = told('redis');
  const second = told('redis', { revision: 2, title: 'Another title', publishedAt: '2026-12-01T08:00:00Z' });
  const third: SearchEntry = { id: 'redis', revision: 3, hidden: true };

  it.each([[[first, second]], [[second, first]]])('are told as the latest has it, whatever stands where', (entries) => {
    expect(openArchive(entries).find({})).toEqual([second]);
    expect(openArchive(entries).read('redis')).toEqual(second);
  });

  it.each([[[first, second, third]], [[third, first]]])('are told no more once the latest may not be', (entries) => {
    expect(openArchive(entries).find({})).toEqual([]);
    expect(openArchive(entries).read('redis')).toBeUndefined();
  });
});

it('knows of a postmortem no more than its rendition shows', () => {
  const pm = aPostmortem({ support: { say: ['SECRET'], doNotSay: ['SECRET'] }, external: { body: 'SECRET' } });

  expect(JSON.stringify(engineeringEntry(engineeringRendition(pm), 1, '2026-11-17T12:00:00Z'))).not.toContain('SECRET');
});
