import { type Reason, reasonKeyOf } from '../../../core/relevance/reason.ts';
import type { Relevance, ToldReason } from '../../../core/relevance/relevance.ts';

const told = (reason: Reason, sentence: string, instead?: string): ToldReason => ({
  reason,
  key: reasonKeyOf(reason),
  sentence,
  ...(instead && { instead }),
});

const storefront = 'team:storefront';
const of = (postmortem: string, score: number, ...reasons: ToldReason[]): Relevance => ({
  postmortem,
  revision: 1,
  at: '2026-11-20T09:00:00Z',
  terms: [],
  teams: [{ team: storefront, name: 'Storefront', score, reasons }],
  similar: [],
});

/** What matters to Storefront in the week of the samples. */
export const relevanceSample: readonly Relevance[] = [
  of(
    'redis-failover',
    9,
    told(
      { kind: 'same failure', service: 'cart', technology: 'redis', mode: 'failover-failed' },
      'You run cart, also on Redis, where this failover went wrong.',
    ),
  ),
  of(
    'yesterdays-prices',
    7,
    told(
      { kind: 'had it before', mode: 'stale-cache', postmortem: 'prices-of-monday' },
      'You had a stale cache before, in “Prices of Monday”.',
      'You had a stale cache before.',
    ),
  ),
  of(
    'invoices-twice',
    5,
    told({ kind: 'depends', service: 'checkout', on: 'invoices', path: ['checkout', 'invoices'] }, 'Your checkout depends on invoices.'),
  ),
];
