import { expect, it } from 'vitest';
import { selectPostmortems } from '../../../core/compose/select-postmortems.ts';
import { occurrenceDueAt } from '../../../core/edition/occurrence.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

/** The digest of the week from 16 to 22 November. */
const occurrence = occurrenceDueAt('engineering-digest', new Date('2026-11-23T12:00:00Z'), aDistribution());
const aStored = (id: string, publishedAt: string, publication: StoredPostmortem['publication']): StoredPostmortem => ({
  postmortem: aPostmortem({ id, publishedAt }),
  publication,
  revision: 1,
  hash: '',
  updatedAt: '2026-11-20T10:00:00Z',
  owed: [],
  editions: [],
  namedIn: [],
});

it('carries no part of an archive, neither of the week nor late', () => {
  const candidates = (['given', 'assumed', undefined, 'history'] as const).flatMap((publication) => [
    aStored(`fresh-${publication}`, '2026-11-18T10:00:00Z', publication),
    aStored(`late-${publication}`, '2026-11-10T10:00:00Z', publication),
  ]);

  const { fresh, late } = selectPostmortems(occurrence, candidates, () => true);
  const ids = (stored: readonly StoredPostmortem[]) => stored.map(({ postmortem }) => postmortem.id).toSorted();
  expect(ids(fresh)).toEqual(['fresh-assumed', 'fresh-given', 'fresh-undefined']);
  expect(ids(late)).toEqual(['late-assumed', 'late-given', 'late-undefined']);
});
