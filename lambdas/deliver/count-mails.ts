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
 * Counts what became of a chunk's mails. A worker that is taken over may be counted twice: the
 * ledger never does that.
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
