import { describe, expect, it } from 'vitest';
import { formProof, isFormProof, isLive, readSessionText, type StoredSession, sessionText } from '../../../core/access/session.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { aProfile } from '../../support/delivery.ts';

const profile = { ...aProfile(), generation: 3, role: 'engineering' };
const begun = Date.parse('2026-11-23T09:00:00Z');
const secret = new Uint8Array(32).fill(7);
const aSession = (change: Partial<StoredSession> = {}): StoredSession => ({
  sid: profile.sid,
  kind: 'session',
  hash: readSessionText(sessionText(profile.sid, secret))?.hash ?? '',
  way: 'mail',
  createdAt: new Date(begun).toISOString(),
  seenAt: new Date(begun).toISOString(),
  generation: 3,
  role: 'engineering',
  ...change,
});
const later = (days: number) => new Date(begun + days * dayMs);

describe('the text that a holder keeps', () => {
  it('leads to whose it is and to a hash, which does not lead back', () => {
    const text = sessionText(profile.sid, secret);
    expect(readSessionText(text)).toEqual({ sid: profile.sid, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(text).not.toContain(readSessionText(text)?.hash ?? 'a hash');
  });

  it.each([
    '',
    'x',
    `${'0'.repeat(32)}.`,
    `${'0'.repeat(32)}.${'a'.repeat(42)}`,
    `${'0'.repeat(32)}.${'a'.repeat(43)} `,
    `${'0'.repeat(90)}`,
  ])('is nothing in another shape: "%s"', (text) => expect(readSessionText(text)).toBeUndefined());
});

describe('a session', () => {
  it.each<[string, Partial<typeof profile> & { suspended?: { at: string }; unconfirmed?: { at: string } }]>([
    ['a suspension', { suspended: { at: '2026-11-23T10:00:00Z' } }],
    ['another role', { role: 'support' }],
    ['no role', { role: undefined as never }],
    ['links that were made invalid', { generation: 4 }],
    ['a new life of the same id', { unconfirmed: { at: '2026-11-23T10:00:00Z' } }],
    ['being somebody else', { sid: 'f'.repeat(32) }],
  ])('ends with %s', (_, change) => {
    expect(isLive(aSession(), profile, later(1))).toBe(true);
    expect(isLive(aSession(), { ...profile, ...change }, later(1))).toBe(false);
  });

  it('ends after seven days without use, and after thirty in any case', () => {
    expect(isLive(aSession(), profile, later(7))).toBe(true);
    expect(isLive(aSession(), profile, later(7.01))).toBe(false);
    const seenAt = later(29.5).toISOString();
    expect(isLive(aSession({ seenAt }), profile, later(30))).toBe(true);
    expect(isLive(aSession({ seenAt }), profile, later(30.01))).toBe(false);
  });
});

describe('a feed', () => {
  it('outlives a role, and ends after ninety days without use', () => {
    const feed = aSession({ kind: 'feed', seenAt: later(400).toISOString() });
    expect(isLive(feed, { ...profile, role: 'support' }, later(490))).toBe(true);
    expect(isLive(feed, profile, later(490.01))).toBe(false);
  });
});

describe('a form', () => {
  it('is known by the session that showed it', () => {
    const [mine, other] = [aSession(), aSession({ hash: 'b'.repeat(64) })];
    expect(isFormProof(formProof(mine), mine)).toBe(true);
    expect(isFormProof(formProof(other), mine)).toBe(false);
    expect(isFormProof('', mine)).toBe(false);
  });
});
