import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../core/delivery/outcome.ts';
import { tellingId } from '../../core/edition/edition-id.ts';
import { aLeaf, anEdition, someMade } from '../support/delivery.ts';
import type { Call } from './check/history.ts';
import type { EditionFacts } from './check/ledger.ts';
import { nobodyIsRemindedTwice } from './check/reminders.ts';
import { everybodyHearsTheLast, nobodyGetsAnOlderAccount, pausesAreHandedOn } from './check/updates.ts';

const id = (n: number, incident = 'pm-1') => tellingId('sev1-alerts', incident, n);
const call = (edition: string, at = 0, attempt = 1): Call => ({ at, edition, subscriber: 's1', attempt });

describe('U1', () => {
  it('finds a call of an older account after one of a newer', () => {
    const calls = [call(id(1)), call(id(2)), call('engineering-digest_2026-W47'), call(id(1, 'pm-2')), call(id(1), 0, 2), call(id(2))];
    expect(nobodyGetsAnOlderAccount({ calls })).toEqual([
      { invariant: 'U1', edition: id(1), subscriber: 's1', what: 'attempt 2 began after a call for r2' },
    ]);
  });
});

describe('U2', () => {
  const made = someMade();
  const skipped: Outcome = { kind: 'skipped', reason: 'superseded' };
  const accepted: Outcome = { kind: 'accepted', attempt: 1, messageId: 'm', made };
  const facts = (n: number, by: number | undefined, outcomes: Record<string, Outcome>): EditionFacts => ({
    edition: anEdition({
      id: id(n),
      stream: 'sev1-alerts',
      carries: [{ id: 'pm-1', revision: n, title: 'Down', severity: 'sev1' }],
      ...(by !== undefined && { superseded: { by: id(by), wasPaused: false } }),
    }),
    fragments: undefined,
    audience: new Set(),
    leaves: [{ slot: 'default', prefix: '', leaf: aLeaf({ state: 'done', outcomes }) }],
    splits: [],
    evidence: new Map(),
  });
  const told = (editions: EditionFacts[], revision = 2) =>
    everybodyHearsTheLast({ editions, incidents: [{ stream: 'sev1-alerts', id: 'pm-1', revision }] }).map(({ what }) => what);

  it('holds where who was skipped has the last one', () => {
    expect(told([facts(2, undefined, { s1: accepted }), facts(1, 2, { s1: skipped })])).toEqual([]);
  });

  it.each([
    ['skipped: superseded, and nothing later', [facts(1, 2, { s1: skipped }), facts(2, undefined, {})], 2],
    ['skipped: superseded, and nothing later', [facts(1, undefined, { s1: skipped })], 1],
    [`superseded by undefined, and followed by ${id(2)}`, [facts(1, undefined, {}), facts(2, undefined, {})], 2],
    [`superseded by ${id(2)}, and followed by undefined`, [facts(1, 2, {})], 1],
    ['the last one tells revision 2 of 3', [facts(1, 2, {}), facts(2, undefined, {})], 3],
    ['it is the update 1', [facts(2, undefined, {})], 2],
  ])('finds: %s', (what, editions, revision) => {
    expect(told(editions, revision)).toEqual([what]);
  });
});

describe('U6', () => {
  const pauses = [{ edition: id(1), resumedAt: 100 }];

  it('finds a later update that left before its incident was resumed, and no other', () => {
    const calls = [call(id(1), 50), call(id(2), 99), call(id(2), 100), call(id(2, 'pm-2'), 50)];
    expect(pausesAreHandedOn({ calls, pauses, editions: [] })).toMatchObject([{ invariant: 'U6', edition: id(2) }]);
  });
});

it('R1 finds who was reminded twice on a day, and not a second copy or another mail', () => {
  const line = (edition: string, subscriber: string, attempt = 1) => ({
    ...{ edition, subscriber, attempt, slot: 'default', to: 'jo@example.com', acceptedAt: '2026-12-08T08:00:00Z', sha256: '0' },
  });
  const once = ['service_reminders_s1_20261208', 'service_reminders_s2_20261208'].map((edition) =>
    line(edition, edition.split('_')[2] ?? ''),
  );
  const others = [line('service_reminders_s1_20261208', 's1', 2), line('service_sign-in_s1_x', 's1'), line('sev1-alerts_pm-1_r1', 's1')];
  expect(nobodyIsRemindedTwice({ accepted: [...once, ...others] })).toEqual([]);
  const again = 'service_reminders_s2_20261208123';
  const what = `reminded by service_reminders_s2_20261208, ${again}`;
  const twice = nobodyIsRemindedTwice({ accepted: [...once, line(again, 's2')] });
  expect(twice).toEqual([{ invariant: 'R1', edition: again, subscriber: 's2', what }]);
});
