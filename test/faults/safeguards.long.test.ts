import { describe, expect, it } from 'vitest';
import type { Mix } from './mixes.ts';
import { type Checked, checkDelivery } from './run-check.ts';
import type { Safeguard } from './safeguards.ts';

/**
 * For each safeguard: the faults under which its absence does harm, and what is broken then. With
 * all safeguards, the same faults do none. What does harm in one run of thousands is held by
 * test/unit/compose/tell-incident.test.ts (docs/adr/049).
 */
const rows: readonly { without: Safeguard; mix: Mix; breaks: string; deliveries?: number; maxSendRate?: number }[] = [
  { without: 'claim-condition', mix: { repeats: 6, slowClaimsMs: 1500 }, breaks: 'I1', maxSendRate: 20, deliveries: 200 },
  { without: 'shape-once', mix: { repeats: 4, stalls: 0.15 }, breaks: 'I1' },
  { without: 'row-version', mix: { ses: { timeoutAfterAccept: 0.25, lateEvents: 12 }, stalls: 0.1 }, breaks: 'I3' },
  { without: 'one-attempt', mix: { ses: { error500: 0.2 } }, breaks: 'I1' },
  { without: 'tags', mix: {}, breaks: 'I3' },
  { without: 'pacer', mix: {}, breaks: 'I6', maxSendRate: 20 },
  { without: 'evidence', mix: { ses: { timeoutAfterAccept: 0.1 } }, breaks: 'I3' },
  { without: 'read-after-wait', mix: { leaving: 0.6, placesLaterMs: 3000 }, breaks: 'I4', maxSendRate: 20, deliveries: 240 },
  { without: 'reminders-named', mix: { reminding: 0.15, unnoted: true }, breaks: 'R1' },
  { without: 'superseded-read', mix: { revising: 3, ses: { timeoutBeforeAccept: 0.3 } }, breaks: 'U1' },
];
const brokenIn = ({ violations }: Checked) => [...new Set(violations.map(({ invariant }) => invariant))];

describe.each(rows)('F32: without $without', ({ without, mix, breaks, deliveries = 300, maxSendRate = 100 }) => {
  const load = { deliveries, seed: 7, maxSendRate, mix, settleSeconds: 90 };

  it(`${breaks} is broken, and the checker says so`, async () => {
    expect(brokenIn(await checkDelivery({ ...load, without }))).toContain(breaks);
  });

  it('and with it nothing is', async () => {
    expect((await checkDelivery(load)).violations).toEqual([]);
  });
});
