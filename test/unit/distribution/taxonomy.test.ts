import { describe, expect, it } from 'vitest';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { readApplied } from '../../../core/distribution/read-applied.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { distributionYaml } from '../../support/distribution.ts';

const withTaxonomy = (lines: string) => parseDistribution(`${distributionYaml}taxonomy:\n${lines}\n`);
const flawsOf = (lines: string) => {
  const read = withTaxonomy(lines);
  return 'flaws' in read ? read.flaws : [];
};
const taxonomyLine = distributionYaml.split('\n').length;

it('adds terms, and says more of known ones by their ids', () => {
  const read = withTaxonomy(`  technologies:
    - { id: ledger-db, label: LedgerDB, says: ["ledger db"] }
    - { id: redis, label: Our Redis }
    - { id: kafka, says: ["event backbone"], instead: ["kafka novel"] }
  failureModes:
    - { id: failover-failed, with: [ledger-db] }
    - { id: stuck-saga, label: a saga that got stuck, says: ["saga …4 stuck"] }`);
  if ('flaws' in read) throw new Error(JSON.stringify(read.flaws));
  const { terms } = taxonomyOf(read.distribution);

  expect(terms.get('ledger-db')).toMatchObject({ kind: 'technology', weight: 1 });
  expect(terms.get('redis')).toMatchObject({ label: 'Our Redis', says: ['redis'] });
  expect(terms.get('kafka')).toMatchObject({ label: 'Kafka', says: ['kafka', 'event backbone'], instead: ['kafka novel'] });
  expect(terms.get('failover-failed')).toMatchObject({ weight: 3, with: ['ledger-db'] });
  expect(terms.get('stuck-saga')).toMatchObject({ kind: 'failure mode', weight: 2 });
  expect(taxonomyOf(read.distribution)).toBe(taxonomyOf(structuredClone(read.distribution)));
  expect(taxonomyOf({}).terms.get('ledger-db')).toBeUndefined();
});

describe('refuses', () => {
  it.each([
    ['{ id: Redis, label: R, says: [r] }', 'id', 'is not an id such as redis-sentinel', 'id: redis-sentinel'],
    ['{ id: overload }', 'id', 'is the id of a failure mode that Afterword knows', 'another id'],
    ['{ id: redsi }', '', 'is new and has no label', 'Did you mean redis'],
    ['{ id: ledger-db, label: L }', '', 'is new and has no sequence of words', 'Say how texts name it'],
    ['{ id: ledger-db, label: L, says: ["(a|b)+"] }', 'says.0', 'has "(a", which is no word', 'docs/taxonomy.md'],
    ['{ id: redis, instead: ["a …3"] }', 'instead.0', 'ends with a gap', 'docs/taxonomy.md'],
    ['{ id: redis, weight: 2 }', 'weight', 'is an unknown key', 'Known here: id, label, says, instead.'],
    [`{ id: redis, says: [${'x, '.repeat(20)}x] }`, 'says', 'has more than 20 entries', 'at most 20'],
    [`{ id: redis, says: [${'x'.repeat(161)}] }`, 'says.0', 'has more than 160 characters', 'at most 160'],
  ])('%s', (term, field, problem, remedy) => {
    const flaws = flawsOf(`  technologies:\n    - ${term}`);
    expect(flaws[0]).toMatchObject({
      field: `taxonomy.technologies.0${field && `.${field}`}`,
      problem: expect.stringContaining(problem),
      remedy: expect.stringContaining(remedy),
      line: taxonomyLine + 2,
      column: expect.any(Number),
    });
  });

  it('an id that stands twice, a technology that is none, and too many', () => {
    expect(flawsOf('  technologies: [{ id: redis }, { id: redis }]')).toMatchObject([{ field: 'taxonomy.technologies.1.id' }]);
    expect(flawsOf('  failureModes: [{ id: overload, with: [redsi], weight: 4 }]')).toMatchObject([
      { field: 'taxonomy.failureModes.0.with.0', remedy: expect.stringContaining('Did you mean redis?') },
      { field: 'taxonomy.failureModes.0.weight' },
    ]);
    const many = Array.from({ length: 501 }, (_, n) => `{ id: t${n}, label: T, says: [t${n}] }`).join(', ');
    expect(flawsOf(`  technologies: [${many}]`)).toMatchObject([{ field: 'taxonomy.technologies', problem: 'has more than 500 entries' }]);
  });
});

it('is read where a later release says more of a term', () => {
  const read = withTaxonomy('  technologies: [{ id: redis, label: R }]');
  if ('flaws' in read) throw new Error('not read');
  const later = structuredClone(read.distribution) as unknown as { taxonomy: { technologies: Record<string, unknown>[] } };
  Object.assign(later.taxonomy.technologies[0] ?? {}, { since: 2027 });
  expect(readApplied(later).taxonomy).toEqual({ technologies: [{ id: 'redis', label: 'R' }] });
});
