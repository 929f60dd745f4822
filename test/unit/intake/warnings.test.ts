import { describe, expect, it } from 'vitest';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const now = new Date('2026-11-19T12:00:00Z');
const known: StoredPostmortem = {
  ...{ postmortem: aPostmortem({ id: 'known' }), hash: 'h', revision: 1, updatedAt: '2026-11-19T10:00:00Z' },
  ...{ owed: [], editions: [], namedIn: [] },
};

/** What an author is told, where there is one other postmortem, `known`. */
async function warningsAbout(fields: Record<string, unknown>): Promise<readonly string[]> {
  const postmortem = aPostmortem({ id: 'sent', severity: 'sev3', publishedAt: '2026-11-19T10:00:00Z', ...fields });
  const postmortems = {
    readCurrent: async (id: string) => (id === 'known' ? known : undefined),
    putRevision: async () => {},
    putCurrent: async () => true,
    clearOwed: async () => {},
    noteMissed: async () => {},
  };
  const read = { postmortem, sections: [], recognised: [], missing: [], warnings: [] };
  const distribution = aDistribution();
  const { warnings } = await takePostmortem(read, { postmortems, revisions: { note: async () => {} }, distribution, now: () => now });
  return warnings;
}

describe('the author is warned', () => {
  it.each([
    ['known', []],
    [
      'knwon',
      ['mergedInto: nothing has the id knwon. If it is misspelt, this one is taken back for nothing: mend the id, or leave it out.'],
    ],
  ])('of a merge into a postmortem that is none: %s', async (mergedInto, warnings) => {
    expect(await warningsAbout({ status: 'retracted', mergedInto })).toEqual(warnings);
  });

  it.each([
    ['2026-11-19T13:00:00Z', []],
    ['2026-11-19', []],
    [
      '2026-11-19T11:30:00Z',
      ['support.nextNewsAt: 2026-11-19T11:30:00Z has passed, so no mail announces it. Give the next time, or leave it out.'],
    ],
    [
      '2025-01-01',
      [
        'support.nextNewsAt: 2025-01-01 is before the incident began (2026-11-19T11:00:00Z), so no mail announces it. Give the next time, or leave it out.',
      ],
    ],
  ])('of next news that nobody can wait for: %s', async (nextNewsAt, warnings) => {
    const fields = { startedAt: '2026-11-19T11:00:00Z', support: { say: [], doNotSay: [], nextNewsAt } };

    expect(await warningsAbout(fields)).toEqual(warnings);
    expect(await warningsAbout({ ...fields, status: 'draft' })).toEqual([]);
  });
});
