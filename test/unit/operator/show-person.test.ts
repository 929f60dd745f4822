import { expect, it } from 'vitest';
import type { Outcome } from '../../../core/delivery/outcome.ts';
import { lastMails, shownPerson } from '../../../core/operator/show-person.ts';
import type { LedgerEdition, PersonLedger } from '../../../core/rights/ports.ts';
import { aProfile } from '../../support/delivery.ts';
import { aDistribution } from '../../support/distribution.ts';

const now = new Date('2026-11-19T15:00:00Z');
const settings = { on: true, since: '2026-11-01T00:00:00Z', slots: [{ slot: 'default', at: '2026-11-01T00:00:00Z' }] };

it('says of each stream what it is to them: mandatory, lent, left, with filters', () => {
  const address = 'lead@example.com';
  const distribution = aDistribution({ teams: [{ name: 'Payments', leads: [address] }] });
  const digest = { ...settings, on: false, leftAt: '2026-11-02T00:00:00Z', follow: ['service:cart'], least: 'sev2' as const };
  const alerts = { ...settings, delegate: { sid: 'b'.repeat(32), until: '2026-12-01T00:00:00Z' } };
  const { streams } = shownPerson(
    aProfile({ address, streams: { 'engineering-digest': digest, 'sev1-alerts': alerts } }),
    distribution,
    now,
  );
  expect(streams).toMatchObject([
    {
      stream: 'engineering-digest',
      on: false,
      leftAt: '2026-11-02T00:00:00Z',
      follows: 1,
      least: 'sev2',
      frequencies: ['published', 'weekly', 'monthly'],
    },
    {
      stream: 'sev1-alerts',
      on: true,
      mandatory: true,
      why: 'you are a lead of Payments',
      delegateUntil: '2026-12-01T00:00:00Z',
      frequencies: [],
    },
  ]);
});

it('says what stops their mail, and by whom', () => {
  const shown = (change: object) => shownPerson(aProfile(change), aDistribution(), now);
  const suspended = { at: '2026-11-18T08:00:00Z' };
  expect(shown({ suspended }).suspended).toEqual({ ...suspended, by: 'file' });
  expect(shown({ suspended, suspendedBy: 'operator' }).suspended).toEqual({ ...suspended, by: 'operator' });
  expect(shown({ snoozedUntil: '2026-11-20T00:00:00Z' }).snoozedUntil).toBe('2026-11-20T00:00:00Z');
  expect(shown({ snoozedUntil: '2026-11-18T00:00:00Z' })).not.toHaveProperty('snoozedUntil');
});

it('tells their last mails, latest first, without what was not due to them and without opens', async () => {
  const outcomes: Record<string, Outcome | undefined> = {
    'engineering-digest_2026-W44': { kind: 'refused', attempt: 1, code: '550' },
    'engineering-digest_2026-W45': { kind: 'skipped', reason: 'snoozed' },
    'engineering-digest_2026-11': { kind: 'skipped', reason: 'not due' },
    'engineering-digest_2026-W46': { kind: 'unconfirmed', attempt: 1, made: { profile: 1, cards: '', tokenKey: 'k', issuedAt: 1 } },
    'leadership-brief_2026-10': { kind: 'skipped', reason: 'gone' },
  };
  const asked: string[] = [];
  const edition = (id: string, n: number): LedgerEdition => ({
    ...{ edition: id, stream: id.split('_')[0] ?? '', subject: `Subject of ${id}`, composedAt: `2026-11-0${n + 1}T08:00:00Z` },
    ...{ slots: ['default'], isComplete: true, cursor: id },
  });
  const ledger: PersonLedger = {
    editions: async (since, _limit, _cursor, which) => {
      asked.push(since, which ?? 'all');
      return Object.keys(outcomes).map(edition);
    },
    edition: async () => undefined,
    leaves: async (id) => {
      asked.push(id);
      const outcome = outcomes[id];
      return outcome
        ? [
            {
              range: { edition: id, slot: 'default', prefix: '' },
              leaf: { shape: 'leaf', outcomes: { [aProfile().sid]: outcome } } as never,
            },
          ]
        : [];
    },
    evidence: async (id) => (id.endsWith('W46') ? { accepted: '2026-11-19T08:00:00Z', humanOpen: '2026-11-19T09:00:00Z' } : undefined),
  };

  expect(await lastMails(aProfile(), { ledger, now: () => now })).toEqual([
    {
      edition: 'engineering-digest_2026-W46',
      stream: 'engineering-digest',
      subject: 'Subject of engineering-digest_2026-W46',
      at: '2026-11-04T08:00:00Z',
      outcome: 'unconfirmed',
      state: 'delivered',
    },
    { edition: 'engineering-digest_2026-W45', stream: 'engineering-digest', at: '2026-11-02T08:00:00Z', outcome: 'skipped: snoozed' },
    {
      edition: 'engineering-digest_2026-W44',
      stream: 'engineering-digest',
      subject: 'Subject of engineering-digest_2026-W44',
      at: '2026-11-01T08:00:00Z',
      outcome: 'refused: 550',
    },
  ]);
  expect(asked.slice(0, 2)).toEqual(['2026-10-15T15:00:00Z', 'news']);
  expect(asked).not.toContain('leadership-brief_2026-10');
});
