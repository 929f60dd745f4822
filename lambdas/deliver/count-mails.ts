import type { Outcome } from '../../core/delivery/outcome.ts';
import type { DeliverDeps } from '../../core/delivery/work-leaf.ts';
import type { Lane } from '../../core/stream/stream.ts';
import { count } from '../shared/metrics.ts';

const metricOf = {
  accepted: 'MailsAccepted',
  refused: 'MailsRefused',
  skipped: 'MailsSkipped',
  'in doubt': 'MailsInDoubt',
  unconfirmed: 'MailsInDoubt',
} as const satisfies Record<Outcome['kind'], string>;

/**
 * Counts the outcomes of a chunk's mails. If a worker is taken over, some may be counted twice. The
 * ledger never counts twice.
 */
export const countMails =
  (lane: Lane): NonNullable<DeliverDeps['counted']> =>
  (outcomes, back) => {
    for (const { kind } of Object.values(outcomes)) count(metricOf[kind], 1, lane);
    for (const { outcome } of back) {
      if (outcome.why === 'throttled') count('SendsThrottled', 1);
      else count('MailsPutBack', 1, lane);
    }
  };
