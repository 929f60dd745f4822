import { describe, expect, it } from 'vitest';
import { blindedReader, Reading } from '../../../core/readership/reading.ts';
import { aSid } from '../../support/delivery.ts';

describe('what stands for a reader', () => {
  it('is the same for the same reader and postmortem, and for no other', () => {
    const one = blindedReader('pm-1', aSid(1), 'secret');
    expect(one).toBe(blindedReader('pm-1', aSid(1), 'secret'));
    const others = [
      blindedReader('pm-2', aSid(1), 'secret'),
      blindedReader('pm-1', aSid(2), 'secret'),
      blindedReader('pm-1', aSid(1), 's'),
    ];
    expect(new Set([one, ...others]).size).toBe(4);
    expect(one).not.toContain(aSid(1));
  });
});

describe('a reading of a later release', () => {
  it('counts as a view, of no team where the team cannot be read', () => {
    const row = { postmortem: 'pm-1', blinded: '0'.repeat(32), team: 'guild:x', on: '2026-11-23', how: 'translated' };
    expect(Reading.parse(row)).toMatchObject({ how: 'page', team: undefined });
  });
});
