import { expect, it } from 'vitest';
import type { AuditLine } from '../../../core/audit/audit.ts';
import { pressSimilar, readerWho, readSimilarPress } from '../../../core/relevance/press-similar.ts';
import { aSid } from '../../support/delivery.ts';
import { aSimilar, similarInMemory } from '../../support/similar-in-memory.ts';

function aPair() {
  const lines: AuditLine[] = [];
  const similar = similarInMemory(aSimilar());
  const deps = {
    similar,
    audit: { record: async (line: AuditLine) => void lines.push(line) },
    now: () => new Date('2026-11-30T10:00:00Z'),
  };
  const press = (form: Record<string, string>) => {
    const read = readSimilarPress(new URLSearchParams({ earlier: 'earlier', version: '1', ...form }));
    return read && pressSimilar('later', read, readerWho(aSid(1)), deps);
  };
  const say = (said: { says: 'confirm' | 'dismiss'; reason?: string; version?: string }) =>
    pressSimilar('later', { earlier: 'earlier', reason: '', ...said }, { by: 'key', line: { who: 'key', facts: { by: 'ci' } } }, deps);
  return { lines, similar, press, say };
}

it('confirms, with an audit line, and the second press of the same form changes nothing', async () => {
  const { lines, similar, press } = aPair();
  expect(await press({ says: 'confirm' })).toBe('stored');
  expect(await press({ says: 'dismiss', reason: 'Another one.' })).toBe('changed');
  expect(similar.all).toMatchObject([{ state: 'confirmed', version: 2, by: aSid(1), at: '2026-11-30T10:00:00Z' }]);
  expect(lines).toMatchObject([{ who: 'reader', act: 'similar confirmed', facts: { postmortem: 'later', earlier: 'earlier' } }]);
});

it('dismisses with a reason, and not without one', async () => {
  const { lines, similar, press } = aPair();
  expect(await press({ says: 'dismiss', reason: ' ' })).toBe('no reason');
  expect(similar.all).toMatchObject([{ state: 'found', version: 1 }]);
  expect(await press({ says: 'dismiss', reason: 'Another cable.' })).toBe('stored');
  expect(similar.all).toMatchObject([{ state: 'dismissed', reason: 'Another cable.' }]);
  expect(lines).toMatchObject([{ act: 'similar dismissed', facts: { reason: 'Another cable.' } }]);
});

it('takes nothing of what is not there, and of a form that says something else', async () => {
  const { similar, press } = aPair();
  expect(await press({ says: 'confirm', earlier: 'another' })).toBe('changed');
  expect(await press({ says: 'confirm', version: 'x' })).toBe('changed');
  expect(await press({ says: 'delete' })).toBeUndefined();
  expect(similar.all).toEqual([aSimilar()]);
});

it('without a version changes the pair as it stands, also back, and nothing the second time', async () => {
  const { lines, similar, say } = aPair();
  expect(await say({ says: 'dismiss', reason: 'Another cable.' })).toBe('stored');
  expect(await say({ says: 'dismiss', reason: 'Another cable.' })).toBe('same');
  expect(await say({ says: 'confirm' })).toBe('stored');
  expect(await say({ says: 'confirm' })).toBe('same');
  expect(similar.all).toMatchObject([{ state: 'confirmed', version: 3, by: 'key' }]);
  expect(similar.all[0]).not.toHaveProperty('reason');
  expect(lines).toMatchObject([
    { who: 'key', act: 'similar dismissed', facts: { by: 'ci', reason: 'Another cable.' } },
    { who: 'key', act: 'similar confirmed', facts: { by: 'ci' } },
  ]);
});
