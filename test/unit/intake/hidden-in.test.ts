import { describe, expect, it } from 'vitest';
import { takePostmortem } from '../../../core/intake/take-postmortem.ts';
import { lastHidden, type StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import { aDistribution } from '../../support/distribution.ts';
import { aPostmortem } from '../../support/postmortem.ts';

/** Stores one revision after the other, and answers what the last one keeps. */
async function storedAfter(changes: readonly Record<string, unknown>[], asRead = (stored: StoredPostmortem) => stored) {
  let current: StoredPostmortem | undefined;
  for (const change of changes) {
    const read = { postmortem: aPostmortem(change), sections: [], recognised: [], missing: [], warnings: [] };
    const { stored } = await takePostmortem(read, {
      postmortems: {
        readCurrent: async () => current && asRead(current),
        putRevision: async () => {},
        putCurrent: async () => true,
        clearOwed: async () => {},
        noteMissed: async () => {},
      },
      revisions: { note: async () => {} },
      distribution: aDistribution(),
      now: () => new Date('2026-11-18T12:00:00Z'),
    });
    current = stored;
  }
  return current ?? expect.unreachable();
}

describe('the last revision that nobody might see', () => {
  it.each<[string, number, Record<string, unknown>[]]>([
    ['is none while each could be seen', 0, [{}, { title: 'B' }]],
    ['is a draft', 1, [{ status: 'draft' }, {}]],
    ['is a restricted one, for every later one', 2, [{}, { restricted: true }, {}, { title: 'B' }]],
    ['is a retracted one itself', 2, [{}, { status: 'retracted' }]],
    ['is the latest of them', 4, [{ status: 'draft' }, {}, { title: 'B' }, { restricted: true }, { title: 'C' }]],
  ])('%s', async (_what, expected, changes) => {
    const stored = await storedAfter(changes);

    expect([stored.hiddenIn, lastHidden(stored)]).toEqual([expected, expected]);
  });

  it('may be any before the last, where an earlier release noted none', async () => {
    const ofEarlierRelease = ({ hiddenIn, ...stored }: StoredPostmortem): StoredPostmortem => stored;
    const stored = await storedAfter([{}, { title: 'B' }, { title: 'C' }], ofEarlierRelease);

    expect(stored.hiddenIn).toBe(1);
    expect(lastHidden(ofEarlierRelease(stored))).toBe(2);
  });
});
