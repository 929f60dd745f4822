import { expect, it } from 'vitest';
import { materialAfter } from '../../../core/intake/material-change.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const now = { revision: 5, at: '2026-11-24T09:00:00.000Z' };
const account = {
  status: 'preliminary',
  customerImpact: { text: 'Logins failed.', customersAffected: 1200 },
  rootCauses: ['A replica was behind.'],
  startedAt: '2026-11-17T09:14:00Z',
};
const stored = (change: Record<string, unknown> = {}, about: Partial<StoredPostmortem> = {}): StoredPostmortem => ({
  postmortem: aPostmortem({ ...account, ...change }),
  revision: 4,
  hash: 'h',
  updatedAt: '2026-11-18T10:00:00.000Z',
  owed: [],
  editions: [],
  namedIn: [],
  ...about,
});
/** The audiences for whom a change is material. */
const changedFor = (change: Record<string, unknown>, before = stored(), corrections?: Record<string, unknown>) => {
  const material = materialAfter(aPostmortem({ ...account, ...change }), before, now, aDistribution(corrections ? { corrections } : {}));
  return Object.entries(material ?? {}).flatMap(([audience, { revision }]) => (revision === now.revision ? [audience] : []));
};

const both = ['engineering', 'leadership'];

it.each<[string, Record<string, unknown>, readonly string[]]>([
  ['another severity', { severity: 'sev3' }, both],
  ['another number of customers', { customerImpact: { text: 'Logins failed.', customersAffected: 900 } }, both],
  ['a cause that was not known', { rootCauses: ['A clock was wrong.'] }, both],
  ['a final account', { status: 'published' }, both],
  ['what support may say, which engineers are not told', { support: { say: ['Sign in again.'] } }, ['leadership']],
  ['how it was found, which leaders are not told', { trigger: 'A deploy.' }, []],
  ['an action', { actionItems: [{ title: 'Another' }] }, []],
  ['another title', { title: 'Another' }, []],
  ['another case and punctuation', { customerImpact: { text: 'logins failed', customersAffected: 1200 } }, []],
  ['times, unless the file asks for them', { startedAt: '2026-11-17T09:00:00Z' }, []],
  ['a restriction', { restricted: true }, []],
  ['a retraction', { status: 'retracted' }, []],
])('%s', (_, change, audiences) => {
  expect(changedFor(change).filter((audience) => both.includes(audience))).toEqual(audiences);
});

it('is what the distribution file asks for, and always whether the account is preliminary', () => {
  expect(changedFor({ startedAt: '2026-11-17T09:00:00Z' }, stored(), { tell: ['times'] })).toContain('engineering');
  expect(changedFor({ severity: 'sev3' }, stored(), { tell: ['times'] })).toEqual([]);
  expect(changedFor({ status: 'published' }, stored(), { tell: [] })).toContain('engineering');
});

it('is nothing of a draft that nobody has read', () => {
  expect(changedFor({ severity: 'sev3' }, stored({ status: 'draft' }))).toEqual([]);
  expect(changedFor({ severity: 'sev3' }, stored({ status: 'draft' }, { editions: ['engineering-digest_2026-W47'] }))).toContain(
    'engineering',
  );
});

it('is nothing of a postmortem that was taken back by mistake and put there again', () => {
  expect(changedFor({ status: 'preliminary' }, stored({ status: 'retracted' }))).toEqual([]);
});

it('keeps the last change of each audience, also of one that this release does not know', () => {
  const earlier = { revision: 2, at: '2026-11-18T10:00:00.000Z' };
  const before = stored({}, { material: { engineering: earlier, later: earlier } });
  const change = { ...account, support: { say: ['Sign in again.'] } };
  expect(materialAfter(aPostmortem(change), before, now, aDistribution())).toMatchObject({
    engineering: earlier,
    later: earlier,
    leadership: now,
  });
});
